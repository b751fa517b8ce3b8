"""What pyarrow and DuckDB read in the tables as Parquet, and that what they write comes back as the articles."""
import duckdb
import pyarrow
import pyarrow.parquet
import pytest

from test_annotation_tools import ARTICLES, canonical, onrecord

TABLES = ["articles", "spans", "links"]
#: A key of spans may be called "from", and is text.
NUMBERS = {"articles": [], "spans": ["span", "start", "end"], "links": ["from", "to"]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The exports of all articles, with a program that has the feature."""
    if "parquet" not in onrecord("export", "--help").stdout:
        pytest.skip("the program is built without the feature parquet")
    folder = tmp_path_factory.mktemp("parquet")
    onrecord("export", "--format", "parquet", "--output-dir", folder, *ARTICLES)
    return folder


def test_pyarrow_reads_the_columns_with_their_types(folder, tmp_path):
    onrecord("export", "--format", "tables", "--output-dir", tmp_path, *ARTICLES)
    for name in TABLES:
        table = pyarrow.parquet.read_table(folder / f"{name}.parquet")
        for column in table.schema:
            assert column.type == (pyarrow.int64() if column.name in NUMBERS[name] else pyarrow.string()), column
        head = (tmp_path / f"{name}.csv").read_text(encoding="utf-8").partition("\n")[0]
        assert table.column_names == head.strip().split(",")
    articles = pyarrow.parquet.read_table(folder / "articles.parquet").to_pylist()
    texts = {article["article"]: article["text"] for article in articles}
    assert set(texts) == {article.stem for article in ARTICLES}
    spans = pyarrow.parquet.read_table(folder / "spans.parquet").to_pylist()
    for span in spans:
        assert texts[span["article"]][span["start"] : span["end"]] == (span["words"] or "")
    assert len(spans) == sum(article.read_text(encoding="utf-8").count("]{") for article in ARTICLES)


def test_duckdb_joins_the_parquet_tables(folder):
    links = duckdb.sql(
        f"""SELECT l.key, one.classes, other.classes, count(*) FROM '{folder}/links.parquet' l
            JOIN '{folder}/spans.parquet' one ON one.article = l.article AND one.span = l."from"
            JOIN '{folder}/spans.parquet' other ON other.article = l.article AND other.span = l."to" GROUP BY ALL"""
    ).fetchall()
    [[all_links]] = duckdb.sql(f"SELECT count(*) FROM '{folder}/links.parquet' WHERE \"to\" IS NOT NULL").fetchall()
    assert sum(count for *_, count in links) == all_links > 0
    assert {"by", "for"} <= {key for key, *_ in links}


@pytest.mark.parametrize("writer", ["pyarrow", "duckdb"])
def test_what_they_write_in_parquet_comes_back_as_the_articles(folder, tmp_path, writer):
    (tmp_path / "again").mkdir()
    for name in TABLES:
        out, again = folder / f"{name}.parquet", tmp_path / f"again/{name}.parquet"
        if writer == "pyarrow":
            pyarrow.parquet.write_table(pyarrow.parquet.read_table(out), again)
        else:
            duckdb.sql(f"COPY (SELECT * FROM '{out}') TO '{again}' (FORMAT parquet)")
    done = onrecord("import", "--format", "parquet", "--output-dir", tmp_path / "back", tmp_path / "again/articles.parquet")
    assert done.stderr == ""
    for article in ARTICLES:
        back = (tmp_path / f"back/{article.stem}.article").read_text(encoding="utf-8")
        assert back == canonical(article, tmp_path / article.stem)
