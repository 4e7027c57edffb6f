"""One door for arrays: every public function reads them alike, and refuses them in our words."""

from decimal import Decimal
from importlib import import_module
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import matplotlib.pyplot as plt
import numpy as np
import PIL.Image
import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

import deconvviz as dv
from deconvviz import Geometry, GeometryError, conv, conv_transpose, conv_transpose_backward, cures
from deconvviz.engine.arrays import numbers
from tests.share import every

X = np.array([[[1, 3, 0], [2, 2, 1]], [[0, 1, 3], [4, 0, 2]]])  # (C_in, *size)
W = np.array([[[[1, 2], [0, 1]], [[3, 0], [1, 1]]], [[[2, 0], [1, 4]], [[0, 1], [2, 2]]]])
B = np.array([1, 2])
KERNEL, PLANE = W[0, 0], X[0]
GRAD = np.arange(2 * 4 * 6).reshape(2, 4, 6) % 5


def exported(**words):
    with TemporaryDirectory() as folder:
        return dv.export(None, f"{folder}/x.html", **words).read_text(encoding="utf-8")


# Every public function that takes arrays: a call, and the arrays that it is given by name.
DOORS = {
    "conv_transpose": (
        lambda **a: conv_transpose(**a, stride=2),
        {"input": X, "weight": W, "bias": B},
    ),
    "conv": (lambda **a: conv(**a, stride=1), {"input": X, "weight": W, "bias": B}),
    "conv_transpose_backward": (
        lambda **a: list(conv_transpose_backward(**a, stride=2)),
        {"grad_output": GRAD, "input": X, "weight": W},
    ),
    "convolution_matrix": (
        lambda weight: dv.convolution_matrix(Geometry(2, stride=2), weight, (2, 3)),
        {"weight": W},
    ),
    "inverse_check": (lambda matrix: dv.inverse_check(matrix), {"matrix": KERNEL}),
    "record": (
        lambda **a: dv.record(**a, stride=2).to_dict(),
        {"input": X, "weight": W, "bias": B},
    ),
    "record of planes": (
        lambda **a: dv.record(**a, stride=2).to_dict(),
        {"input": PLANE, "weight": KERNEL, "bias": B[:1]},
    ),
    "Trace": (
        lambda **a: dv.Trace(Geometry(2, stride=2), **a).output,
        {"input": X, "weight": W[:, 0], "bias": B[0]},
    ),
    "phase_gains": (lambda weight: dv.phase_gains(weight, 2), {"weight": W}),
    "checkerboard_score": (lambda weight: dv.checkerboard_score(weight, 2), {"weight": W}),
    "score of a plane": (lambda weight: dv.checkerboard_score(weight, 2), {"weight": KERNEL}),
    "unevenness": (
        lambda weight, input: list(vars(dv.unevenness(weight, 2, input=input)).values()),
        {"weight": W, "input": B},
    ),
    "flat_response": (
        lambda input, **a: dv.flat_response(input, [{**a, "stride": 2}]),
        {"input": B, "weight": W, "bias": B},
    ),
    "gather_weight": (lambda weight: cures.gather_weight(weight, 2), {"weight": W}),
    "box": (lambda weight: cures.box(weight, 2), {"weight": W}),
    "resize_convolution": (lambda weight: cures.resize_convolution(weight, 2), {"weight": W}),
    "split_box": (lambda weight: cures.split_box(weight, 2), {"weight": cures.box(W, 2)}),
    "subpixel_convolution": (
        lambda weight: cures.subpixel_convolution(weight, (2, 1)),
        {"weight": W},
    ),
    "icnr": (lambda weight: cures.icnr(weight, 2), {"weight": W}),
    "equal_gains": (lambda weight: cures.equal_gains(weight, 2), {"weight": W}),
    "show": (
        lambda input, **a: dv.show(input, **a, stride=2).output,
        {"input": X, "weight": W, "bias": B},
    ),
    "Player": (lambda **a: dv.Player(**a, stride=2).output, {"input": X, "weight": W[:, 0]}),
    "Player's bias": (lambda bias: dv.Player(bias=bias).output, {"bias": B[0]}),
    "a trait": (lambda input: assigned(input).output, {"input": PLANE}),
    "export": (exported, {"input": X, "weight": W[:, 0]}),
    "figures.matrix": (
        lambda weight: written(dv.figures.matrix(Geometry(2, stride=2), weight, 2)),
        {"weight": KERNEL},
    ),
}
DRAWN = {"record", "record of planes", "Trace", "show", "Player", "Player's bias", "a trait"}
DRAWN |= {"export", "figures.matrix"}  # what must be real and finite
CARRIED = {"conv_transpose", "conv", "conv_transpose_backward", "convolution_matrix"}
ONE_NUMBER = {("Trace", "bias"), ("Player's bias", "bias")}
ARGUMENTS = [(door, name) for door, (_, arrays) in DOORS.items() for name in arrays]


