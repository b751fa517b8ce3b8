//! What a person waits for: the size of the binary, and `check` from process start to end.
//!
//! `cargo bench --bench process`, or with files or folders of one's own after `--`.

mod article;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const BINARY: &str = env!("CARGO_BIN_EXE_onrecord");
const RUNS: usize = 31;

fn main() -> std::io::Result<()> {
    let size = std::fs::metadata(BINARY)?.len();
    println!("binary {:.1} MB", megabytes(size));
    let folder = std::env::temp_dir().join(format!("onrecord-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    println!("{:<40} {:>9} {:>9} {:>9} {:>9}", "check", "min ms", "median", "max", "MB/s");
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/unga-resolution.txt");
    measure("the sample", &sample)?;
    for (name, bytes) in [("2.4 KB", 2_400), ("100 KB", 100_000), ("1 MB", 1_000_000), ("10 MB", 10_000_000)]
    {
        let path = folder.join(format!("{bytes}.txt"));
        std::fs::write(&path, article::article(bytes))?;
        measure(name, &path)?;
    }
    for path in std::env::args().skip(1).filter(|word| !word.starts_with("--")) {
        measure(&path, Path::new(&path))?;
    }
    std::fs::remove_dir_all(&folder)
}

fn measure(name: &str, path: &Path) -> std::io::Result<()> {
    let mut times = Vec::with_capacity(RUNS);
    for run in 0..=RUNS {
        let began = Instant::now();
        Command::new(BINARY)
            .args(["check", "--output-format", "concise"])
            .arg(path)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()?;
        if run > 0 {
            times.push(began.elapsed());
        }
        // A long file needs no thirty runs.
        if run >= 5 && times.iter().sum::<Duration>() > Duration::from_secs(3) {
            break;
        }
    }
    times.sort();
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    let median = times[times.len() / 2];
    let speed = megabytes(bytes(path)?) / median.as_secs_f64();
    println!(
        "{name:<40} {:>9.2} {:>9.2} {:>9.2} {speed:>9.2}",
        ms(times[0]),
        ms(median),
        ms(times[times.len() - 1])
    );
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "files are far below 2^52 bytes")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

/// The bytes of a file, or of all files in a folder.
fn bytes(path: &Path) -> std::io::Result<u64> {
    let about = std::fs::metadata(path)?;
    if !about.is_dir() {
        return Ok(about.len());
    }
    std::fs::read_dir(path)?.map(|entry| bytes(&entry?.path())).sum()
}
