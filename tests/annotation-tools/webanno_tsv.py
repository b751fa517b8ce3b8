"""WebAnno TSV 3.3 by the grammar that INCEpTION's user guide publishes ("WebAnno TSV 3.3 File format"), and no more.

`read` refuses whatever the grammar has no place for. `write` writes what was read as INCEpTION does: numbers of its own,
and a disambiguation number only where the guide asks for one.
"""
import re
from dataclasses import dataclass, field

# "Reserved characters": the arrow counts as one.
RESERVED = re.compile(r"\\|\[|\]|\||_|->|;|\t|\n|\*")
ESCAPE = re.compile(r"\\(->|[\\\[\]|_;*tn])")
NAMES = {"\t": r"\t", "\n": r"\n"}
# In text only what is no letter is escaped; "carriage return characters (ASCII 13) are kept as escaped characters".
TEXT_NAMES = {"\t": r"\t", "\n": r"\n", "\r": r"\r", "\f": r"\f", "\b": r"\b", "\\": r"\\"}
LAYER = re.compile(r"#T_(SP|CH|RL)=([A-Za-z_][\w.]*)((?:\|[^|]*)*)$")
UNIT = re.compile(r"(\d+)-(\d+)(?:\.(\d+))?$")
PLACE = re.compile(r"(\d+)-(\d+)$")


@dataclass
class Layer:
    kind: str
    name: str
    features: list
    base: str = ""


@dataclass
class Span:
    """An annotation of a span layer; offsets are UTF-16 units."""

    layer: str
    begin: int
    end: int
    values: dict
    #: Numbers of the sentence, token and sub-token of each row it stands in.
    units: list = field(default_factory=list)


@dataclass
class Relation:
    layer: str
    source: Span
    target: Span
    values: dict


@dataclass
class Document:
    text: str
    layers: list
    sentences: list
    tokens: list
    spans: list
    relations: list


def utf16(text):
    return len(text.encode("utf-16-le")) // 2


def cut(text, begin, end):
    return text.encode("utf-16-le")[2 * begin : 2 * end].decode("utf-16-le")


def escape(value):
    return RESERVED.sub(lambda found: NAMES.get(found[0], "\\" + found[0]), value)


def unescape(value):
    rest = ESCAPE.sub("", value)
    assert not RESERVED.search(rest), f"a reserved character stands bare in {value!r}"
    return ESCAPE.sub(lambda found: {"t": "\t", "n": "\n"}.get(found[1], found[1]), value)


def escape_text(text):
    return "".join(TEXT_NAMES.get(char, char) for char in text)


def unescape_text(text):
    known = {name[1]: char for char, name in TEXT_NAMES.items()}
    assert not re.search(r"[\t\r\f\b]", text), f"a control character stands bare in {text!r}"
    return re.sub(r"\\(.)", lambda found: known[found[1]], text)


def split(cell, separator="|"):
    """The parts of a cell, parted where the separator is not escaped."""
    return re.findall(rf"(?:\\.|[^\\{re.escape(separator)}])+", cell)


def numbered(value, form=r"\d+"):
    """A value and the disambiguation number behind it."""
    found = re.fullmatch(rf"((?:\\.|[^\\\[\]])*)\[({form})\]", value, re.DOTALL)
    return (found[1], found[2]) if found else (value, None)


def read(tsv):
    assert tsv.endswith("\n") and "\r" not in tsv
    lines = tsv[:-1].split("\n")
    assert lines[0] == "#FORMAT=WebAnno TSV 3.3"
    at, layers = 1, []
    while lines[at]:
        layers.append(layer(lines[at]))
        at += 1
    order = ["SP", "CH", "RL"]
    kinds = [order.index(layer.kind) for layer in layers]
    assert kinds == sorted(kinds), "spans come first, then chains, then relations"
    assert lines[at : at + 2] == ["", ""] and lines[at + 2], "after the header there are two empty lines"
    document = Document("", layers, [], [], [], [])
    rows, at = [], at + 2
    while at < len(lines):
        end = lines.index("", at) if "" in lines[at:] else len(lines)
        rows += sentence(document, lines[at:end], len(document.sentences) + 1)
        at = end + 1
    annotations(document, rows)
    return document


