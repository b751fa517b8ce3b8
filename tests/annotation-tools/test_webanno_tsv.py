"""The exports in WebAnno TSV against the grammar of INCEpTION's user guide, and the way back from what it writes."""
import re
from pathlib import Path

import pytest
import web_anno_tsv
import webanno_tsv

from test_annotation_tools import ARTICLES, ROOT, canonical, onrecord

RICH = ROOT / "tests/exchange/rich.article"
#: What relations lead from and to.
ENDS = {
    "by": [("claim", "source"), ("quote", "source")],
    "for": [("cue", "claim"), ("cue", "quote")],
    "part-of": [("claim", "claim"), ("quote", "quote")],
}
SPAN, LINK = "webanno.custom.Onrecord", "webanno.custom.OnrecordLink"


def export(folder, *articles):
    """What the export says is lost; the exit code has to be 0."""
    return onrecord("export", "--format", "webanno-tsv", "--output-dir", folder, *articles).stderr


def load(folder, article):
    return webanno_tsv.read((folder / f"{article.stem}.tsv").read_bytes().decode("utf-8"))


def test_the_reader_takes_the_examples_of_the_guide_and_refuses_what_they_forbid():
    head = "#FORMAT=WebAnno TSV 3.3\n#T_SP=x.Entity|value\n#T_RL=x.Relation|value|BT_x.Entity\n\n\n"
    body = (
        "#Text=This is 😊 test.\n1-1\t0-4\tThis\t*\t_\t_\t\n1-2\t5-7\tis\t_\t_\t_\t\n1-3\t8-10\t😊\tPER[3]\t_\t_\t\n"
        "1-4\t11-15\ttest\tPER[3]|a\\->b\\_[4]\t*\t1-1[0_4]\t\n1-4.1\t11-13\tte\tc\t_\t_\t\n1-5\t15-16\t.\t_\t_\t_\t\n"
    )
    document = webanno_tsv.read(head + body)
    assert document.text == "This is 😊 test."
    assert [(span.begin, span.end, span.values["value"]) for span in document.spans] == [
        (0, 4, None),
        (8, 15, "PER"),
        (11, 15, "a->b_"),
        (11, 13, "c"),
    ]
    [relation] = document.relations
    assert (relation.source.begin, relation.target.values["value"]) == (0, "a->b_")
    again = webanno_tsv.read(webanno_tsv.write(document))
    assert (again.text, again.spans, again.relations) == (document.text, document.spans, document.relations)
    for right, wrong in [
        ("\n\n\n", "\n\n"),
        ("TSV 3.3", "TSV 3.2"),
        ("1-3\t", "1-4\t"),
        ("0-4\tThis", "1-4\tThis"),
        ("8-10", "8-9"),
        ("PER[3]|", "PER|"),
        ("a\\->b", "a->b"),
        ("b\\_", "b_"),
        ("\t_\t_\t\n1-5", "\t_\t\n1-5"),
        ("1-1[0_4]", "1-2[0_4]"),
        ("1-1[0_4]", "1-1"),
        ("11-13\tte", "11-16\ttest."),
        ("\t*\t1-1[0_4]", "\t*|*\t1-1[0_4]"),
    ]:
        assert right in head + body
        with pytest.raises((AssertionError, AttributeError, KeyError, ValueError)):
            webanno_tsv.read((head + body).replace(right, wrong))


def test_the_exports_are_of_the_grammar_with_text_spans_and_relations(tmp_path):
    export(tmp_path, *ARTICLES, RICH)
    for article in [*ARTICLES, RICH]:
        document = load(tmp_path, article)
        # What stands at the ends of the file has no sentence to be in.
        assert document.text == onrecord("strip", article).stdout.lstrip()
        assert {span.layer for span in document.spans} == {SPAN}
        pairs = [(link.values["key"], link.source, link.target) for link in document.relations]
        assert pairs and {link.layer for link in document.relations} == {LINK}
        for key, source, target in pairs:
            pair = (source.values["label"].split()[0], target.values["label"].split()[0])
            assert pair in ENDS[key], (article.stem, key, pair)
            assert target.values["identifier"], "what a key names has an id"
    marked = ARTICLES[0].read_text(encoding="utf-8")
    document = load(tmp_path, ARTICLES[0])
    assert len(document.spans) == marked.count("]{")
    classes = [span.values["label"] for span in document.spans]
    for name in ["claim", "source", "cue"]:
        assert classes.count(name) == len(re.findall(rf"\.{name}\b", marked)), name


