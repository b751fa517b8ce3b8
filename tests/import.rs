//! `onrecord import`: articles from pages, agencies' formats, documents and tables.

#![expect(clippy::expect_used, reason = "a test that cannot run the program fails")]

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use onrecord::article::Header;
use onrecord::article::strip;
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A folder in which the program runs.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder for the test"))
    }

    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.0.path().join(name), bytes).expect("a file for the test");
    }

    /// `onrecord import --format FORMAT --output-dir out …`: the exit code and what it complained of.
    fn import(&self, format: &str, arguments: &[&str]) -> (Option<i32>, String) {
        let Output { status, stderr, .. } = Command::new(env!("CARGO_BIN_EXE_onrecord"))
            .args(["import", "--format", format, "--output-dir", "out"])
            .args(arguments)
            .current_dir(self.0.path())
            .output()
            .expect("the program runs");
        (status.code(), String::from_utf8_lossy(&stderr).into_owned())
    }

    /// The articles that were written: name and text.
    fn articles(&self) -> Vec<(String, String)> {
        let entries = fs::read_dir(self.0.path().join("out")).expect("the folder was made");
        let mut out: Vec<(String, String)> = entries
            .map(|entry| {
                let path = entry.expect("the folder can be read").path();
                let name = path.file_name().expect("a name").to_string_lossy().into_owned();
                (name, fs::read_to_string(path).expect("the article can be read"))
            })
            .collect();
        out.sort();
        out
    }

    fn names(&self) -> Vec<String> {
        self.articles().into_iter().map(|(name, _)| name).collect()
    }
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/intake").join(name)
}

fn words(name: &str) -> String {
    fs::read_to_string(fixture(name)).expect("the fixture is there")
}

/// Imports the fixture `name`, whose first article is the fixture `article`; the rest of what came of it.
fn first_is(format: &str, name: &str, article: &str, called: &str) -> (Option<i32>, String, Vec<String>) {
    let folder = Folder::new();
    let (code, told) = folder.import(format, &[&fixture(name).to_string_lossy()]);
    let articles = folder.articles();
    let found = articles.iter().find(|(name, _)| name == called);
    assert_eq!(found.map(|(_, text)| text.as_str()), Some(words(article).as_str()), "{told}{articles:?}");
    assert_eq!(Header::parse(&words(article)).faults, []);
    (code, told, articles.into_iter().map(|(name, _)| name).collect())
}

#[test]
fn a_page_becomes_its_article_without_menus_and_promotion() {
    let (code, told, names) = first_is("html", "page.html", "page.article", "ferry-to-stop.article");
    assert_eq!((code, told.as_str(), names.len()), (Some(0), "1 article written to out.\n", 1));
}

#[test]
fn a_page_that_marks_nothing_is_read_by_where_its_words_are() {
    first_is("html", "bare.html", "bare.article", "mill-to-close.article");
}

#[test]
fn a_page_without_an_article_says_where_one_stands() {
    let folder = Folder::new();
    folder.put("a.html", "<html><body><nav><p>Home</p></nav><script>x()</script></body></html>");
    let (code, told) = folder.import("html", &["a.html"]);
    assert_eq!(code, Some(2));
    assert!(told.contains("a.html: no text was found") && told.contains("<article>"), "{told}");
}

#[test]
fn an_old_page_is_read_in_the_encoding_it_names() {
    let folder = Folder::new();
    let page = "<meta http-equiv=Content-Type content='text/html; charset=windows-1252'><p>\u{1}He paid 5 \u{2}.\u{3}";
    let bytes: Vec<u8> = page
        .bytes()
        .map(|byte| match byte {
            1 => 0x93,
            2 => 0x80,
            3 => 0x94,
            other => other,
        })
        .collect();
    folder.put("a.html", bytes);
    assert_eq!(folder.import("html", &["a.html"]).0, Some(0));
    assert_eq!(folder.articles()[0].1, "---\n---\n“He paid 5 €.”\n");
}

#[test]
fn agencies_formats_become_articles() {
    let (code, ..) = first_is("nitf", "nitf.xml", "nitf.article", "quarry.article");
    assert_eq!(code, Some(0));
    let (code, told, names) = first_is("newsml-g2", "newsml.xml", "newsml.article", "bridge.article");
    assert_eq!((code, names.len()), (Some(2), 1));
    assert!(told.contains("newsml.xml: item 2: its content is elsewhere, in 'bridge.jpg'"), "{told}");
    let (code, told, names) = first_is("ninjs", "ninjs.json", "ninjs.article", "lake.article");
    assert_eq!((code, names), (Some(2), vec!["lake.article".to_owned(), "well.article".to_owned()]));
    assert!(told.contains("ninjs.json: item 3: the item has no text"), "{told}");
    let folder = Folder::new();
    folder.import("ninjs", &[&fixture("ninjs.json").to_string_lossy()]);
    assert!(folder.articles()[1].1.ends_with("---\nThe well is dry.\n\nIt was full in May.\n"));
}

