//! The inputs that a parser with a square in it, or one that calls itself for each bracket, would fail at: each takes
//! time in proportion to its length, and none is too deep.

#![expect(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use onrecord::analysis::Analysis;
use onrecord::article::strip;
use onrecord::exchange::{
    Annotations, Columns, IntakeFormat, RegistryFormat, ToolFormat, read_actors, read_attributions, take_in,
};
use onrecord::workspace::{ActorsFile, Config};

/// How much longer an input is four times as long may take: 16 times would be a square.
const MOST: f64 = 9.0;

/// The longer inputs, in bytes: as long as the build is quick enough for.
const LENGTH: usize = if cfg!(debug_assertions) { 8_000 } else { 100_000 };

/// What makes up a text, over and over.
const REPEATED: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "“",
    "”",
    "‘",
    "'",
    ",",
    ".",
    ":",
    "-",
    "—",
    "*",
    "_",
    "#",
    "\\",
    "`",
    "<",
    "\r",
    "\n",
    "\n\n",
    "\u{0}",
    "é",
    "A",
    "a ",
    "a,",
    "A. ",
    "\"a\" ",
    "“a” ",
    "[x",
    "[x]{",
    "[x]{.claim",
    "[x]{.claim}",
    "[x]{#a}",
    "]{.claim}",
    "[a](",
    "<!-- ",
    "-->",
    "<!---",
    "said ",
    "he said ",
    "said Ms Lee ",
    "Mr ",
    "United ",
    "it is believed that ",
    "who said that ",
    "“a,” he said. ",
    "“a\n\n",
    "1,",
    "$1 ",
    "http://",
    "a@a ",
    "---\n",
    "date: 2026-03-01\n",
    "| a ",
    "- a\n",
    "> a\n",
    "# a\n",
    "a-",
    "a'",
    "a.a",
    "“a” “",
    "\\\\",
    "\\\"",
    ": ",
    "[]",
    "[]{.claim}",
    "{}",
    "[x]{.claim by=a}",
    "[x]{.claim a",
    "[x]{a=\"",
    "]{a=\"]{ \" ",
    "x]{.claim}",
    "[x]{.own}. ",
    "[x]{.claim by=b1}. A. ",
    "Ms Lee ",
    "Ms Lee. ",
    "Anna Lee said. ",
    "Dr Lee, ",
    "he ",
    "\n---\n",
    "<!-- onrecord: off -->\n\n",
    "<!-- onrecord: ignore ATT01 -->\n\n",
    "a: b\n",
    "- ",
    "  ",
    "\t",
    "\u{2028}",
    "\u{301}",
    "1.1.",
    "Monday ",
    "…",
    "!?",
    "%",
    "said: “",
    "“a\n\n“",
];

/// What makes up a text with a number in place of each `@`, so that no two are the same.
const NUMBERED: &[&str] = &[
    "[x]{#a@ .claim by=b@} ",
    "[x]{#a@ .claim part-of=a@} ",
    "[x]{#a@ .claim}\n\n",
    "[x]{.actor ref=a@} ",
    "[x]{.claim on=t@ by=none} ",
    "k@=v ",
    "Anna Lee@ said. ",
    "Ms Lee, 4@, said that. ",
    "“a@” said Ms Lee. ",
    "20@ people ",
    "<!-- onrecord: ignore A@ -->\n\n",
];

/// The processor time that all threads of this process have taken.
#[cfg(target_os = "linux")]
fn spent() -> Duration {
    let tasks = std::fs::read_dir("/proc/self/task").unwrap();
    let of = |task: std::fs::DirEntry| {
        let about = std::fs::read_to_string(task.path().join("schedstat")).ok()?;
        about.split(' ').next()?.parse::<u64>().ok()
    };
    Duration::from_nanos(tasks.flatten().filter_map(of).sum())
}

/// Elsewhere the clock has to do.
#[cfg(not(target_os = "linux"))]
fn spent() -> Duration {
    static START: std::sync::LazyLock<std::time::Instant> = std::sync::LazyLock::new(std::time::Instant::now);
    START.elapsed()
}

fn time(read: &dyn Fn(&str), text: &str) -> Duration {
    let before = spent();
    read(text);
    spent().saturating_sub(before)
}

/// What reads an article does with `text`.
fn article(text: &str) {
    let analysis = Analysis::new(text.into(), Arc::default());
    analysis.cast();
    analysis.findings();
    strip(text);
    Annotations::read("a", text);
}

/// An article with front matter of `text`.
fn header(text: &str) {
    article(&format!("---\ntitle: {text}\n---\nThe minister spoke.\n"));
}

