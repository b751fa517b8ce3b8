"""Draws rows of terminal cells as SVG."""
from dataclasses import dataclass
from itertools import groupby
from xml.sax.saxutils import escape

SIZE = 14
#: The advance of most monospaced fonts is 0.6 em; `textLength` brings the others to it.
COLUMN = 8.4
ROW = 20
MARGIN = 14
FONTS = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace"


@dataclass(frozen=True)
class Theme:
    """The colours a terminal itself brings: text, background, and the sixteen of the palette."""

    foreground: str
    background: str
    palette: tuple

    def rgb(self, colour, default):
        """`colour` of a cell as '#rrggbb'."""
        if colour is None:
            return default
        if isinstance(colour, str):
            return colour
        if colour < 16:
            return self.palette[colour]
        if colour < 232:
            level = lambda n: 0 if n == 0 else 55 + 40 * n  # noqa: E731
            parts = (colour - 16) // 36, (colour - 16) // 6 % 6, (colour - 16) % 6
            return "#" + "".join(f"{level(part):02x}" for part in parts)
        return "#" + f"{8 + 10 * (colour - 232):02x}" * 3


#: Neovim draws its own colours; these show through where it leaves the terminal's.
DARK = Theme("#e0e2ea", "#14161b", ("#07080d", "#ffc0b9", "#b3f6c0", "#fce094", "#a6dbff", "#ffcaff", "#8cf8f7",
             "#eef1f8", "#4f5258", "#ffc0b9", "#b3f6c0", "#fce094", "#a6dbff", "#ffcaff", "#8cf8f7", "#eef1f8"))  # fmt: skip


def draw(rows, columns, title, theme=DARK):
    """The SVG of `rows`; `title` is what a screen reader says."""
    width = columns * COLUMN + 2 * MARGIN
    height = len(rows) * ROW + 2 * MARGIN
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}" role="img" font-family="{FONTS}" font-size="{SIZE}">',
        f"<title>{escape(title)}</title>",
        f'<rect width="100%" height="100%" rx="8" fill="{theme.background}"/>',
    ]
    for number, cells in enumerate(rows):
        top = MARGIN + number * ROW
        column = 0
        for style, run in groupby(cells, key=lambda cell: cell.style):
            run = list(run)
            out += draw_run(run, style, MARGIN + column * COLUMN, top, theme)
            column += sum(cell.width for cell in run)
    return "\n".join([*out, "</svg>", ""])


def draw_run(run, style, left, top, theme):
    """Cells of one style, side by side: what is behind them, the lines under them, their text."""
    foreground, background = theme.rgb(style.foreground, theme.foreground), theme.rgb(style.background, None)
    if style.reverse:
        foreground, background = background or theme.background, foreground
    width = sum(cell.width for cell in run) * COLUMN
    if background and background != theme.background:
        yield f'<rect x="{left:g}" y="{top}" width="{width:g}" height="{ROW}" fill="{background}"/>'
    if style.underlined:
        colour = theme.rgb(style.underline, foreground)
        dash = {"dotted": ' stroke-dasharray="2 2"', "dashed": ' stroke-dasharray="4 2"'}.get(style.underlined, "")
        y = top + ROW - 3.5
        yield f'<path d="{underline(style.underlined, left, width, y)}" fill="none" stroke="{colour}"{dash}/>'
    x = left
    for kind, cells in groupby(run, key=lambda cell: " " if cell.text == " " else cell.text if cell.text in BOXES else ""):
        cells = list(cells)
        length = sum(cell.width for cell in cells) * COLUMN
        if kind in BOXES:
            for n in range(len(cells)):
                yield f'<path d="{BOXES[kind].format(**box(x + n * COLUMN, top))}" fill="none" stroke="{foreground}"/>'
        elif kind == "":
            attributes = ' font-weight="bold"' if style.bold else ""
            attributes += ' font-style="italic"' if style.italic else ""
            attributes += ' opacity="0.6"' if style.dim else ""
            text = escape("".join(cell.text for cell in cells))
            yield (
                f'<text x="{x:g}" y="{top + ROW - 6}" textLength="{length:g}" fill="{foreground}"{attributes}>'
                f"{text}</text>"
            )
        x += length


def underline(kind, left, width, y):
    """The path of a line under a run."""
    if kind == "curl":
        waves = max(round(width / 6), 1)
        half = width / waves / 2
        return f"M{left:g} {y:g}" + f"q{half / 2:g} -2.5 {half:g} 0q{half / 2:g} 2.5 {half:g} 0" * waves
    line = f"M{left:g} {y:g}h{width:g}"
    return line + f"M{left:g} {y + 2:g}h{width:g}" if kind == "double" else line


#: Lines that join over cells in every font, since they are drawn and not written.
BOXES = {
    "─": "M{left} {middle}H{right}",
    "│": "M{centre} {top}V{bottom}",
    "├": "M{centre} {top}V{bottom}M{centre} {middle}H{right}",
    "└": "M{centre} {top}V{middle}H{right}",
    "┌": "M{right} {middle}H{centre}V{bottom}",
    "┐": "M{left} {middle}H{centre}V{bottom}",
    "┘": "M{left} {middle}H{centre}V{top}",
    "╭": "M{right} {middle}Q{centre} {middle} {centre} {bottom}",
    "╮": "M{left} {middle}Q{centre} {middle} {centre} {bottom}",
    "╰": "M{right} {middle}Q{centre} {middle} {centre} {top}",
    "╯": "M{left} {middle}Q{centre} {middle} {centre} {top}",
}


def box(left, top):
    """The places of a cell that the lines in it run through."""
    return {
        "left": f"{left:g}",
        "centre": f"{left + COLUMN / 2:g}",
        "right": f"{left + COLUMN:g}",
        "top": top,
        "middle": top + ROW / 2,
        "bottom": top + ROW,
    }
