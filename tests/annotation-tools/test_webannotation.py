"""What Apache Annotator, which came with the Web Annotation standard, finds of the exports' selectors in their texts."""
import json
import os
import subprocess
from pathlib import Path

from test_annotation_tools import ARTICLES, ROOT, onrecord

RICH = ROOT / "tests/exchange/rich.article"


def anchors(folder, name):
    """What the library finds for each annotation of the article `name`, by quote and by position."""
    script = Path(__file__).with_name("anchors.mjs")
    files = [folder / f"{name}.txt", folder / f"{name}.json"]
    done = subprocess.run(["node", script, os.environ["MODULES"], *files], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_quote_and_position_lead_to_the_same_words(tmp_path):
    onrecord("export", "--format", "webannotation", "--output-dir", tmp_path, *ARTICLES, RICH)
    quotes = 0
    for article in [*ARTICLES, RICH]:
        page = json.loads((tmp_path / f"{article.stem}.json").read_text("utf-8"))
        found = anchors(tmp_path, article.stem)
        assert len(found) == len(page["items"]) > 0
        for item, place in zip(page["items"], found):
            quote = next(one for one in item["target"]["selector"] if one["type"] == "TextQuoteSelector")
            [[begin, end, words]] = place["position"]
            assert words == quote["exact"], (article.stem, item["id"])
            if words:
                quotes += 1
                assert place["quote"] == [[begin, end, words]], (article.stem, item["id"])
    assert quotes > 100


def test_the_pages_have_what_the_standard_asks_of_an_annotation(tmp_path):
    onrecord("export", "--format", "webannotation", "--output-dir", tmp_path, *ARTICLES, RICH)
    for article in [*ARTICLES, RICH]:
        page = json.loads((tmp_path / f"{article.stem}.json").read_text("utf-8"))
        anno, own = page["@context"]
        assert (anno, page["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
        ids = [item["id"] for item in page["items"]]
        assert len(ids) == len(set(ids))
        for item in page["items"]:
            assert item["type"] == "Annotation" and item["motivation"] == "classifying"
            assert item["target"]["source"] == f"{article.stem}.txt"
            for body in item["body"]:
                # What the standard has no word for goes by a prefix that the page itself explains.
                extra = {key for key in body if key not in ("type", "purpose", "value")}
                assert all(key.partition(":")[0] in own for key in extra)
                assert body["type"] == "TextualBody" or body["type"].partition(":")[0] in own