def written(ax):
    texts = [text.get_text() for text in ax.texts]
    plt.close(ax.figure)
    return texts


def assigned(input):
    player = dv.Player(stride=2)
    player.input = input
    return player


def through(door, **changed):
    call, arrays = DOORS[door]
    return call(**{**arrays, **changed})


def parameter(array):
    return torch.nn.Parameter(torch.tensor(array, dtype=torch.float32))


def read_only(array):
    copy = array.astype(float)
    copy.setflags(write=False)
    return copy


GOOD = {
    **{
        kind: lambda array, kind=kind: array.astype(kind)
        for kind in ("i1", "u1", "i2", "u4", "i8", "u8", "f2", "f4", "f8", ">f8", ">i4", "g")
    },
    "lists": lambda array: array.tolist(),
    "a tensor": lambda array: torch.tensor(array, dtype=torch.float64),
    "a parameter": parameter,
    "a tensor with a history": lambda array: parameter(array) * 1,
    "bfloat16": lambda array: torch.tensor(array, dtype=torch.bfloat16),
    "bfloat16 parameter": lambda array: torch.nn.Parameter(parameter(array).bfloat16()),
    "half": lambda array: torch.tensor(array, dtype=torch.float16),
    "int8 tensor": lambda array: torch.tensor(array, dtype=torch.int8),
    "a sparse tensor": lambda array: torch.tensor(array, dtype=torch.float64).to_sparse(),
    "a lazily negated tensor": lambda array: torch._neg_view(torch.tensor(-array.astype(float))),
    "a list of parameters": lambda array: [*map(parameter, array)] if array.ndim else array,
    "a read-only array": read_only,
    "a view": lambda array: np.flip(np.flip(array.astype(float)).copy()),
    "nothing masked": lambda array: np.ma.masked_array(array, mask=False),
    "a subclass": lambda array: array.astype(float).view(type("Mine", (np.ndarray,), {})),
}


def same(found, expected):
    assert type(found) is type(expected)
    if isinstance(found, list) and any(isinstance(entry, np.ndarray) for entry in found):
        for one, other in zip(found, expected, strict=True):
            assert_array_equal(one, other)
    elif isinstance(found, np.ndarray):
        assert_array_equal(found, expected)
    else:
        assert found == expected


# An odd step through each grid, so that its share leaves out no door and no kind.
NTH = 7
NUMBERS = every(NTH, product(DOORS, GOOD))


@pytest.mark.exhaustive
@pytest.mark.parametrize(("door", "kind"), NUMBERS)
def test_every_kind_of_numbers_gives_what_float64_gives(door, kind):
    arrays = DOORS[door][1]
    expected = through(door, **{name: array.astype(float) for name, array in arrays.items()})
    same(through(door, **{name: GOOD[kind](array) for name, array in arrays.items()}), expected)


class Awkward:
    def __array__(self, dtype=None, copy=None):
        raise RuntimeError("not now")


