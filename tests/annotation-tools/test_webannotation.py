"""What Apache Annotator, which came with the Web Annotation standard, finds of the exports' selectors in their texts, and
what the pages say as JSON-LD."""
import json
import os
import re
import subprocess
from pathlib import Path

from pyld import jsonld

from test_annotation_tools import ARTICLES, ROOT, canonical, onrecord

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


OA, AS = "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/activitystreams#"
RDF, XSD = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2001/XMLSchema#"
OWN = "https://github.com/onrecord/onrecord#"


def of(iri, kind="@id"):
    return {"@id": iri, "@type": kind}


# The context http://www.w3.org/ns/anno.jsonld, which no package has: of the terms that the standard's Appendix A defines
# those that a page of annotations of text can use.
TERMS = {
    "id": "@id",
    "type": "@type",
    **{name: OA + name for name in ["Annotation", "TextualBody", "TextQuoteSelector", "TextPositionSelector"]},
    **{name: OA + name for name in ["classifying", "exact", "prefix", "suffix"]},
    "AnnotationPage": f"{AS}OrderedCollectionPage",
    "items": of(f"{AS}items") | {"@container": "@list"},
    "body": of(f"{OA}hasBody"),
    "target": of(f"{OA}hasTarget"),
    "source": of(f"{OA}hasSource"),
    "selector": of(f"{OA}hasSelector"),
    "motivation": of(f"{OA}motivatedBy", "@vocab"),
    "purpose": of(f"{OA}hasPurpose", "@vocab"),
    "value": f"{RDF}value",
    "start": of(f"{OA}start", f"{XSD}nonNegativeInteger"),
    "end": of(f"{OA}end", f"{XSD}nonNegativeInteger"),
}


def context(url, _options):
    assert url == "http://www.w3.org/ns/anno.jsonld"
    return {"contextUrl": None, "documentUrl": url, "document": {"@context": TERMS}}


BASE = {"documentLoader": context, "base": "https://desk.example/articles/"}


def facts(quads):
    """Subject, predicate and object of each of the lines; of an object that is a literal the words."""
    found = re.findall(r'^(\S+) <([^>]*)> (?:<([^>]*)>|(_:\S+)|"((?:[^"\\]|\\.)*)")', quads, re.MULTILINE)
    return [(one.strip("<>"), key, other or blank or words) for one, key, other, blank, words in found]


def test_pages_are_facts_in_the_terms_of_the_ontology(tmp_path):
    onrecord("export", "--format", "webannotation", "--output-dir", tmp_path, *ARTICLES, RICH)
    ontology = (Path(os.environ["MODULES"]) / "@vocabulary/oa/oa.nq").read_text("utf-8")
    known, domains = set(), {}
    for one, key, other in facts(ontology):
        known.add(one)
        if key.endswith("#domain"):
            domains[one] = other
    assert len(domains) > 15
    for article in [*ARTICLES, RICH]:
        page = json.loads((tmp_path / f"{article.stem}.json").read_text("utf-8"))
        said = facts(jsonld.to_rdf(page, BASE | {"format": "application/n-quads"}))
        types = {(one, other) for one, key, other in said if key == f"{RDF}type"}
        assert (BASE["base"] + f"{article.stem}.json", f"{AS}OrderedCollectionPage") in types
        assert sum(kind == f"{OA}Annotation" for _, kind in types) == len(page["items"])
        for one, key, other in said:
            assert all(term in known for term in (key, other) if term.startswith(OA)), (key, other)
            assert key.startswith((OA, AS, RDF, OWN)), key
            # What has a source and selectors is a specific resource, as the standard says, without saying so itself.
            domain = domains.get(key)
            if domain and not domain.endswith(("ResourceSelection", "SpecificResource")):
                assert (one, domain) in types, (key, domain)
        sources = {other for _, key, other in said if key == f"{OA}hasSource"}
        assert sources == {BASE["base"] + f"{article.stem}.txt"}


def test_what_pyld_writes_comes_back_as_the_article(tmp_path):
    onrecord("export", "--format", "webannotation", "--output-dir", tmp_path / "out", *ARTICLES)
    (tmp_path / "again").mkdir()
    for article in ARTICLES:
        page = json.loads((tmp_path / f"out/{article.stem}.json").read_text("utf-8"))
        again = jsonld.compact(jsonld.expand(page, BASE), page["@context"], BASE)
        (tmp_path / f"again/{article.stem}.json").write_text(json.dumps(again), "utf-8")
        (tmp_path / f"again/{article.stem}.txt").write_bytes((tmp_path / f"out/{article.stem}.txt").read_bytes())
    done = onrecord("import", "--format", "webannotation", "--output-dir", tmp_path / "back", tmp_path / "again")
    assert done.stderr == ""
    for article in ARTICLES:
        back = (tmp_path / f"back/{article.stem}.article").read_text("utf-8")
        assert back == canonical(article, tmp_path / article.stem)