def layer(line):
    kind, name, rest = LAYER.fullmatch(line).groups()
    features = rest.split("|")[1:]
    assert "" not in features or features == [""], line
    if kind != "RL":
        assert not any(feature.startswith(("BT_", "ROLE_")) for feature in features), line
        return Layer(kind, name, features)
    assert features[-1].startswith("BT_"), "the base of a relation comes last"
    return Layer(kind, name, features[:-1], features[-1].removeprefix("BT_"))


def sentence(document, lines, number):
    """Reads the sentence `number`; its rows."""
    heads = [line for line in lines if line.startswith("#")]
    assert heads and lines[: len(heads)] == heads, "the text of a sentence comes before its tokens"
    assert all(head.startswith("#Text=") for head in heads), heads
    text = "\n".join(unescape_text(head.removeprefix("#Text=")) for head in heads)
    rows = [row(line, len(document.layers and columns(document.layers))) for line in lines[len(heads) :]]
    assert rows, "a sentence has a token"
    begin = rows[0][1]
    # "whether padding needs to be added between sentences": what is between two is not in the file.
    padding = begin - utf16(document.text)
    assert padding >= 0, f"sentence {number} begins before the one before it ends"
    document.text += " " * padding + text
    document.sentences.append((begin, begin + utf16(text)))
    token, end, part = 0, begin, 0
    for (of, index, sub), start, stop, words, _ in rows:
        assert of == number, f"{of} is no row of sentence {number}"
        assert cut(document.text, start, stop) == words, (start, stop, words)
        if sub is None:
            assert index == token + 1 and start >= end and stop > start, "tokens are counted and do not overlap"
            token, end, part, whole = index, stop, 0, (start, stop)
            document.tokens.append(whole)
        else:
            assert index == token and sub == part + 1, "sub-tokens are counted in their token"
            assert whole[0] <= start <= stop <= whole[1], "a sub-token lies in its token"
            part = sub
    return rows


def columns(layers):
    return [(layer, feature) for layer in layers for feature in [*layer.features, *([None] if layer.base else [])]]


def row(line, count):
    fields = line.split("\t")
    # INCEpTION ends each row with a tab.
    assert fields[-1] == "" and len(fields) == count + 4, line
    unit = tuple(part and int(part) for part in UNIT.fullmatch(fields[0]).groups())
    begin, end = (int(part) for part in PLACE.fullmatch(fields[1]).groups())
    return unit, begin, end, unescape_text(fields[2]), fields[3:-1]


def annotations(document, rows):
    known, at_unit = {}, {}
    for unit, begin, end, _, cells in rows:
        for layer in document.layers:
            own = cells[: len(layer.features) + bool(layer.base)]
            cells = cells[len(own) :]
            stacks = [[] if cell == "_" else split(cell) for cell in own]
            assert all("|".join(stack) == cell for stack, cell in zip(stacks, own) if stack), own
            assert len({len(stack) for stack in stacks}) == 1, f"columns of one layer are stacked alike: {own}"
            assert layer.kind in ("SP", "RL"), "chains are not written here"
            if layer.kind == "RL":
                for values in zip(*stacks):
                    document.relations.append((layer, unit, values))
                continue
            for values in zip(*stacks):
                values, ids = zip(*map(numbered, values))
                assert len(set(ids)) == 1, f"one annotation has one number: {values} {ids}"
                assert ids[0] or len(stacks[0]) == 1, "stacked annotations have numbers"
                read = {
                    name: None if value == "*" else unescape(value) for name, value in zip(layer.features, values)
                }
                span = known.get(ids[0]) if ids[0] else None
                if span is None:
                    span = Span(layer.name, begin, end, read)
                    document.spans.append(span)
                    if ids[0]:
                        known[ids[0]] = span
                assert (span.layer, span.values) == (layer.name, read), "one number is one annotation"
                assert begin >= span.begin, "units come in the order of the text"
                span.end = end
                span.units.append(unit)
                at_unit.setdefault(unit, []).append(span)
    document.relations = [relation(*found, known, at_unit) for found in document.relations]