#[test]
fn what_is_not_the_format_is_named_with_its_place() {
    let folder = Folder::new();
    folder.put("a.xml", "<rss>\n<item>\n</rss>");
    let (code, told) = folder.import("nitf", &["a.xml"]);
    assert!(code == Some(2) && told.contains("a.xml: 3: this is not XML"), "{told}");
    folder.put("a.xml", "<rss/>");
    assert!(folder.import("nitf", &["a.xml"]).1.contains("it holds <rss>; NITF is <nitf>"));
    folder.put("a.json", "{\"uri\": 1,\n nothing}");
    assert!(folder.import("ninjs", &["a.json"]).1.contains("a.json: 2: this is not JSON"));
    folder.put("a.docx", "plain");
    assert!(folder.import("docx", &["a.docx"]).1.contains("this is not a .docx document"));
}

/// A document with these paragraphs in `word/document.xml`.
fn document(body: &str) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let core = "<cp:coreProperties xmlns:cp='c' xmlns:dc='d'><dc:title>Pier stays open</dc:title><dc:creator>Ann Kerr</dc:creator></cp:coreProperties>";
    let document = format!("<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>");
    for (name, text) in [("docProps/core.xml", core), ("word/document.xml", &document)] {
        archive.start_file(name, SimpleFileOptions::default()).expect("a part");
        archive.write_all(text.as_bytes()).expect("its text");
    }
    archive.finish().expect("the archive").into_inner()
}

