"""Odd things that people hand in: by accident, from another framework, or to see what happens."""

from copy import deepcopy
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import torch
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

NAN, INFINITY = float("nan"), float("inf")
DTYPES = ["i1", "u1", ">i4", "i8", "f2", "f4", ">f8", "c16", "?", "O", "S3", "U3", "M8[D]"]
WHOLES = st.one_of(
    st.integers(-3, 12),
    st.sampled_from([255, 1024, 10**6, 2**31, 2**53, 2**53 + 1, 2**63, 10**40, 10**400, -(2**63)]),
)
NUMBERS = st.one_of(
    WHOLES,
    st.sampled_from([True, 1.0, 2.5, -0.0, NAN, INFINITY, -INFINITY, 1e308, 5e-324, 1j]),
    st.sampled_from([np.int8(3), np.uint8(200), np.float32(2), np.bool_(True), np.float16(3)]),
    st.sampled_from([Decimal(2), Fraction(3, 2), torch.tensor(2), np.array(3)]),
)
THINGS = st.sampled_from(
    [None, ..., "", "3", "a", b"3", [], {}, (), set(), range(3), slice(1), float, object(), len]
)
NESTED = st.sampled_from([{"a": 1}, [[1, 2], [3]], [[]], [None], ["1"], [[[[[[[1]]]]]]]])
PATHS = st.sampled_from([Path("cat.png"), "cat.png"])
SHAPES = st.lists(st.integers(0, 4), max_size=6).map(tuple)


@st.composite
def odd_array(draw):
    """Return an array of any type and shape, now and then as another library would hold it."""
    made = draw(arrays.arrays(draw(st.sampled_from(DTYPES)), draw(SHAPES), fill=st.nothing()))
    return draw(st.sampled_from([made, made.tolist(), np.ma.masked_array(made), made.T]))


@st.composite
def odd_tensor(draw):
    """Return a tensor or parameter of torch in one of its less usual states."""
    made = torch.full(draw(SHAPES), draw(st.sampled_from([0.0, 1.0, 100.0, NAN])))
    turn = draw(
        st.sampled_from(
            [
                torch.nn.Parameter,
                lambda one: one.to("meta"),
                lambda one: one.to_sparse(),
                *(lambda one, to=to: one.to(to) for to in (torch.bfloat16, torch.half, torch.int8)),
                *(lambda one, to=to: one.to(to) for to in (torch.bool, torch.complex64)),
            ]
        )
    )
    return turn(made)


MODULES = st.sampled_from(
    [
        torch.nn.LazyConvTranspose2d(2, 3),
        torch.nn.ConvTranspose2d(2, 3, 3, dtype=torch.bfloat16),
        torch.nn.Sequential(torch.nn.ConvTranspose2d(1, 1, 3)),
        torch.nn.Conv2d(1, 1, 3),
        torch.nn.ConvTranspose2d(4, 4, 3, groups=2, stride=2, padding=1, output_padding=1),
        torch.nn.Module(),
    ]
)
ODD = st.one_of(
    NUMBERS,
    THINGS,
    NESTED,
    PATHS,
    st.lists(NUMBERS, max_size=4),
    st.lists(NUMBERS, max_size=4).map(tuple),
    st.lists(st.lists(NUMBERS, max_size=3), max_size=4),
    odd_array(),
    odd_tensor(),
    MODULES,
    st.text(max_size=12),
)


def nested(depth):
    """Return lists within lists, so many deep."""
    made = []
    for _ in range(depth):
        made = [made]
    return made


JSON = st.one_of(
    WHOLES,
    st.sampled_from([None, True, False, "", "3", "__proto__", NAN, INFINITY, 1e308, 2.5, [], {}]),
    st.lists(WHOLES, max_size=4),
    st.lists(st.lists(st.floats(), max_size=3), max_size=3),
    st.dictionaries(st.sampled_from(["__proto__", "constructor", "schema", "a"]), WHOLES),
    st.integers(1, 2000).map(nested),
)


@st.composite
def spoilt(draw, legal, odd=ODD, most=2):
    """Return arguments that are right, but for one or two of them."""
    arguments = dict(draw(legal))
    names = st.sampled_from(sorted(arguments))
    for name in draw(st.lists(names, min_size=1, max_size=most, unique=True)):
        arguments[name] = draw(odd)
    return arguments


@st.composite
def spoilt_json(draw, legal):
    """Return a record that is right, but for one value somewhere, a lost key or one too many."""
    record = {"": deepcopy(draw(legal))}
    holder, key = record, ""
    while draw(st.integers(0, 3)) and isinstance(holder[key], dict | list) and holder[key]:
        holder = holder[key]
        keys = sorted(holder) if isinstance(holder, dict) else range(len(holder))
        key = draw(st.sampled_from(keys))
    change = draw(st.sampled_from(["put", "put", "put", "drop", "add"]))
    if change == "drop" and holder is not record:
        del holder[key]
    elif change == "add" and isinstance(holder, dict) and holder is not record:
        holder[draw(st.sampled_from(["__proto__", "constructor", "x"]))] = draw(JSON)
    else:
        holder[key] = draw(JSON)
    return record[""]


TYPED = ["", ",", ";", ":", "-", "−", "٣", ".", " ", "[", "]", "e9", "0"]


@st.composite
def misspelt(draw, texts):
    """Return a text with a few characters lost, doubled, swapped for odd ones, or all of it odd."""
    text = draw(texts)
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(text)))
        typed = draw(st.sampled_from(TYPED))
        text = text[:at] + typed + text[at + draw(st.integers(0, 1)) :]
    return draw(st.sampled_from([text, text, text, text * 40, text.upper()]))
