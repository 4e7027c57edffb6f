"""Closed forms of counts, against counting one by one: slow, and without a doubt."""

from itertools import product
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deconvviz import Geometry, GeometryError, overlap
from deconvviz.geometry import Axis, Stretched
from deconvviz.geometry.points import floor_sum, points_below

pytestmark = pytest.mark.exhaustive

FEW = st.integers(1, 9)
MANY = st.integers(0, 40)


@st.composite
def axes(draw):
    stride, dilation = draw(FEW), draw(FEW)
    extra = draw(st.integers(0, max(stride, dilation) - 1))
    return Axis(draw(FEW), stride, draw(MANY), draw(MANY), extra, dilation)


def geometry_of(drawn):
    return Geometry(
        tuple(axis.kernel_size for axis in drawn),
        tuple(axis.stride for axis in drawn),
        tuple((axis.padding_begin, axis.padding_end) for axis in drawn),
        tuple(axis.output_padding for axis in drawn),
        tuple(axis.dilation for axis in drawn),
    )


def pairs(axis, input_size):
    """Return (input, tap, output) of every pair that the crop leaves."""
    met = product(range(input_size), range(axis.kernel_size))
    found = [(i, t, axis.stride * i + axis.dilation * t - axis.padding_begin) for i, t in met]
    return [pair for pair in found if 0 <= pair[2] < axis.output_size(input_size)]


@given(axes(), FEW)
def test_contributors_are_the_pairs_that_meet_there(axis, n):
    found = pairs(axis, n)
    for o in range(axis.output_size(n)):
        assert axis.contributors(o, n) == [(i, t) for i, t, meets in found if meets == o]


@given(axes(), FEW)
def test_a_cell_is_held_where_an_earlier_input_reaches_it(axis, n):
    whole = Axis(axis.kernel_size, axis.stride, dilation=axis.dilation)
    found = pairs(whole, n)
    for i, t, cell in found:
        assert whole.held(i, t) == any(o == cell and other < i for other, _, o in found)


@given(axes(), st.integers(1, 40))
def test_overlap_counts_the_pairs_of_every_output(axis, n):
    meets = [o for _, _, o in pairs(axis, n)]
    counted = [meets.count(o) for o in range(axis.output_size(n))]
    assert axis.overlap(n) == counted
    if counted:
        assert overlap(geometry_of([axis]), n).tolist() == counted


@given(st.lists(st.tuples(axes(), st.integers(1, 6)), min_size=1, max_size=3))
def test_multiplications_are_what_they_are_one_by_one(drawn):
    geometry, size = geometry_of([axis for axis, _ in drawn]), [n for _, n in drawn]
    useful = prod(len(pairs(axis, n)) for axis, n in drawn)
    maps = [Stretched.grown(axis, n) for axis, n in drawn]
    windows = [
        [source for o in range(axis.output_size(n)) for source in grown.window(o)]
        for grown, (axis, n) in zip(maps, drawn, strict=True)
    ]
    inside = prod(len(line) - line.count("padded") for line in windows)
    total = prod(map(len, windows))
    assert geometry.multiplications(size, "gather") == (
        total, useful, inside - useful, total - inside, 0, 0,
    )  # fmt: skip
    stamped = prod(size) * prod(geometry.kernel_size)
    assert geometry.multiplications(size) == (stamped, useful, 0, 0, stamped - useful, 0)
    try:
        entries = prod(size) * prod(geometry.output_size(size))
    except GeometryError:
        with pytest.raises(GeometryError):
            geometry.multiplications(size, "matrix")
    else:
        count = geometry.multiplications(size, "matrix")
        assert count == (entries, useful, 0, 0, 0, entries - useful)


@given(MANY, MANY, MANY, FEW)
def test_sums_of_whole_parts(count, slope, start, divisor):
    summed = sum((slope * n + start) // divisor for n in range(count))
    assert floor_sum(count, slope, start, divisor) == summed


@given(st.integers(-5, 60), FEW, FEW)
def test_points_below_a_line(bound, across, up):
    grid = product(range(61), repeat=2)
    assert points_below(bound, across, up) == sum(across * i + up * t < bound for i, t in grid)


@pytest.mark.parametrize(
    ("kernel", "stride", "frames"),
    [(1024, 256, 160), (10, 10, 160), (40, 10, 160), (4096, 1024, 5158)],
)
def test_a_vocoder_multiplies_every_frame_by_every_tap(kernel, stride, frames):
    geometry = Geometry((kernel,), stride)
    assert geometry.multiplications(frames).useful == frames * kernel
    assert geometry.multiplications(frames, "gather").useful == frames * kernel
    assert overlap(geometry, frames).sum() == frames * kernel


def test_numbers_without_end_are_counted_too():
    n, k = 10**30, 10**20
    count = Geometry((k,), 3, 7, dilation=2).multiplications(n, "gather")
    assert count.useful == n * k - 2 * (4 + 2 + 1)
