"""What is refused is refused in words: argument, value, bound, way out."""

import re
from pathlib import Path

import numpy as np
import pytest

from deconvviz import Geometry, GeometryError, MissingExtra, Trace, conv_transpose, record
from deconvviz.text import languages, load

PACKAGE = Path(__file__).parent.parent / "deconvviz"
X, W = np.ones((1, 2, 3, 3)), np.ones((2, 1, 3, 3))

CALLS = {
    "weight (shape (3, 3)) must have 3, 4 or 5 axes: two of channels, then *kernel_size": (
        {"weight": np.ones((3, 3))}
    ),
    "input (shape (3, 3)) and weight (shape (2, 1, 3, 3)) must have the same number of axes, or "
    "input one fewer without a batch: input is (N, C_in, *size) or (C_in, *size), and weight (": (
        {"input": np.ones((3, 3))}
    ),
    "input (shape (1, 5, 3, 3)) and weight (shape (2, 1, 3, 3)) must have the same number of input "
    "channels, not 5 and 2: input is (N, C_in, *size) or (C_in, *size), and weight (C_in, ": (
        {"input": np.ones((1, 5, 3, 3))}
    ),
    "groups (=3) must divide the first axis of weight, 2 channels: use a divisor of 2": (
        {"groups": 3}
    ),
    "groups (=0) must be at least 1: use 1 or more": {"groups": 0},
    "groups (=1.0) must be a whole number of at least 1: write 1 or a larger one": {"groups": 1.0},
    "bias (shape (2,)) must have one value per output channel: shape (1,)": {"bias": [1, 2]},
    "bias (shape ()) must have one value per output channel: shape (1,)": {"bias": 1.0},
    "input (dtype object) must hold numbers: convert it to float or int first": (
        {"input": np.full((1, 2, 3, 3), None)}
    ),
    "input (dtype <U1) must hold numbers: convert it to float or int first": (
        {"input": np.full((1, 2, 3, 3), "1")}
    ),
    "weight (dtype bool) must hold numbers: convert it to float or int first": {"weight": W > 0},
    "weight (=9223372036854775808) must fit into 64 bits with a sign: convert it to float first": (
        {"weight": np.full((2, 1, 3, 3), 2**63, np.uint64)}
    ),
    "input: row 2 has 2 numbers, row 1 has 1: make every row as long": {"input": [[1], [1, 2]]},
    "weight (shape (2, 0, 3, 3)) must have at least one input and one output channel: its first "
    "two axes": {"weight": np.ones((2, 0, 3, 3))},
    "kernel_size (=0) must be at least 1: use 1 or more": {"weight": np.ones((2, 1, 0, 3))},
    "input_size (=0) must be at least 1: use 1 or more": {"input": np.ones((1, 2, 0, 3))},
    "output_padding (=2) must be smaller than stride (=2) or dilation (=1): use at most 1": (
        {"stride": 2, "output_padding": 2}
    ),
    "padding (=3) leaves an output size of -1, which must be at least 1: use padding of at most 2 "
    "at each side, or a larger input": {"padding": 3},
    "stride (=-1) must be at least 1: use 1 or more": {"stride": -1},
    "stride (='2') must be a whole number of at least 1: write 1 or a larger one": {"stride": "2"},
    "padding (=nan) must be a whole number of at least 0: write 0 or a larger one": {
        "padding": float("nan")
    },
    "padding (='same') must be a whole number of at least 0: write 0 or a larger one": {
        "padding": "same"
    },
    "padding (=(1, 2, 3)) must be one whole number per axis, or one (begin, end) pair per axis": (
        {"padding": ((1, 2, 3), 0)}
    ),
    "dilation (=[1, 1, 1]) must have one value for all axes, or one per axis: 2 values, "
    "as many as input (shape (1, 2, 3, 3)) and weight (shape (2, 1, 3, 3)) have axes": (
        {"dilation": [1, 1, 1]}
    ),
}


@pytest.mark.parametrize("sentence", CALLS)
def test_a_call_that_does_not_fit_says_why_and_what_to_do(sentence):
    with pytest.raises(GeometryError) as refusal:
        conv_transpose(**{"input": X, "weight": W, **CALLS[sentence]})
    assert str(refusal.value).startswith(sentence)
    assert isinstance(refusal.value, ValueError)