def borders_left(article):
    """The article with each hole at the beginning of spans before them: without a number of its own it could be either."""
    while (moved := re.sub(r"\[(\[\]\{\.missing[^}]*\})", r"\1[", article)) != article:
        article = moved
    return article


def test_what_inception_writes_comes_back_as_the_articles(tmp_path):
    export(tmp_path / "out", *ARTICLES, RICH)
    (tmp_path / "again").mkdir()
    for article in [*ARTICLES, RICH]:
        plain, again = tmp_path / f"out/{article.stem}.tsv", tmp_path / f"again/{article.stem}.tsv"
        again.write_bytes(webanno_tsv.write(load(tmp_path / "out", article)).encode("utf-8"))
        assert again.read_bytes() != plain.read_bytes()
        for path in [plain, again]:
            assert onrecord("import", "--format", "webanno-tsv", "--output-dir", path.parent, path).stderr == ""
        one, other = (path.with_suffix(".article").read_text(encoding="utf-8") for path in [plain, again])
        assert borders_left(one) == borders_left(other), article.stem
        if article in ARTICLES and "white space" not in export(tmp_path / "lost" / article.stem, article):
            assert one == canonical(article, tmp_path / article.stem)


def test_another_reader_finds_the_sentences_tokens_and_spans(tmp_path):
    # It cannot read units without width, which the format has; nothing else of it is in the way.
    articles = [article for article in ARTICLES if "[]{" not in article.read_text(encoding="utf-8")]
    assert len(articles) > len(ARTICLES) / 2
    export(tmp_path, *articles)
    for article in articles:
        document = load(tmp_path, article)
        path = tmp_path / f"{article.stem}.tsv"
        # The package takes the end of the file for one more sentence.
        with web_anno_tsv.open_web_anno_tsv(str(path)) as file:
            sentences = [sentence for sentence in file if sentence.text]
        texts = [webanno_tsv.cut(document.text, *place) for place in document.sentences]
        assert [sentence.text for sentence in sentences] == texts, article.stem
        assert sum(len(sentence.tokens) for sentence in sentences) == len(document.tokens)
        # It knows an annotation by its number, in each sentence anew.
        theirs = sum(len(sentence.annotations) for sentence in sentences)
        assert theirs == sum(len({unit[0] for unit in span.units}) for span in document.spans), article.stem


def test_a_span_changed_in_inception_arrives(tmp_path):
    article = tmp_path / "a.article"
    article.write_text("😀 The clerk [said]{.cue for=c1} [it is closed]{#c1 .claim}.\n", encoding="utf-8")
    export(tmp_path / "out", article)
    document = load(tmp_path / "out", article)
    claim = next(span for span in document.spans if span.values["label"] == "claim")
    claim.values.update(stance="oppose", on="a_b|c -> d; *[1]", label="Claim")
    blank = dict.fromkeys(claim.values)
    units = [(1, 1 + at, None) for at, token in enumerate(document.tokens) if token in [(3, 6), (7, 12)]]
    source = webanno_tsv.Span(SPAN, 3, 12, blank | {"label": "Source", "anon": "role"}, units)
    document.spans.append(source)
    document.relations.append(webanno_tsv.Relation(LINK, claim, source, {"key": "by"}))
    (tmp_path / "a.tsv").write_text(webanno_tsv.write(document), encoding="utf-8")
    onrecord("import", "--format", "webanno-tsv", "--output-dir", tmp_path / "back", tmp_path / "a.tsv")
    assert Path(tmp_path / "back/a.article").read_text(encoding="utf-8") == (
        "😀 [The clerk]{#s1 .source anon=role} [said]{.cue for=c1} "
        '[it is closed]{#c1 .claim by=s1 on="a_b|c -> d; *[1]" stance=oppose}.\n'
    )