fn take(format: IntakeFormat, text: &str) {
    take_in(format, &mut Cursor::new(text), &Columns::default(), &mut |taken| {
        if let Ok(taken) = taken {
            taken.article();
        }
    });
}

/// So often what took too long is timed again, with a pause before.
const TRIES: usize = 6;
const PAUSE: Duration = Duration::from_millis(50);

/// Complains of `text` of `kind`, made by `made` in a length, where four times the length takes too long.
fn check(
    kind: &str,
    name: &str,
    read: &dyn Fn(&str),
    made: &dyn Fn(usize) -> String,
    wrong: &mut Vec<String>,
) {
    let (short, long) = (made(LENGTH / 4), made(LENGTH));
    let (mut less, mut more) = (time(read, &short), time(read, &long));
    println!("{less:>9.1?} {more:>9.1?} {kind} of {name:?}");
    let floor = Duration::from_millis(10);
    // A busy machine is slow now and then, a square always is: the best of several counts.
    for _ in 0..TRIES {
        if more.as_secs_f64() > MOST * less.max(floor).as_secs_f64() {
            std::thread::sleep(PAUSE);
            (less, more) = (less.min(time(read, &short)), more.min(time(read, &long)));
        }
    }
    if more.as_secs_f64() > MOST * less.max(floor).as_secs_f64() {
        wrong.push(format!("{kind} of {name:?}: {less:?}, four times as long {more:?}"));
    }
}