ENDLESS: list = []
ENDLESS.append(ENDLESS)
LAZY = torch.nn.LazyConvTranspose2d(2, 2)
MODEL = torch.nn.Sequential(torch.nn.ReLU(), torch.nn.Sequential(torch.nn.ConvTranspose2d(2, 2, 2)))
NO_NUMBERS = "must hold numbers: convert it to float or int first"
BAD = {
    "text in a list": (lambda array: np.atleast_1d(array).astype(str).tolist(), NO_NUMBERS),
    "objects": (lambda array: array.astype(object) * Decimal(1), NO_NUMBERS),
    "truth values": (lambda array: array > 0, NO_NUMBERS),
    "dates": (lambda array: array.astype("M8[s]"), NO_NUMBERS),
    "records": (lambda array: np.zeros(array.shape, [("re", float), ("im", float)]), NO_NUMBERS),
    "a dictionary": (lambda array: {"data": array}, "(=dict) cannot be read as numbers: pass"),
    "a ragged list": (lambda array: [[1, 2], [3]], "row 2 has 1 number, row 1 has 2"),
    "a ragged tuple": (lambda array: ((1,), (2, 3)), "row 2 has 2 numbers, row 1 has 1"),
    "numbers beside rows": (lambda array: [[1, 2], 3], "row 1 mixes numbers with lists"),
    "planes of two sizes": (lambda array: [[[1], [2]], [[3]]], "must be planes of one size"),
    "a list in itself": (lambda array: ENDLESS, "cannot be read as numbers"),
    "what fails to be read": (lambda array: Awkward(), "(=Awkward) cannot be read as numbers"),
    "masked cells": (
        lambda array: np.ma.masked_array(array, mask=np.indices(array.shape).sum(0) == 0),
        "has 1 masked cell and must have none: fill it first, as with .filled(0)",
    ),
    "a lazy layer's weight": (lambda array: LAZY.weight, "is of a lazy layer"),
    "a tensor on meta": (lambda array: torch.empty(array.shape, device="meta"), "the device meta"),
    "a layer": (lambda array: torch.nn.Linear(2, 2), "(=Linear) must be numbers, not a layer"),
    "a model": (
        lambda array: MODEL,
        "(=Sequential) must be numbers, not a model: pass the weight of one of its transposed "
        "convolutions, model[1][0].weight",
    ),
    "the path of a picture": (
        lambda array: Path("cat.png"),
        "(='cat.png') must be numbers, not the path of a picture: with Pillow, open it as "
        "np.asarray(PIL.Image.open('cat.png').convert(\"L\"))",
    ),
    "the path of numbers": (lambda array: Path("w.npy"), "Path) cannot be read as numbers: pass"),
    "numbers beyond 64 bits": (
        lambda array: np.full(array.shape, 2**63, np.uint64),
        "(=9223372036854775808) must fit into 64 bits",
    ),
}


NONE = every(NTH, product(ARGUMENTS, BAD))


def test_a_share_of_the_pairs_holds_every_door_and_every_kind():
    for pairs, doors, kinds in ((NUMBERS, DOORS, GOOD), (NONE, ARGUMENTS, BAD)):
        tried = [set(side) for side in zip(*pairs, strict=True)]
        assert tried == [set(doors), set(kinds)]


@pytest.mark.exhaustive
@pytest.mark.parametrize(("where", "kind"), NONE, ids=str)
def test_what_holds_no_numbers_is_refused_by_name(where, kind):
    (door, name), (make, said) = where, BAD[kind]
    with pytest.raises(GeometryError) as refusal:
        through(door, **{name: make(np.asarray(DOORS[door][1][name]))})
    sentence = str(refusal.value)
    assert sentence.startswith(name), sentence
    of_one_number = where in ONE_NUMBER and sentence.endswith(" must be a number")
    assert said in sentence or of_one_number, sentence


INFINITE = [np.nan, np.inf, -np.inf, complex(0, np.nan)]


