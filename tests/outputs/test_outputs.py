"""The outputs for other programs hold to their schemas; hook and action do what they say."""

import json
import os
import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import jsonschema
import pytest
import yaml

ONRECORD = os.environ["ONRECORD"]
ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ["OUTPUTS"])
SARIF = FOLDER / "npm/node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"
ARTICLES = ["examples", "tests/gold", "tests/articles"]


def check(*arguments, **options):
    """What `onrecord check` prints."""
    command = [ONRECORD, "check", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", **options).stdout


@pytest.mark.skipif(not SARIF.is_file(), reason="the SARIF schema could not be had from npm")
@pytest.mark.parametrize("paths", [ARTICLES, ["no such file"]])
def test_sarif(paths):
    log = json.loads(check("--profile", "strict", "--output-format", "sarif", *paths))
    schema = json.loads(SARIF.read_text(encoding="utf-8"))
    faults = jsonschema.validators.validator_for(schema)(schema).iter_errors(log)
    assert [f"{fault.json_path}: {fault.message}" for fault in faults] == []
    results = log["runs"][0]["results"]
    assert bool(results) == (paths == ARTICLES)
    for result in results:
        for location in result["locations"]:
            place = location["physicalLocation"]
            region = place["region"]
            # The lines as an editor counts them; no article here has a lone carriage return.
            lines = (ROOT / place["artifactLocation"]["uri"]).read_text(encoding="utf-8-sig").split("\n")
            line = lines[region["startLine"] - 1]
            first = region["snippet"]["text"].split("\n")[0]
            assert line[region["startColumn"] - 1 :].startswith(first)


def test_junit():
    root = ElementTree.fromstring(check("--output-format", "junit", *ARTICLES))
    for suite in root.iter("testsuite"):
        assert len(suite.findall("testcase")) == int(suite.get("tests"))
        assert len(suite.findall("testcase/failure")) == int(suite.get("failures"))


def test_gitlab():
    rows = json.loads(check("--output-format", "gitlab", *ARTICLES))
    assert len({row["fingerprint"] for row in rows}) == len(rows) > 0
    for row in rows:
        assert row["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert (ROOT / row["location"]["path"]).is_file() and row["location"]["lines"]["begin"] > 0


def test_the_action_holds_to_its_schema():
    command = [FOLDER / "bin/check-jsonschema", "--builtin-schema", "vendor.github-actions", ROOT / "action.yml"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "inputs, ends, words",
    [
        ({"PATHS": "a b.txt\n"}, 1, "::warning file=a b.txt,"),
        ({"PATHS": "a b.txt", "ARGUMENTS": "--fail-on=error\n"}, 0, "::warning"),
        ({"PATHS": "$(touch evil)"}, 2, ""),
    ],
)
def test_the_action_runs_the_program(tmp_path, inputs, ends, words):
    steps = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["runs"]["steps"]
    script = next(step["run"] for step in steps if step["name"] == "Check")
    (tmp_path / "onrecord/bin").mkdir(parents=True)
    (tmp_path / "onrecord/bin/onrecord").symlink_to(ONRECORD)
    (tmp_path / "a b.txt").write_text("It is believed that the talks will go on.\n", encoding="utf-8")
    environment = {"ARGUMENTS": "", "FILE": "", "FORMAT": "github", "RUNNER_TEMP": str(tmp_path), **inputs}
    command = ["bash", "-e", "-o", "pipefail", "-c", script]
    done = subprocess.run(command, cwd=tmp_path, env={**os.environ, **environment}, capture_output=True, text=True)
    assert done.returncode == ends, done.stderr
    assert words in done.stdout and not (tmp_path / "evil").exists()


def test_the_hooks_are_what_pre_commit_reads():
    command = [FOLDER / "bin/pre-commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