RECORDINGS = {
    "view (='walk') must be one of scatter, gather, matrix, direct": {"view": "walk"},
    "batch (=1) must be smaller than 1: use 0 to 0": {"batch": 1},
    "out_channel (=4) must be smaller than 2: use 0 to 1": {"out_channel": 4, "groups": 2},
    "out_channel (=-1) must be at least 0: use 0 or more": {"out_channel": -1},
    "input (dtype complex128) must be real to be drawn: pass its real or imaginary part": (
        {"input": X * 1j}
    ),
}


@pytest.mark.parametrize("sentence", RECORDINGS)
def test_a_recording_that_cannot_be_made_says_why(sentence):
    with pytest.raises(GeometryError) as refusal:
        record(**{"input": X, "weight": W, **RECORDINGS[sentence]})
    assert str(refusal.value) == sentence


def test_planes_and_traces_that_do_not_fit_say_why():
    with pytest.raises(
        GeometryError,
        match=r"input \(shape \(3, 3\)\) and weight \(shape \(3,\)\).*channels, weight is",
    ):
        record(np.ones((3, 3)), np.ones(3))
    with pytest.raises(GeometryError, match=r"weight \(kernel size \(2,\)\) .* \(3,\)"):
        Trace(Geometry((3,)), [[1.0]], [[1.0, 2.0]])
    with pytest.raises(GeometryError, match=r"schema \(='other/1'\) must be 'deconvviz.trace/1'"):
        Trace.from_dict({"schema": "other/1"})


def without(name, data):
    return {key: value for key, value in data.items() if key != name}


WRITTEN = record(np.ones((2, 2)), np.ones((2, 2))).to_dict()
KEYS, PARAMETERS = ", ".join(WRITTEN), ", ".join(WRITTEN["geometry"])
DICTIONARIES = {
    f"schema (=schema, view, geometry, input, bias) must be {KEYS}": without("weight", WRITTEN),
    f"schema (={KEYS}, extra) must be {KEYS}": {**WRITTEN, "extra": 1},
    f"schema (={PARAMETERS}, groups) must be {PARAMETERS}": (
        {**WRITTEN, "geometry": {**WRITTEN["geometry"], "groups": 1}}
    ),
    f"schema (=stride, padding, output_padding, dilation) must be {PARAMETERS}": (
        {**WRITTEN, "geometry": without("kernel_size", WRITTEN["geometry"])}
    ),
    f"schema (=None) must be {PARAMETERS}": {**WRITTEN, "geometry": None},
    "stride (=None) must be a whole number of at least 1: write 1 or a larger one": (
        {**WRITTEN, "geometry": {**WRITTEN["geometry"], "stride": None}}
    ),
    "input (=None) must be lists of numbers": {**WRITTEN, "input": None},
    "weight: row 2 has 1 number, row 1 has 2": {**WRITTEN, "weight": [[[1, 2], [3]]]},
    "bias (='none') must be a number": {**WRITTEN, "bias": "none"},
    "view (=None) must be one of scatter, gather, matrix": {**WRITTEN, "view": None},
}


@pytest.mark.parametrize("sentence", DICTIONARIES)
def test_a_dictionary_that_is_no_trace_names_the_key(sentence):
    with pytest.raises(GeometryError) as refusal:
        Trace.from_dict(DICTIONARIES[sentence])
    assert str(refusal.value).startswith(sentence)


def test_every_sentence_is_raised_somewhere_and_every_refusal_has_its_sentence():
    player = (PACKAGE.parent / "frontend" / "src").rglob("*.ts")
    sources = [path.read_text(encoding="utf-8") for path in [*PACKAGE.rglob("*.py"), *player]]
    everything = "\n".join(sources)
    raised = set(re.findall(r"GeometryError\(\s*\"(\w+)\"", everything))
    for lang in languages():
        assert set(load(lang)["errors"]) >= raised
    assert not {key for key in load()["errors"] if not re.search(rf"\b{key}\b", everything)}


def test_a_missing_package_says_how_to_get_it():
    error = MissingExtra("matplotlib", extra="figures")
    assert isinstance(error, ImportError)
    assert str(error).endswith('pip install "deconvviz[figures]"')


def test_an_error_keeps_its_key_and_facts_for_other_languages():
    with pytest.raises(GeometryError) as refusal:
        Geometry(3, stride=0)
    assert refusal.value.key == "at_least"
    assert refusal.value.fields == {"name": "stride", "value": 0, "least": 1}
    assert refusal.value.sentence("en") == str(refusal.value)
