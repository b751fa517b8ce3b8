"""What DKPro Cassis reads in the exports, and that what it writes comes back as the same articles."""
import os
import subprocess
from pathlib import Path

import cassis
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
ONRECORD = os.environ["ONRECORD"]
ARTICLES = sorted([*ROOT.glob("tests/gold/*.article"), *ROOT.glob("examples/*.article")])
SPAN, LINK = "webanno.custom.Onrecord", "webanno.custom.OnrecordLink"


def onrecord(*arguments):
    """The program's result; it has to succeed."""
    done = subprocess.run([ONRECORD, *map(str, arguments)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done


def exported(folder, form):
    """The exports of all articles in `folder`, by the articles' names."""
    done = onrecord("export", "--format", form, "--output-dir", folder, *ARTICLES)
    assert done.stderr == ""
    return {article.stem: article for article in ARTICLES}


def load(folder, name, form):
    """The export of the article `name` as Cassis reads it."""
    if form == "cas-json":
        return cassis.load_cas_from_json((folder / f"{name}.json").read_text(encoding="utf-8"))
    types = cassis.load_typesystem((folder / "TypeSystem.xml").read_text(encoding="utf-8"))
    return cassis.load_cas_from_xmi((folder / f"{name}.xmi").read_text(encoding="utf-8"), typesystem=types)


@pytest.mark.parametrize("form", ["cas-json", "cas-xmi"])
def test_cassis_reads_text_spans_and_relations(tmp_path, form):
    for name, article in exported(tmp_path, form).items():
        cas = load(tmp_path, name, form)
        assert cas.sofa_string == onrecord("strip", article).stdout
        spans = cas.select(SPAN)
        assert len(spans) == article.read_text(encoding="utf-8").count("]{")
        links = cas.select(LINK)
        assert links, name
        for link in links:
            pair = (link.Governor.label, link.Dependent.label)
            assert link.key in {"by": ["claim"], "for": ["cue"], "part-of": ["claim"]}
            assert pair in {("claim", "source"), ("cue", "claim"), ("claim", "claim")}, (name, link.key)


@pytest.mark.parametrize("form", ["cas-json", "cas-xmi"])
def test_what_cassis_writes_comes_back_as_the_article(tmp_path, form):
    end = form.removeprefix("cas-")
    for name, article in exported(tmp_path / "out", form).items():
        cas = load(tmp_path / "out", name, form)
        again = tmp_path / "again" / f"{name}.{end}"
        again.parent.mkdir(exist_ok=True)
        (cas.to_json if form == "cas-json" else cas.to_xmi)(str(again))
        done = onrecord("import", "--format", form, "--output-dir", tmp_path / "back", again)
        assert done.stderr == ""
        back = tmp_path / "back" / f"{name}.article"
        assert back.read_text(encoding="utf-8") == canonical(article, tmp_path / name)


def canonical(article, folder):
    """The article as a round through web annotations writes it: keys in order, all else as it was."""
    onrecord("export", "--format", "webannotation", "--output-dir", folder, article)
    onrecord("import", "--format", "webannotation", folder / f"{article.stem}.json")
    return (folder / f"{article.stem}.article").read_text(encoding="utf-8")


def test_a_span_added_in_cassis_arrives(tmp_path):
    article = tmp_path / "a.article"
    article.write_text("😀 The clerk [said]{.cue for=c1} [it is closed]{#c1 .claim}.\n", encoding="utf-8")
    onrecord("export", "--format", "cas-json", "--output-dir", tmp_path / "out", article)
    cas = load(tmp_path / "out", "a", "cas-json")
    source = cas.typesystem.get_type(SPAN)(begin=2, end=11, label="Source", anon="role")
    claim = next(span for span in cas.select(SPAN) if span.label == "claim")
    link = cas.typesystem.get_type(LINK)(begin=2, end=11, Governor=claim, Dependent=source, key="by")
    cas.add_all([source, link])
    (tmp_path / "out/a.json").write_text(cas.to_json(), encoding="utf-8")
    onrecord("import", "--format", "cas-json", tmp_path / "out/a.json")
    assert (tmp_path / "out/a.article").read_text(encoding="utf-8") == (
        "😀 [The clerk]{#s1 .source anon=role} [said]{.cue for=c1} [it is closed]{#c1 .claim by=s1}.\n"
    )
