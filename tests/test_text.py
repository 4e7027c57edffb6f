import json
import re

import numpy as np
import pytest

from deconvviz import record, text
from deconvviz.exports.page import page
from deconvviz.player.markup import element
from deconvviz.player.widget import Player
from deconvviz.text import fill, languages, load, number
from tools import golden


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
    with pytest.raises(ValueError, match=r"lang \(='xx'\) must be one of en"):
        load("xx")


@pytest.fixture
def german(tmp_path, monkeypatch):
    """Add a second language, of which only a few sentences are written yet."""
    (tmp_path / "en.json").write_bytes((text.FOLDER / "en.json").read_bytes())
    own = {"ui": {"play": "Los"}, "steps": {"flip": "Der Kern dreht sich: w{first} auf w{last}."}}
    (tmp_path / "de.json").write_text(json.dumps(own), encoding="utf-8")
    monkeypatch.setattr(text, "FOLDER", tmp_path)
    load.cache_clear()
    yield own
    load.cache_clear()


@pytest.mark.parametrize(
    "own", [3, None, [], {"ui": 3, "axes": [["Zelle"], 1]}, {"ui": {"play": []}}]
)
def test_what_is_no_sentence_of_a_language_stays_english(german, own):
    (text.FOLDER / "de.json").write_text(json.dumps(own), encoding="utf-8")
    load.cache_clear()
    expected = load("en")
    if isinstance(own, dict) and "axes" in own:
        expected = {**expected, "axes": [["Zelle"], *expected["axes"][1:]]}
    assert load("de") == expected


def test_another_language_is_one_file_and_may_be_unfinished(german):
    assert languages() == ["de", "en"]
    assert load("de")["ui"]["play"] == "Los"
    assert load("de")["ui"]["pause"] == load("en")["ui"]["pause"]
    trace = record([[1.0]], [[1.0, 2.0]], view="gather")
    assert any(trace.sentence(t, "de").startswith("Der Kern dreht sich") for t in range(len(trace)))


def test_element_page_and_widget_bring_their_language_along(german):
    html = element(stride=2, lang="de")
    (words,) = re.findall(
        r'<script type="application/json" data-deconv-viz-words="de">(.*?)<', html
    )
    assert json.loads(words) == load("de")
    assert "data-deconv-viz-words" not in element(stride=2, lang="en")
    assert 'data-deconv-viz-words="de"' in page(record([[1]], [[2]]), lang="de")
    player = Player(lang="de")
    assert player._sentences == load("de")
    player.lang = "en"
    assert player._sentences is None


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


VIEWS = ("scatter", "gather", "matrix", "direct")


@pytest.mark.parametrize("view", VIEWS)
def test_no_sentence_keeps_a_place_unfilled(view):
    x = np.ones((1, 8, 5) if view == "direct" else (2, 3, 2))
    trace = record(x, np.ones((2, 1, 3, 2)), [0.5], 2, ((1, 2), (0, 1)), 2, dilation=3, view=view)
    assert view != "direct" or trace.phases[-1].name == "cut"
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


def spoken(text):
    """Count the words of each sentence: an index goes with its name, and a sign is no word."""
    plain = re.sub(r"\[[^]]*\]|\([\w ]*=?\{\w+\}\)", "", text)
    for sentence in re.split(r"(?<=[.?!])\s", plain):
        yield len([word for word in sentence.split() if re.search(r"\w", word)]), sentence


def told():
    """Yield what a reader may see: what the golden traces say, and all other texts unfilled."""
    for name in golden.CASES:
        for view in (*golden.VIEWS, *(["unturned"] if name in golden.UNTURNED else [])):
            yield from golden.trace_of(name, view).sentences()
    x, w = np.ones((2, 2, 2, 2)), np.ones((2, 1, 2, 2, 2))
    yield from record(x, w, [-0.125], 2, 1, 2, dilation=3).sentences()
    for (part, *_), template in leaves(load("en")):
        many = re.sub(r"\{\w+\|[^|}]*\|([^}]*)\}", r"\1", template)
        # what is wrong stands before a colon, the way out behind it
        yield from re.split(r"(?<=[:;])\s", many) if part == "errors" else [many]


def test_no_sentence_has_more_than_20_words():
    counted = [pair for text in told() for pair in spoken(text)]
    assert len(counted) > 1500
    assert {pair for pair in counted if pair[0] > 20} == set()