@pytest.mark.exhaustive
@pytest.mark.parametrize(("where", "value"), every(3, product(ARGUMENTS, INFINITE)), ids=str)
def test_only_the_engine_carries_what_is_not_finite(where, value):
    door, name = where
    array = np.array(DOORS[door][1][name], np.result_type(value, float))
    array[(-1,) * array.ndim] = value
    if door in CARRIED:
        with np.errstate(invalid="ignore"):
            found = through(door, **{name: array})
        assert not all(
            np.isfinite(part).all() for part in (found if type(found) is list else [found])
        )
        return
    with pytest.raises(GeometryError) as refusal:
        through(door, **{name: array})
    place = [n - 1 for n in array.shape]
    said = f"at {place}) must be finite: replace NaN and inf"
    if where in ONE_NUMBER:
        said = "must be a number"
    assert str(refusal.value).startswith(name)
    assert said in str(refusal.value)


@pytest.mark.parametrize(("door", "name"), ARGUMENTS)
def test_complex_numbers_stay_complex_or_are_refused(door, name):
    call, arrays = DOORS[door]
    array = np.asarray(arrays[name])
    if door in DRAWN:
        with pytest.raises(GeometryError, match=f"^{name} .*must be (real|a number)"):
            through(door, **{name: array * 1j})
        return
    found, real = (
        part if type(part) is list else [part]
        for part in (call(**{**arrays, name: array * 1j}), call(**arrays))
    )
    if len(arrays) == 1 and door not in ("inverse_check", "checkerboard_score", "score of a plane"):
        assert_array_equal(found[0], real[0] * 1j)  # all of these are linear
    if "score" in door:
        assert found == real


INTEGERS = [np.int8(2), np.uint64(2), np.array(2), torch.tensor(2), torch.tensor(2).to(torch.int8)]


@pytest.mark.parametrize("two", INTEGERS, ids=lambda two: str(getattr(two, "dtype", two)))
def test_whole_numbers_of_others_are_whole_numbers(two):
    def all_with(n):
        double = np.concatenate([W, W])
        x = np.concatenate([X, X])
        return [
            conv_transpose(x, double, None, n, 0, 0, n),
            conv_transpose(X, W, None, [n, n], [n - 1, n - 1]),
            conv(X, W[:, :1], None, n, 0, 1, n),
            *conv_transpose_backward(np.ones((4, 4, 6)), x, double, n, 0, 0, n),
            dv.record(x, double, stride=n, groups=n).output,
            dv.show(x, double, stride=n, groups=n, out_channel=n).output,
            dv.Player(input=X, weight=W[:, 0], groups=n, stride=n).output,
            dv.unevenness(W, n, input=B, groups=n).score,
            dv.flat_response(B, [{"weight": W, "stride": n, "groups": n}]),
            cures.resize_convolution(W, n, n),
            cures.split_box(cures.box(W, n), n, n),
            cures.bilinear(n),
            cures.icnr(W, n),
        ]

    for found, expected in zip(all_with(two), all_with(2), strict=True):
        assert_array_equal(found, expected)


@pytest.mark.parametrize("true", [True, np.True_, torch.tensor(True), np.array(True), "1", 1.0])
def test_what_is_no_whole_number_is_refused(true):
    for call in (
        lambda: conv_transpose(X, W, groups=true),
        lambda: conv_transpose(X, W, stride=true),
        lambda: conv(X, W, groups=true),
        lambda: cures.gather_weight(W, true),
        lambda: dv.unevenness(W, 2, input=B, groups=true),
        lambda: dv.flat_response(B, [{"weight": W, "groups": true}]),
    ):
        with pytest.raises(GeometryError, match=r"must be a whole number of at least 1"):
            call()


# what the weights are added up in is not the caller's type


@pytest.mark.parametrize(
    "weight",
    [
        np.full((3, 3), 100, np.int8),
        np.full((3, 3), 90, np.int8),
        np.full((3, 3), 200, np.uint8),
        np.full((3, 3), 30000, np.float16),
        torch.full((3, 3), 1e38, dtype=torch.bfloat16),
        np.full((3, 3), 2**62, np.int64),
        np.full((3, 3), 1 + 1j),
        np.full((3, 3), 1j, np.complex64),
    ],
    ids=lambda weight: str(weight.dtype),
)
def test_the_score_of_small_types_is_that_of_their_numbers(weight):
    assert dv.checkerboard_score(weight, 2) == pytest.approx(4 / 3, rel=1e-15)


