"""Articles through Spark are, byte for byte, what the program says of them as files."""
import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = [
    ["check", "--output-format", "articles"],
    ["export", "--format", "attributions"],
]


def passages():
    """Paragraphs of the repository's own articles."""
    files = [ROOT / "examples/unga-resolution.txt", *sorted((ROOT / "tests/gold").rglob("*.article"))]
    text = "\n\n".join(file.read_text("utf-8") for file in files)
    return [part for part in re.split(r"\n\s*\n", text) if len(part) > 80 and not part.startswith("---")]


def articles(count):
    """`count` articles of a few paragraphs each, none like the other."""
    dice = random.Random(7)
    parts = passages()
    for number in range(count):
        body = "\n\n".join(dice.sample(parts, 4))
        head = f"---\ndate: 20{dice.randrange(10, 24)}-0{dice.randrange(1, 9)}-1{dice.randrange(9)}\n---\n"
        yield f"{number:05}.txt", f"{head if number % 3 else ''}Report {number}: “é” \U0001d11e\n\n{body}\n"


def main(onrecord, folder, count):
    count = int(count)
    folder = Path(folder) / "run"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "articles").mkdir(parents=True)
    size = 0
    with open(folder / "articles.jsonl", "w", encoding="utf-8") as lines:
        for path, text in articles(count):
            size += (folder / "articles" / path).write_bytes(text.encode())
            lines.write(json.dumps({"path": path, "text": text}, ensure_ascii=False) + "\n")
    sys.path.insert(0, str(ROOT / "examples"))
    import spark
    from pyspark.sql import SparkSession

    session = SparkSession.builder.master("local[2]")
    for key, value in [("ui.enabled", "false"), ("ui.showConsoleProgress", "false"), ("log.level", "ERROR")]:
        session = session.config(f"spark.{key}", value)
    session = session.getOrCreate()
    frame = session.read.json(str(folder / "articles.jsonl")).repartitionByRange(4, "path").sortWithinPartitions("path")
    for command in COMMANDS:
        began = time.monotonic()
        direct = subprocess.run([onrecord, *command, "."], cwd=folder / "articles", capture_output=True)
        middle = time.monotonic()
        piped = spark.through(frame, [onrecord, *command, "--stdin-jsonl"]).collect()
        ended = time.monotonic()
        piped = "".join(line + "\n" for line in piped).encode()
        expected = direct.stdout.replace(b'"path":"./', b'"path":"')
        assert expected.count(b"\n") == count, direct.stderr.decode()
        assert piped == expected, f"{command}: Spark says otherwise than the files"
        print(
            f"{' '.join(command)}: {count} articles, {size / 1e6:.1f} MB: files {middle - began:.1f} s, "
            f"Spark on 2 cores {ended - middle:.1f} s, equal byte for byte"
        )
    session.stop()


if __name__ == "__main__":
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        print("skipped: Spark needs Java: apt-get install default-jre-headless")
        sys.exit(0)
    main(*sys.argv[1:])
