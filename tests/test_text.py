import re

import numpy as np
import pytest

from deconvviz import record
from deconvviz.text import fill, languages, load, number


def leaves(node, path=()):
    if isinstance(node, dict | list):
        pairs = node.items() if isinstance(node, dict) else enumerate(node)
        for key, value in pairs:
            yield from leaves(value, (*path, key))
    elif isinstance(node, str):
        yield path, node


def test_every_language_has_every_sentence_with_the_same_places():
    places = {path: set(re.findall(r"\{(\w+)", text)) for path, text in leaves(load("en"))}
    assert "en" in languages()
    for lang in languages():
        others = {path: set(re.findall(r"\{(\w+)", text)) for path, text in leaves(load(lang))}
        assert others == places, lang


def test_an_unknown_language_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match=r"lang \(='xx'\) must be one of \['en'"):
        load("xx")


def test_fill_says_one_and_many():
    template = "{n} {n|row is|rows are} {side}"
    assert fill(template, n=1, side="left") == "1 row is left"
    assert fill(template, n=0, side="left") == "0 rows are left"
    with pytest.raises(KeyError):
        fill(template, n=1)


@pytest.mark.parametrize(
    ("value", "written"),
    [(float("nan"), "NaN"), (float("inf"), "∞"), (-float("inf"), "−∞"), (np.float32(0.5), "0.5")],
)
def test_numbers_that_json_cannot_hold(value, written):
    assert number(value) == written


def test_four_digits_are_within_half_a_digit_of_the_number():
    rng = np.random.default_rng(0)
    for value in rng.standard_normal(2000) * 10.0 ** rng.integers(-9, 9, 2000):
        written = number(value)
        assert "-" not in written
        read = float(written.replace("−", "-"))
        assert abs(read - value) <= 0.5e-3 * 10.0 ** np.floor(np.log10(abs(value))) * 1.0001


VIEWS = ("scatter", "gather", "matrix")


@pytest.mark.parametrize("view", VIEWS)
def test_no_sentence_keeps_a_place_unfilled(view):
    trace = record(
        np.ones((2, 3, 2)), np.ones((2, 1, 3, 2)), [0.5], 2, ((1, 2), (0, 1)), 1, view=view
    )
    for sentence in trace.sentences():
        assert sentence
        assert not re.search(r"[{}|]|None|nan", sentence), sentence


def test_transcript_numbers_every_sentence():
    trace = record([1, 2], [1, 10], stride=2)
    assert trace.transcript().splitlines() == [
        "1. An empty canvas of 4 waits: room for every stamp.",
        "2. x[0] = 1 stamps 1·w onto canvas cells 0–1. No cell there held anything.",
        "3. x[1] = 2 stamps 2·w onto canvas cells 2–3. No cell there held anything.",
    ]