KINDS = st.sampled_from(["i1", "u1", "i2", "u2", "i4", "u4", "i8", "f2", "f4", "bfloat16"])


@given(KINDS, st.integers(0, 2**32), st.integers(1, 3), st.integers(1, 4), st.integers(1, 4))
def test_any_weight_is_measured_as_in_float64(kind, seed, ndim, size, stride):
    """Extremes of the type included; a weight of float64 holds them all but the largest int64."""
    rng = np.random.default_rng(seed)
    shape = (2, 1, *(size,) * ndim)
    if kind == "bfloat16":
        weight = torch.randn(shape, generator=torch.Generator().manual_seed(seed)).bfloat16()
        exact = weight.double().numpy()
    elif kind[0] == "f":
        bound = float(np.finfo(kind).max) / 2
        weight = (rng.choice([bound, -bound, 1.0, 0.1], shape) * rng.random(shape)).astype(kind)
        exact = weight.astype(float)
    else:
        limits = np.iinfo(kind)
        low, high = max(limits.min, -(2**53)), min(limits.max, 2**53)
        weight = rng.choice(np.array([low, high, 0, 1], kind), shape)
        exact = weight.astype(float)
    measured, expected = (dv.unevenness(w, stride) for w in (weight, exact))
    for name in ("score", "rms", "peak_to_peak", "robust"):
        assert_array_equal(getattr(measured, name), getattr(expected, name))
    gains = dv.phase_gains(weight, stride)
    scale = np.abs(exact).sum() * 1e-6
    np.testing.assert_allclose(gains, dv.phase_gains(exact, stride), rtol=0, atol=scale)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("float32", "float32"),
        ("float16", "float32"),
        ("bfloat16", "float32"),
        ("float64", "float64"),
        ("int8", "int64"),
        ("uint8", "int64"),
        ("complex64", "complex64"),
    ],
)
def test_types_that_come_back(kind, expected):
    x, w = (torch.tensor(array).to(getattr(torch, kind)) for array in (X, W))
    results = [
        conv_transpose(x, w),
        conv(x, w),
        *conv_transpose_backward(conv_transpose(x, w), x, w),
        dv.convolution_matrix(Geometry(2), w, 2),
        dv.phase_gains(w, 2),
        cures.gather_weight(w),
        cures.box(w, 2),
    ]
    assert {str(result.dtype) for result in results} == {expected}