#[test]
fn a_document_becomes_its_paragraphs() {
    let folder = Folder::new();
    folder.put(
        "a.docx",
        document(
            "<w:p><w:pPr><w:pStyle w:val='Title'/></w:pPr><w:r><w:t>Pier stays open</w:t></w:r></w:p>\
             <w:p><w:r><w:t xml:space='preserve'>The pier </w:t></w:r><w:ins><w:r><w:t>stays</w:t></w:r></w:ins>\
             <w:del><w:r><w:delText>is</w:delText></w:r></w:del><w:r><w:t xml:space='preserve'> open.</w:t><w:br/><w:t>So it was said.</w:t></w:r></w:p>\
             <w:p/><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Length</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>9 m</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        ),
    );
    assert_eq!(folder.import("docx", &["a.docx"]), (Some(0), "1 article written to out.\n".to_owned()));
    assert_eq!(
        folder.articles(),
        [(
            "pier-stays-open.article".to_owned(),
            "---\ntitle: Pier stays open\nbyline: Ann Kerr\n---\nThe pier stays open.\nSo it was said.\n\nLength\n\n9 m\n"
                .to_owned()
        )]
    );
}

#[test]
fn a_row_is_an_article_and_a_bad_one_does_not_stop_the_others() {
    let folder = Folder::new();
    folder.put(
        "a.csv",
        "Headline;Body;Published;Author\nPier;\"He said \"\"no\"\"; she left.\n\nThe end.\";2026-03-01;By Ann Kerr\nEmpty;;2026-03-02;\nPier;Again.;03/04/2026;\nShort;x\n",
    );
    let (code, told) = folder.import("csv", &["a.csv"]);
    assert_eq!(code, Some(2));
    for part in [
        "a.csv: 5: the article has no text",
        "warning: a.csv:6: '03/04/2026' is no day",
        "a.csv: 7: the row has 2 columns and the head line 4",
        "2 articles written",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert_eq!(
        folder.articles(),
        [
            ("pier-2.article".to_owned(), "---\ntitle: Pier\n---\nAgain.\n".to_owned()),
            (
                "pier.article".to_owned(),
                "---\ndate: 2026-03-01\ntitle: Pier\nbyline: Ann Kerr\n---\nHe said \"no\"; she left.\n\nThe end.\n".to_owned()
            ),
        ]
    );
}

#[test]
fn a_row_is_named_by_its_line_whatever_ends_it() {
    for end in ["\n", "\r\n"] {
        let folder = Folder::new();
        let rows = ["text,title", "He left.,A", "\"She", "came.\",B", "", ",C", "They,met,D"];
        folder.put("a.csv", rows.join(end) + end);
        let (_, told) = folder.import("csv", &["a.csv"]);
        assert!(told.contains("a.csv: 6: the article has no text"), "{told}");
        assert!(told.contains("a.csv: 7: the row has 3 columns"), "{told}");
    }
}

#[test]
fn columns_of_what_has_none_are_refused() {
    let folder = Folder::new();
    folder.put("a.html", "<p>He left.</p>");
    let (code, told) = folder.import("html", &["--columns", "text=Body", "a.html"]);
    assert_eq!(code, Some(2));
    assert!(told.contains("--columns is for --format csv and jsonl"), "{told}");
}

#[test]
fn columns_are_named_and_those_there_are_listed() {
    let folder = Folder::new();
    folder.put("a.csv", "nr,words,day\n7,He left.,2026-03-01\n");
    let (code, told) = folder.import("csv", &["a.csv"]);
    assert_eq!(code, Some(2));
    assert!(told.contains("no column is called text, body, content; there are nr, words, day"), "{told}");
    assert!(
        folder
            .import("csv", &["--columns", "text=wrds", "a.csv"])
            .1
            .contains("no column 'wrds'; there are nr, words, day")
    );
    assert!(
        folder
            .import("csv", &["--columns", "txt=words", "a.csv"])
            .1
            .contains("an article has no 'txt'; there are text, title")
    );
    assert_eq!(folder.import("csv", &["--columns", "text=words,date=day,id=nr", "a.csv"]).0, Some(0));
    assert_eq!(
        folder.articles(),
        [("7.article".to_owned(), "---\ndate: 2026-03-01\n---\nHe left.\n".to_owned())]
    );
}

#[test]
fn lines_of_json_are_articles_and_their_text_comes_back_byte_for_byte() {
    let texts = [
        "He left.\n\nShe stayed, [sic] and {so} on.\n",
        "  [He]{.actor} said\r\n\r\n“no” \\]{#a} <!-- here -->\n",
        "date 2020-01-01 was long ago.\n---\nNext.\n",
    ];
    let folder = Folder::new();
    let line = |text: &&str| {
        serde_json::json!({"text": text, "authors": ["Ann Kerr", "Bo Lund"], "n": 1}).to_string()
    };
    let mut lines: Vec<String> = texts.iter().map(line).collect();
    lines.insert(1, "{\"text\": 3".to_owned());
    folder.put("a.jsonl", lines.join("\n"));
    let (code, told) = folder.import("jsonl", &["a.jsonl"]);
    assert!(code == Some(2) && told.contains("a.jsonl: 2: column "), "{told}");
    for (name, text) in ["a.article", "a-2.article", "a-3.article"].iter().zip(texts) {
        let articles = folder.articles();
        let (_, article) = articles.iter().find(|(found, _)| found == name).expect("it was written");
        let clean = strip(article);
        assert_eq!(&clean[usize::from(Header::parse(&clean).range.end())..], text);
        assert_eq!(Header::parse(&clean).byline.map(|word| word.text).as_deref(), Some("Ann Kerr, Bo Lund"));
    }
}

#[test]
fn nothing_is_written_over_unless_it_is_asked_for() {
    let folder = Folder::new();
    folder.put("a.jsonl", r#"{"id": "x", "text": "New."}"#);
    fs::create_dir(folder.0.path().join("out")).expect("a folder");
    folder.put("out/x.article", "Old.");
    let (code, told) = folder.import("jsonl", &["a.jsonl"]);
    assert!(
        code == Some(2) && told.contains("x.article: is there already") && told.contains("--force"),
        "{told}"
    );
    assert_eq!(folder.articles()[0].1, "Old.");
    assert_eq!(folder.import("jsonl", &["--force", "a.jsonl"]).0, Some(0));
    assert_eq!(folder.articles()[0].1, "---\n---\nNew.\n");
}

#[test]
fn a_folder_gives_its_files_of_the_format() {
    let folder = Folder::new();
    folder.put("b.html", "<p>Second, he said.");
    folder.put("a.htm", "<p>First, she said.");
    folder.put("c.txt", "none");
    assert_eq!(folder.import("html", &["."]).0, Some(0));
    assert_eq!(folder.names(), ["a.article", "b.article"]);
    let (code, told) = folder.import("docx", &["."]);
    assert!(code == Some(2) && told.contains("no file in this folder ends in .docx"), "{told}");
}