def relation(layer, unit, values, known, at_unit):
    *values, reference = values
    source, ids = numbered(reference, r"\d+_\d+")
    source = tuple(part and int(part) for part in UNIT.fullmatch(source).groups())
    found = []
    for unit, number in zip([source, unit], (ids or "0_0").split("_")):
        # "If only one of the relation endpoints is ambiguous, then the other one appears with the ID 0."
        ends = [known[number]] if number != "0" else [span for span in at_unit[unit] if span.layer == layer.base]
        assert len(ends) == 1 and ends[0].units[0] == unit and ends[0].layer == layer.base, (layer, reference)
        found += ends
    values = {name: None if value == "*" else unescape(value) for name, value in zip(layer.features, values)}
    return Relation(layer.name, *found, values)


def write(document):
    lines = ["#FORMAT=WebAnno TSV 3.3"]
    for layer in document.layers:
        base = [f"BT_{layer.base}"] if layer.base else []
        lines.append(f"#T_{layer.kind}={'|'.join([layer.name, *layer.features, *base])}")
    lines.append("")
    # In the order of the annotations, but not the numbers that were read.
    ambiguous = [span for span in document.spans if len(span.units) > 1 or stacked(document, span)]
    ids = {id(span): number for number, span in enumerate(ambiguous, 100)}
    units = sorted(
        {unit for span in document.spans for unit in span.units if unit[2]} | set(token_units(document)),
        key=lambda unit: (unit[0], unit[1], unit[2] or 0),
    )
    places = dict(zip(token_units(document), document.tokens))
    for span in document.spans:
        for unit in span.units:
            if unit[2]:
                token = places[unit[:2] + (None,)]
                places[unit] = (max(token[0], span.begin), min(token[1], span.end))
    last = 0
    for unit in units:
        if unit[0] != last:
            last = unit[0]
            text = cut(document.text, *document.sentences[last - 1])
            lines += ["", *(f"#Text={escape_text(line)}" for line in text.split("\n"))]
        begin, end = places[unit]
        cells = cells_of(document, unit, ids)
        lines.append("\t".join([name(unit), f"{begin}-{end}", escape_text(cut(document.text, begin, end)), *cells, ""]))
    return "\n".join(lines) + "\n"


def stacked(document, span):
    return any(
        other is not span and other.layer == span.layer and set(other.units) & set(span.units)
        for other in document.spans
    )


def token_units(document):
    out, sentence, token = [], 0, 0
    for begin, _ in document.tokens:
        while sentence < len(document.sentences) and begin >= document.sentences[sentence][0]:
            sentence, token = sentence + 1, 0
        token += 1
        out.append((sentence, token, None))
    return out


def name(unit):
    sentence, token, part = unit
    return f"{sentence}-{token}" + (f".{part}" if part else "")


def cells_of(document, unit, ids):
    cells = []
    for layer in document.layers:
        if layer.kind == "SP":
            here = [span for span in document.spans if span.layer == layer.name and unit in span.units]
            for feature in layer.features:
                cells.append([value_of(span.values[feature]) + number_of(ids, span) for span in here])
            continue
        here = [
            relation
            for relation in document.relations
            if relation.layer == layer.name and relation.target.units[0] == unit
        ]
        for feature in layer.features:
            cells.append([value_of(relation.values[feature]) for relation in here])
        cells.append([name(relation.source.units[0]) + pair_of(ids, relation) for relation in here])
    return ["|".join(cell) or "_" for cell in cells]


def value_of(value):
    return "*" if value is None else escape(value)


def number_of(ids, span):
    return f"[{ids[id(span)]}]" if id(span) in ids else ""


def pair_of(ids, relation):
    source, target = (ids.get(id(end), 0) for end in (relation.source, relation.target))
    return f"[{source}_{target}]" if source or target else ""