def test_whole_numbers_never_wrap():
    huge = np.full((1, 1, 2), 2**62)
    for call in (
        lambda: conv_transpose([[1, 1]], huge),
        lambda: conv_transpose([[1]], [[[1]]], [2**63 - 1]),
        lambda: conv([[1, 1, 1]], huge),
        lambda: conv_transpose_backward([[2**62, 2**62]], [[1]], [[[1, 1]]]),
        lambda: dv.phase_gains(huge, 1),
        lambda: cures.box(huge, 2),
    ):
        with pytest.raises(GeometryError, match=r"whole numbers of .* may add up to \d{19}"):
            call()
    assert conv_transpose([[1]], huge // 2).tolist() == [[2**61] * 2]


def test_a_type_that_another_package_added_is_read_if_a_float_holds_it():
    core = "numpy.core" if np.__version__.startswith("1.") else "numpy._core"
    rational = import_module(f"{core}._rational_tests").rational
    halves = numbers("input", np.array([[rational(1, 2), rational(3, 2)]]))
    assert (halves.dtype, halves.tolist()) == (np.float64, [[0.5, 1.5]])


# a weight in another framework's order


@pytest.mark.parametrize(
    ("input", "weight", "fits"),
    [
        ((8, 4, 4), (4, 4, 8, 8), None),  # Keras or JAX: both would do
        ((8, 4, 4), (16, 8, 4, 4), "weight.transpose(1, 0, 2, 3)"),  # Conv2d
        ((1, 8, 6, 6), (4, 4, 16, 8), "weight.transpose(3, 2, 0, 1)"),  # Keras, MATLAB
        ((1, 8, 6, 6), (4, 4, 8, 16), "weight.transpose(2, 3, 0, 1)"),  # JAX
        ((1, 30, 32, 3), (3, 8, 4, 4), "input.transpose(0, 3, 1, 2)"),  # channels last
        ((30, 32, 3), (3, 8, 4, 4), "input.transpose(2, 0, 1)"),
        ((2, 50, 3), (3, 8, 4), "input.transpose(0, 2, 1)"),
        ((8, 5), (4, 16, 8), "weight.transpose(2, 1, 0)"),
        ((1, 5, 3, 3), (2, 1, 3, 3), None),  # in no order
    ],
)
def test_another_order_is_named_and_one_transpose_if_only_one_fits(input, weight, fits):
    with pytest.raises(GeometryError) as refusal:
        conv_transpose(np.ones(input), np.ones(weight), None, 2, 1)
    sentence = str(refusal.value)
    assert f"input (shape {input}) and weight (shape {weight}) must have the same" in sentence
    assert "weight (C_in, C_out // groups, *kernel_size)" in sentence
    assert "Keras and MATLAB have (*kernel_size, C_out, C_in)" in sentence
    assert "Conv2d (C_out, C_in, *kernel_size)" in sentence
    assert "reshape" not in sentence
    assert sentence.endswith(f"; here only {fits} fits") == (fits is not None)
    assert ("transpose(" in sentence) == (fits is not None)
    if fits:
        arrays = {"input": np.ones(input), "weight": np.ones(weight)}
        name = fits.split(".")[0]
        arrays[name] = eval(fits, {}, arrays)
        assert conv_transpose(**arrays, stride=2, padding=1).ndim == len(input)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            {"weight": np.ones((4, 4, 16, 4)), "bias": np.ones(16)},
            "bias (shape (16,)) must have one value per output channel: shape (4,); or bring "
            "weight to our order, which only weight.transpose(3, 2, 0, 1) does",
        ),
        (
            {"weight": np.ones((4, 3, 3, 4)), "groups": 3},
            "groups (=3) must divide the first axis of weight, 4 channels: use a divisor of 4",
        ),
    ],
)
def test_a_weight_in_another_order_is_blamed_beside_what_it_makes_wrong(words, said):
    with pytest.raises(GeometryError) as refusal:
        conv_transpose(**{"input": np.ones((1, 4, 6, 6)), **words})
    assert str(refusal.value) == said


def test_an_order_of_keras_transposed_gives_its_output():
    weight = np.ones((4, 4, 8, 8)).transpose(3, 2, 0, 1)
    assert conv_transpose(np.ones((8, 4, 4)), weight, None, 2, 1).shape == (8, 8, 8)


def test_a_direct_convolution_names_its_own_orders():
    with pytest.raises(GeometryError) as refusal:
        conv(np.ones((3, 9, 9)), np.ones((4, 4, 3, 8)))
    assert "weight (C_out, C_in // groups, *kernel_size)" in str(refusal.value)
    assert str(refusal.value).endswith("; here only weight.transpose(3, 2, 0, 1) fits")


@given(st.integers(0, 2**32), st.integers(1, 3), st.booleans())
def test_a_suggested_transpose_always_fits(seed, ndim, batch):
    """Any two shapes whose channels differ: whatever is advised is tried."""
    rng = np.random.default_rng(seed)
    x, w = np.ones(rng.integers(1, 5, ndim + 1 + batch)), np.ones(rng.integers(1, 5, ndim + 2))
    assume(x.shape[-ndim - 1] != len(w))
    with pytest.raises(GeometryError) as refusal:
        conv_transpose(x, w)
    advised = refusal.value.fields.get("axes")
    assert (advised is not None) == (refusal.value.key == "layer_channels_order")
    if advised:
        arrays, name = {"input": x, "weight": w}, refusal.value.fields["name"]
        conv_transpose(**{**arrays, name: arrays[name].transpose(advised)})


