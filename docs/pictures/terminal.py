"""A terminal without a window: runs a program in tmux, types, and reads the screen."""
import os
import re
import subprocess
import time
import unicodedata
from dataclasses import dataclass, replace

PATIENCE = 15


@dataclass(frozen=True)
class Style:
    """How a cell is drawn; colours are '#rrggbb', an index into the palette, or None for the terminal's own."""

    foreground: object = None
    background: object = None
    underline: object = None
    underlined: str = ""
    bold: bool = False
    italic: bool = False
    dim: bool = False
    reverse: bool = False


@dataclass(frozen=True)
class Cell:
    """A character, how many columns it takes, and its style."""

    text: str
    width: int
    style: Style


class Terminal:
    """A tmux session of its own, on a socket of its own."""

    def __init__(self, width, height):
        self.socket = f"onrecord-{os.getpid()}"
        self.size = ["-x", str(width), "-y", str(height)]
        self.environment = {**os.environ, "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.tmux("kill-server", check=False)

    def set_path(self, folder):
        """Programs in `folder` are found first."""
        self.environment["PATH"] = f"{folder}:{os.environ['PATH']}"

    def tmux(self, *arguments, check=True):
        """The output of a tmux command."""
        command = ["tmux", "-L", self.socket, "-f", "/dev/null", *arguments]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        if check and done.returncode:
            raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip()}")
        return done.stdout

    def start(self, command, folder):
        """Starts `command`, a list of words, in `folder`."""
        self.tmux("start-server", ";", "set-option", "-g", "default-terminal", "tmux-256color", ";",
                  "set-option", "-g", "escape-time", "0", ";",
                  "new-session", "-d", *self.size, "-c", str(folder), "--", *map(str, command))  # fmt: skip
        self.tmux("set-option", "status", "off")

    def type(self, *keys):
        """Types keys, named as tmux names them."""
        self.tmux("send-keys", *keys)

    def text(self):
        """The screen as text."""
        return self.tmux("capture-pane", "-p")

    def wait(self, text):
        """Waits until the screen holds `text` and has come to rest."""
        end = time.monotonic() + PATIENCE
        before = None
        while time.monotonic() < end:
            now = self.text()
            if text in now and now == before:
                return now
            before = now
            time.sleep(0.15)
        raise RuntimeError(f"waited in vain for '{text}'; the screen:\n{before}")

    def cells(self):
        """The screen as rows of cells."""
        return [row(line) for line in self.tmux("capture-pane", "-p", "-e", "-N").splitlines()]


SEQUENCE = re.compile(r"\x1b\[([0-9;:]*)m|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x0e|\x0f")
UNDERLINES = {"0": "", "1": "line", "2": "double", "3": "curl", "4": "dotted", "5": "dashed"}


def row(line):
    """The cells of a captured line."""
    style, cells, at = Style(), [], 0
    for found in [*SEQUENCE.finditer(line), None]:
        for char in line[at : found.start() if found else len(line)]:
            if unicodedata.combining(char) and cells:
                cells[-1] = replace(cells[-1], text=cells[-1].text + char)
            else:
                wide = unicodedata.east_asian_width(char) in "WF"
                cells.append(Cell(char, 2 if wide else 1, style))
        if found:
            at = found.end()
            if found.group(1) is not None:
                style = styled(style, found.group(1))
    return cells


def styled(style, codes):
    """`style` after the codes of a "select graphic rendition" sequence."""
    codes = codes.split(";")
    while codes:
        code, *details = codes.pop(0).split(":")
        if code in ("", "0"):
            style = Style()
        elif code in ("38", "48", "58"):
            if not details:
                details = [codes.pop(0) for _ in range(4 if codes[0] == "2" else 2)]
            name = {"38": "foreground", "48": "background", "58": "underline"}[code]
            style = replace(style, **{name: colour(details)})
        elif code == "4":
            style = replace(style, underlined=UNDERLINES[details[0] if details else "1"])
        elif code in FLAGS:
            style = replace(style, **FLAGS[code])
        elif 30 <= int(code) <= 37 or 90 <= int(code) <= 97:
            style = replace(style, foreground=int(code) - (30 if int(code) < 90 else 82))
        elif 40 <= int(code) <= 47 or 100 <= int(code) <= 107:
            style = replace(style, background=int(code) - (40 if int(code) < 100 else 92))
    return style


FLAGS = {
    "1": {"bold": True},
    "2": {"dim": True},
    "3": {"italic": True},
    "7": {"reverse": True},
    "22": {"bold": False, "dim": False},
    "23": {"italic": False},
    "24": {"underlined": ""},
    "27": {"reverse": False},
    "39": {"foreground": None},
    "49": {"background": None},
    "59": {"underline": None},
}


def colour(details):
    """The colour of `2:…:r:g:b` or `5:index`."""
    if details[0] == "5":
        return int(details[1])
    return "#" + "".join(f"{int(part):02x}" for part in details[-3:])
