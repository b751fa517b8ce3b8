"""Steps of `tests/run`: what each needs, running them one after the other, and the report."""
import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: Corpora and the scripts that score on them; no part of the repository.
SHARED = ROOT.parent / "shared"
#: What is built, and programs that were installed for tests.
BUILDS = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve()
#: Seconds a command may take; the longest, a build from nothing, takes a quarter of it on two slow cores.
LIMIT = 20 * 60


@dataclass(frozen=True)
class Tool:
    """A program a step needs: it is here when `probe` ends with 0; `install` are the commands that bring it.

    A step goes without an `optional` one that cannot be had: it is skipped, and the reason is told.
    """

    name: str
    probe: list
    install: list
    optional: bool = False

    def is_here(self):
        return shutil.which(self.probe[0]) is not None and not quiet(self.probe).returncode

    def bring(self):
        """Installs it; the output of what failed, or nothing."""
        for command in self.install:
            done = quiet(command)
            if done.returncode:
                return f"$ {' '.join(command)}\n{done.stdout}"
        return None if self.is_here() else f"{self.name} is still not here"


@dataclass(frozen=True)
class Step:
    """One test command, run in the repository's top folder; it is skipped where `only_if` is not there."""

    name: str
    command: list
    needs: list = field(default_factory=list)
    only_if: Path = None


def apt(package):
    """The commands that install a Debian package."""
    sudo = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
    return [
        [*sudo, *environment, "apt-get", "update", "--quiet"],
        [*sudo, *environment, "apt-get", "install", "--yes", "--quiet", "--no-install-recommends", package],
    ]


def rustup(component):
    """The commands that install a component of the Rust toolchain."""
    return [["rustup", "component", "add", component]]


def onrecord(profile):
    """The path of the program built with `profile`, debug or release."""
    return BUILDS / profile / "onrecord"


def quiet(command, limit=LIMIT):
    """Runs `command` with its output kept; after `limit` seconds it is ended, and has failed.

    What it started ends with it. The output goes to a file because a pipe would be waited for as long as
    anything the command left behind holds it open.
    """
    command = [str(word) for word in command]
    with tempfile.TemporaryFile() as output:
        begun = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            begun.wait(limit)
            late = ""
        except subprocess.TimeoutExpired:
            late = f"\nended after {limit:.0f} s without a result\n"
        finally:
            try:
                os.killpg(begun.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass  # nothing is left of it
            begun.wait()
        output.seek(0)
        text = output.read().decode(errors="replace") + late
    return subprocess.CompletedProcess(command, begun.returncode, text)


def run(step, install):
    """The result of `step` (passed, failed or skipped) with its output or the reason."""
    if step.only_if and not step.only_if.exists():
        return "skipped", f"{os.path.relpath(step.only_if, ROOT)} is not here"
    missing = [tool for tool in step.needs if not tool.is_here()]
    if missing and not install:
        return "skipped", f"{', '.join(tool.name for tool in missing)} is not here; --all installs it"
    for tool in missing:
        problem = tool.bring()
        if problem:
            return "skipped" if tool.optional else "failed", f"{tool.name} could not be installed:\n{problem}"
    done = quiet(step.command)
    return "failed" if done.returncode else "passed", done.stdout


def main(steps, root, usage):
    """Runs the steps the arguments ask for; 1 when one failed."""
    arguments = argparse.ArgumentParser(usage=usage, add_help=False)
    arguments.add_argument("-h", "--help", action="store_true")
    arguments.add_argument("--all", action="store_true")
    arguments.add_argument("names", nargs="*")
    arguments = arguments.parse_args()
    if arguments.help:
        print(usage.strip())
        return 0
    for program in ("cargo", "python3", "node"):
        if shutil.which(program) is None:
            print(f"tests/run: {program} was not found; the tests need Rust, Python 3 and Node.", file=sys.stderr)
            return 1
    steps = [s for s in steps if not arguments.names or any(n.lower() in s.name.lower() for n in arguments.names)]
    if not steps:
        print(f"tests/run: no step is called {' or '.join(arguments.names)}.", file=sys.stderr)
        return 1
    count = dict(passed=0, failed=0, skipped=0)
    reasons = []
    width = max(len(step.name) for step in steps)
    for step in steps:
        print(f"{step.name:<{width}}  ", end="", flush=True)
        began = time.monotonic()
        result, output = run(step, arguments.all)
        print(f"{result:<7}  {time.monotonic() - began:6.1f} s", flush=True)
        count[result] += 1
        if result == "skipped":
            reasons.append(f"skipped: {step.name}: {output}")
        if result == "failed":
            if count["failed"] == 1:
                print(f"\n$ {' '.join(str(word) for word in step.command)}\n{output.rstrip()}\n", flush=True)
            else:
                reasons.append(f"failed:  {step.name}; alone: tests/run '{step.name}'")
    if reasons:
        print("\n" + "\n".join(reasons))
    skipped = f", {count['skipped']} skipped" if count["skipped"] else ""
    print(f"\n{count['passed']} passed, {count['failed']} failed{skipped}")
    return 1 if count["failed"] else 0