@pytest.mark.parametrize(
    ("input", "weight"), [((1, 8, 4, 4), (4, 4, 8)), ((4,), (4, 4, 8)), ((8, 4), (8, 8, 4, 4))]
)
def test_axes_follow_from_input_and_weight_together(input, weight):
    for call in (conv_transpose, dv.record, dv.show):
        with pytest.raises(GeometryError) as refusal:
            call(np.ones(input), np.ones(weight))
        said = (
            f"input (shape {input}) and weight (shape {weight}) must have the same number of axes"
        )
        assert str(refusal.value).startswith(said)
        assert "Keras and MATLAB have (*kernel_size, C_out, C_in)" in str(refusal.value)


def test_a_value_for_each_axis_says_how_many_axes_input_and_weight_have():
    with pytest.raises(GeometryError) as refusal:
        conv_transpose(np.ones((8, 4, 4)), np.ones((4, 4, 8)), stride=(2, 2))
    assert str(refusal.value) == (
        "stride (=(2, 2)) must have one value for all axes, or one per axis: 1 value, as many as "
        "input (shape (8, 4, 4)) and weight (shape (4, 4, 8)) have axes after their channels"
    )


@pytest.mark.parametrize("shape", [(), (0,), (2, 0), (0, 1, 3), (1, 0, 3), (1, 1, 0), (1,) * 6])
def test_weights_without_a_kernel_or_channels_are_refused_by_all(shape):
    weight = np.ones(shape)
    for call in (
        lambda: dv.phase_gains(weight, 2),
        lambda: dv.checkerboard_score(weight, 2),
        lambda: cures.equal_gains(weight, 2),
        lambda: cures.gather_weight(weight),
        lambda: cures.box(weight, 2),
        lambda: cures.split_box(weight, 2),
        lambda: cures.subpixel_convolution(weight, 2),
        lambda: cures.icnr(weight, 2),
        lambda: conv_transpose([[1.0]], weight),
        lambda: conv([[1.0]], weight),
        lambda: dv.record([[1.0]], weight),
        lambda: dv.convolution_matrix(Geometry((3,)), weight, 2),
        lambda: dv.flat_response([1.0], [{"weight": weight}]),
    ):
        with pytest.raises(GeometryError, match=r"^(weight|kernel_size|input)"):
            call()


def test_channels_that_do_not_fit_are_refused_in_words():
    for call, said in (
        (lambda: cures.gather_weight(W, 3), "groups (=3) must divide"),
        (lambda: cures.subpixel_convolution(W, 2), "weight (shape (2, 2, 2, 2)) must have a mul"),
        (lambda: dv.unevenness(W, 2, input=[1, 2, 3]), "input (shape (3,)) must have one const"),
        (lambda: dv.unevenness(W, 2, input=B, groups=3), "groups (=3) must divide"),
        (lambda: dv.unevenness(KERNEL, 2, input=B), "input (shape (2,)) must have one constant"),
        (lambda: dv.flat_response([[1.0]], []), "input (shape (1, 1)) must have one constant"),
        (lambda: dv.flat_response([1], [{"weight": W}]), "input (shape (1, 1, 1)) and weight"),
        (lambda: dv.flat_response(B, [{"weight": W, "bias": [1]}]), "bias (shape (1,)) must"),
        (lambda: dv.record(PLANE, KERNEL, B), "bias (shape (2,)) must have one value"),
        (lambda: dv.inverse_check([1.0]), "matrix (shape (1,)) must have two axes"),
        (lambda: dv.Trace(Geometry(2), PLANE, W[:, 0]), "input (shape (2, 3)) must have 3 axes"),
        (lambda: dv.Trace(Geometry(2), X, KERNEL), "weight (shape (2, 2)) must have 3 axes"),
    ):
        with pytest.raises(GeometryError) as refusal:
            call()
        assert str(refusal.value).startswith(said)