/// A kind of file, what reads it, and what makes up its texts.
type Reads<'a> = (&'a str, &'a dyn Fn(&str), &'a [&'a str]);

fn repeated(word: &str) -> impl Fn(usize) -> String {
    move |length| word.repeat(length / word.len())
}

#[cfg_attr(debug_assertions, ignore = "takes minutes: cargo test --profile quick --test worst_inputs")]
#[test]
fn any_article_takes_time_in_proportion_to_its_length() {
    let mut wrong = Vec::new();
    for word in REPEATED {
        check("an article", word, &article, &repeated(word), &mut wrong);
    }
    for word in NUMBERED {
        let numbered = |length: usize| {
            let of = |number: usize| word.replace('@', &number.to_string());
            (1000..1000 + length / (word.len() + 3)).map(of).collect::<String>()
        };
        check("an article", word, &article, &numbered, &mut wrong);
        let in_braces = |length: usize| format!("[x]{{{}}}", numbered(length));
        check("attributes", word, &article, &in_braces, &mut wrong);
    }
    for word in ["[", "\"", "a: ", "'", "{", "- ", "\n  a:", "#", "\n- a", "\na: b", "\n  - id: a"] {
        check("front matter", word, &header, &repeated(word), &mut wrong);
    }
    for (open, close) in [("[", "]{.claim}"), ("“", "”"), ("(", ")"), ("[a ", "]{#a .claim by=a}")] {
        let nested = |length: usize| {
            let depth = length / (open.len() + close.len());
            format!("{}{}", open.repeat(depth), close.repeat(depth))
        };
        check("nested", open, &article, &nested, &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn any_other_file_takes_time_in_proportion_to_its_length() {
    let registry = |text: &str| drop(ActorsFile::parse(text));
    let config = |text: &str| drop(Config::parse(Path::new("/none/onrecord.toml"), text));
    let html = |text: &str| take(IntakeFormat::Html, text);
    let nitf = |text: &str| take(IntakeFormat::Nitf, text);
    let newsml = |text: &str| take(IntakeFormat::NewsmlG2, text);
    let ninjs = |text: &str| take(IntakeFormat::Ninjs, text);
    let csv = |text: &str| take(IntakeFormat::Csv, text);
    let lines = |text: &str| take(IntakeFormat::Jsonl, text);
    let wikidata = |text: &str| drop(read_actors(RegistryFormat::Wikidata, text));
    let petrarch = |text: &str| drop(read_actors(RegistryFormat::Petrarch, text));
    let table = |text: &str| drop(read_actors(RegistryFormat::Csv, text));
    let tool =
        |format: ToolFormat, text: &str| drop(format.import("a", text, &|_| Ok("It ended.".to_owned())));
    let brat = |text: &str| tool(ToolFormat::Brat, text);
    let page = |text: &str| tool(ToolFormat::WebAnnotation, text);
    let cas = |text: &str| tool(ToolFormat::CasJson, text);
    let xmi = |text: &str| tool(ToolFormat::CasXmi, text);
    let tsv = |text: &str| tool(ToolFormat::WebannoTsv, text);
    let rows = |text: &str| drop(read_attributions(text, &|_| Ok("It ended.".to_owned())));
    let readers: [Reads<'_>; 17] = [
        (
            "actors.toml",
            &registry,
            &["[", "[a]\n", "[a.", "a=", "a=[", "a={a=", "\"", "#", "[[a]]\n", "a.", "'''"],
        ),
        ("onrecord.toml", &config, &["[", "[a]\n", "a.", "select=[", "\"", "[[override]]\n", "#"]),
        (
            "HTML",
            &html,
            &[
                "<",
                "<b>",
                "<p>",
                "<table>",
                "<td>",
                "<a href=\"",
                "&",
                "<!--",
                "<script>",
                "</p>",
                "<i><p>",
                "<form>",
                "<svg>",
                "<template>",
                "<li>",
            ],
        ),
        ("NITF", &nitf, &["<a>", "<a", "<!--", "&amp;", "<![CDATA[", "<p>", "<?"]),
        ("NewsML", &newsml, &["<a>", "<newsItem>", "&#38;", "<p>"]),
        ("ninjs", &ninjs, &["[", "{\"a\":", "\"", "{", "1,"]),
        ("CSV", &csv, &["\"", ",", "\n", "\"\"", "text,", "text\n"]),
        ("JSON lines", &lines, &["[", "{\"text\":", "\n", "{\"text\":\"a\"}\n"]),
        ("Wikidata", &wikidata, &["[", "{\"entities\":", "{\"a\":"]),
        ("PETRARCH", &petrarch, &["[", "]", "A_", "<!--", "-->", "A_ [", "+A_\n", "A_ [ITAGOV]\n"]),
        ("a table of actors", &table, &["\"", "name\n", "name;", "\n"]),
        (
            "brat",
            &brat,
            &["T1\t", "T1\tClaim 0 1\ta\n", "#", "R1\tBy Arg1:T1 Arg2:T1\n", "0 1;", "A1\ta T1\n"],
        ),
        ("web annotations", &page, &["[", "{\"body\":", "{\"target\":["]),
        ("JSON CAS", &cas, &["[", "{\"%FEATURE_STRUCTURES\":[", "{"]),
        ("XMI", &xmi, &["<a>", "<a", "&amp;", "<!--", "<cas:Sofa sofaString='"]),
        ("TSV", &tsv, &["#FORMAT=WebAnno TSV 3.3\n", "1-1\t0-1\ta\n", "#Text=a\n", "#T_SP=a|a\n", "\\"]),
        ("rows", &rows, &["[", "{\"attributions\":", "{\"text\":\""]),
    ];
    let mut wrong = Vec::new();
    for (kind, read, words) in readers {
        for word in words {
            check(kind, word, read, &repeated(word), &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_nested_as_deep_as_it_is_long_is_read_or_refused() {
    const DEEP: usize = LENGTH;
    let around = |open: &str, close: &str| format!("{}x{}", open.repeat(DEEP), close.repeat(DEEP));
    for (open, close) in [("[", "]{.claim}"), ("“", "”"), ("(", ")"), ("[", "]"), ("{", "}")] {
        article(&around(open, close));
    }
    header(&around("[", "]"));
    header(&around("{a: ", "}"));
    header(&"\n ".repeat(DEEP));
    ActorsFile::parse(&format!("a = {}", around("[", "]")));
    ActorsFile::parse(&format!("[{}]", "a.".repeat(DEEP)));
    assert!(
        Config::parse(Path::new("/none/onrecord.toml"), &format!("select = {}", around("[", "]"))).is_err()
    );
    for format in [IntakeFormat::Nitf, IntakeFormat::NewsmlG2] {
        take(format, &around("<block>", "</block>"));
    }
    for name in ["div", "b", "p", "svg", "table"] {
        take(IntakeFormat::Html, &format!("<{name}>").repeat(DEEP));
    }
    for json in [around("[", "]"), around("{\"a\":", "}")] {
        take(IntakeFormat::Ninjs, &json);
        take(IntakeFormat::Jsonl, &json);
        assert!(read_actors(RegistryFormat::Wikidata, &json).is_err());
        assert!(read_attributions(&json, &|_| Ok(String::new())).is_err());
        for format in [ToolFormat::WebAnnotation, ToolFormat::CasJson] {
            assert!(format.import("a", &json, &|_| Ok(String::new())).is_err());
        }
    }
    drop(ToolFormat::CasXmi.import("a", &around("<a>", "</a>"), &|_| Ok(String::new())));
}
