"""That alpha, kappa and F1 are what other programs work out of the same codings."""
import json
import os
import random
import subprocess

import krippendorff
import pytest
from sklearn.metrics import cohen_kappa_score

ONRECORD = os.environ["ONRECORD"]
CLASSES = ["actor", "source", "cue", "claim", "quote"]
STANCES = ["support", "oppose", "neutral", None]


def agreement(folder, articles):
    """What the program says of `articles`, each the text of one coder and of the other."""
    for coder in range(2):
        (folder / "ab"[coder]).mkdir()
        for number, texts in enumerate(articles):
            (folder / "ab"[coder] / f"{number}.article").write_text(texts[coder], encoding="utf-8")
    command = [ONRECORD, "agreement", "--output-format", "json", folder / "a", folder / "b"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def segments(length, dice):
    """A text of `length` words cut into pieces, each with a class or none."""
    start = 0
    while start < length:
        end = min(length, start + dice.randint(1, 6))
        yield start, end, dice.choice([*CLASSES, None, None])
        start = end


def written(pieces):
    """The article in which `pieces` are marked."""
    words = lambda start, end: " ".join(f"word{at}" for at in range(start, end))
    return " ".join(f"[{words(a, b)}]{{.{name}}}" if name else words(a, b) for a, b, name in pieces) + "\n"


def unlike(pieces, length, dice):
    """Another coder's pieces: some as the first has them, some not."""
    kept = [piece for piece in pieces if dice.random() < 0.7]
    done = 0
    for start, end, name in [*kept, (length, length, None)]:
        yield from ((done + a, done + b, c) for a, b, c in segments(start - done, dice))
        if end > start:
            yield start, end, name
        done = end


def coefficients(a, b):
    """Alpha and kappa of two lists of categories, which are numbers."""
    alpha = krippendorff.alpha(reliability_data=[a, b], level_of_measurement="nominal")
    return alpha, cohen_kappa_score(a, b)


@pytest.mark.parametrize("seed", range(12))
def test_tokens_and_spans(tmp_path, seed):
    dice = random.Random(seed)
    codings = []
    for _ in range(dice.randint(1, 5)):
        length = dice.randint(40, 200)
        first = list(segments(length, dice))
        codings.append((length, first, list(unlike(first, length, dice))))
    found = agreement(tmp_path, [(written(a), written(b)) for _, a, b in codings])
    assert found["tokens"] == sum(length for length, _, _ in codings)
    for row in found["classes"]:
        labels = [[], []]
        spans = [set(), set()]
        for article, (length, *coders) in enumerate(codings):
            for coder, pieces in enumerate(coders):
                marked = [0] * length
                for start, end, name in pieces:
                    if name == row["class"]:
                        marked[start:end] = [1] * (end - start)
                        spans[coder].add((article, start, end))
                labels[coder] += marked
        alpha, kappa = coefficients(*labels)
        assert row["alpha"]["value"] == pytest.approx(alpha, abs=1e-9)
        assert row["kappa"]["value"] == pytest.approx(kappa, abs=1e-9)
        exact = 2 * len(spans[0] & spans[1]) / (len(spans[0]) + len(spans[1]))
        assert row["exact"]["value"] == pytest.approx(exact, abs=1e-9)
        assert row["overlap"]["value"] >= row["exact"]["value"]
        if len(codings) > 1:
            low, high = row["alpha"]["interval"]
            assert low <= high


@pytest.mark.parametrize("seed", range(6))
def test_what_claims_say(tmp_path, seed):
    dice = random.Random(seed)
    stances = [[dice.choice(STANCES) for _ in range(60)] for _ in range(2)]
    stances[1] = [a if dice.random() < 0.5 else b for a, b in zip(*stances)]
    claim = lambda at, stance: f"[word{at}]{{.claim by=none{' stance=' + stance if stance else ''}}}"
    texts = [" ".join(claim(at, stance) for at, stance in enumerate(coder)) + "\n" for coder in stances]
    found = agreement(tmp_path, [texts])
    row = next(row for row in found["labels"] if row["key"] == "stance")
    # A claim of which neither says where its source stands is left out.
    said = [pair for pair in zip(*stances) if any(pair)]
    a, b = ([STANCES.index(pair[coder]) for pair in said] for coder in range(2))
    alpha, kappa = coefficients(a, b)
    assert row["claims"] == len(said)
    assert row["same"]["value"] == pytest.approx(sum(x == y for x, y in said) / len(said))
    assert row["alpha"]["value"] == pytest.approx(alpha, abs=1e-9)
    assert row["kappa"]["value"] == pytest.approx(kappa, abs=1e-9)