def test_a_plane_may_meet_one_constant():
    assert dv.unevenness(KERNEL, 2, input=[3.0]).score == dv.unevenness(KERNEL, 2).score


# what a notebook has at hand


class Decoder(torch.nn.Module):
    def __init__(self):
        super().__init__()
        up = [torch.nn.ConvTranspose2d(1, 1, 2) for _ in range(9)]
        self.head, self.blocks = torch.nn.Conv2d(1, 1, 1), torch.nn.ModuleList(up)


@pytest.mark.parametrize(
    ("model", "said"),
    [
        (
            MODEL,
            "show() takes one layer, not a Sequential: pass one of its transposed convolutions, "
            "model[1][0]",
        ),
        (
            Decoder(),
            "show() takes one layer, not a Decoder: pass one of its transposed convolutions, "
            "model.blocks[0], model.blocks[1], model.blocks[2], model.blocks[3], model.blocks[4], "
            "model.blocks[5] … (+3)",
        ),
    ],
    ids=["Sequential", "Decoder"],
)
def test_a_model_is_told_which_of_its_layers_to_pass(model, said):
    with pytest.raises(GeometryError) as refusal:
        dv.show(model)
    assert str(refusal.value) == said
    part = said.split("convolutions, ")[1].split(",")[0]
    assert dv.show(eval(part, {}, {"model": model})).trace.output.size


def test_a_layer_of_bfloat16_shows_what_it_computes():
    layer = torch.nn.ConvTranspose2d(2, 3, 3, stride=2).bfloat16()
    x = torch.randn(1, 2, 3, 3)
    player = dv.show(layer, input=x.bfloat16(), out_channel=2)
    expected = layer.float()(x.bfloat16().float())[0, 2].detach().numpy()
    np.testing.assert_allclose(player.output, expected, atol=1e-6)


def test_a_lazy_layer_is_told_to_run_once():
    layer = torch.nn.LazyConvTranspose2d(1, 2)
    with pytest.raises(GeometryError, match=r"weight is of a lazy layer.*: run the layer once"):
        dv.show(layer)
    layer(torch.zeros(1, 3, 2, 2))
    assert dv.show(layer).trace.channels == 3


def test_the_path_of_a_picture_says_how_to_open_it(tmp_path):
    path = tmp_path / "cat.png"
    PIL.Image.fromarray(np.arange(6, dtype=np.uint8).reshape(2, 3)).save(path)
    for call in (
        lambda: dv.Player(input=str(path)),
        lambda: dv.show(str(path), KERNEL),
        lambda: dv.show(path),
        lambda: dv.export(None, tmp_path / "x.html", input=str(path)),
        lambda: conv_transpose(str(path), W),
    ):
        with pytest.raises(GeometryError, match="not the path of a picture: with Pillow") as told:
            call()
        way_out = str(told.value).split("open it as ")[1]
        opened = eval(way_out, {"np": np, "PIL": PIL})
        assert dv.show(opened, KERNEL).trace.input.tolist() == [[[0, 1, 2], [3, 4, 5]]]


def test_ragged_lists_and_ragged_text_are_refused_in_the_same_words():
    for value in ("1 2; 3", "[[1, 2], [3]]", [[1, 2], [3]], ([1, 2], [3])):
        with pytest.raises(GeometryError) as refusal:
            dv.Player(input=value)
        assert str(refusal.value) == (
            "input: row 2 has 1 number, row 1 has 2: make every row as long"
        )


def test_a_layer_given_as_a_player_says_which_function_takes_it():
    for call in (dv.Player, lambda layer: dv.export(layer, "never.html")):
        with pytest.raises(TypeError, match=r"not ConvTranspose2d: dv\.show\(\) makes one"):
            call(torch.nn.ConvTranspose2d(1, 1, 2))


def test_the_caller_keeps_the_arrays_as_they_were():
    for call, arrays in DOORS.values():
        mine = {name: np.array(array, float) for name, array in arrays.items()}
        call(**mine)
        for name, array in arrays.items():
            assert_array_equal(mine[name], array)
