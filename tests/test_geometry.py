from dataclasses import asdict, replace
from itertools import product

import numpy as np
import pytest
import torch

from deconvviz import Geometry, GeometryError, record
from deconvviz.geometry import Axis, Extent, Stretched, cells
from deconvviz.text import fill, load
from tests.share import every

pytestmark = pytest.mark.exhaustive

AXES = [
    Axis(k, s, begin, end, op, d)
    for k, s, begin, end, d in product((1, 2, 3), (1, 2, 3), (0, 1, 3), (0, 2), (1, 2, 4))
    for op in range(max(s, d))
]
LEGAL = [(axis, n) for axis, n in product(AXES, (1, 2, 5)) if axis.output_size(n) > 0]


def test_sizes_and_refusals_equal_torch_on_a_whole_grid():
    refused = []
    grid = product(range(1, 7), range(1, 6), range(6), range(1, 5), range(6), range(1, 6))
    for k, s, p, d, op, n in every(13, grid):
        try:
            ours = Geometry((k,), s, p, op, d).output_size(n)
        except GeometryError:
            ours = None
        try:
            x, w = (torch.empty(1, 1, m, dtype=torch.double) for m in (n, k))
            theirs = tuple(torch.conv_transpose1d(x, w, None, s, p, op, 1, d).shape[2:])
        except RuntimeError:
            theirs = None
        assert ours == theirs, (k, s, p, d, op, n)
        refused.append(ours is None)
    assert 0.1 < np.mean(refused) < 0.9


def test_the_formula_that_readers_see_gives_the_size():
    formula = load()["ui"]["formula"].translate(str.maketrans("−·", "-*"))
    for axis, n in LEGAL:
        crop = f"({axis.padding_begin} + {axis.padding_end})"
        numbers = {"input": n, "kernel": axis.kernel_size, "crop": crop}
        told = fill(formula, **{**asdict(axis), **numbers})
        assert eval(told) == axis.output_size(n), told


def test_footprint_and_contributors_are_the_same_pairs_seen_from_both_sides():
    for axis, n in LEGAL:
        from_inputs = {(i, t, o) for i in range(n) for t, o in axis.footprint(i, n)}
        from_outputs = {
            (i, t, o) for o in range(axis.output_size(n)) for i, t in axis.contributors(o, n)
        }
        by_the_formula = {
            (i, t, o)
            for i, t in product(range(n), range(axis.kernel_size))
            for o in [axis.stride * i + axis.dilation * t - axis.padding_begin]
            if 0 <= o < axis.output_size(n)
        }
        assert from_inputs == from_outputs == by_the_formula


def test_contributors_come_in_the_order_of_the_inputs():
    for axis, n in LEGAL:
        for o in range(axis.output_size(n)):
            sources = [source for source, _ in axis.contributors(o, n)]
            assert sources == sorted(sources)


def test_phases_cut_canvas_and_output_into_the_cells_the_taps_write():
    for axis, n in LEGAL:
        size = axis.output_size(n)
        covered = []
        for phase in range(axis.stride):
            held, kept = axis.phase_window(phase, n)
            plane, row = range(axis.phase_size(n))[held], range(size)[kept]
            assert len(plane) == len(row)
            for q, o in zip(plane, row, strict=True):
                assert axis.stride * q + phase == o + axis.padding_begin
            covered += row
        assert sorted(covered) == list(range(size))
        for i, t in product(range(n), range(axis.kernel_size)):
            phase, shift = axis.phase(t)
            cell = axis.stride * (i + shift) + phase
            assert cell == axis.output_index(i, t) + axis.padding_begin
            assert i + shift < axis.phase_size(n)


def test_rows_that_are_final_and_rows_still_reached_are_told_apart():
    for axis, n in LEGAL:
        whole = replace(axis, padding_begin=0, padding_end=0, output_padding=0)
        for i in range(n):
            later = [o for j in range(i, n) for _, o in whole.footprint(j, n)]
            assert min(later) == axis.final_until(i)
            first = axis.first_reaching(axis.final_until(i))
            reach = [max(o for _, o in whole.footprint(j, n)) for j in range(n)]
            assert all(last < axis.final_until(i) for last in reach[:first])


def test_the_window_of_the_grown_map_holds_the_inputs_of_every_output():
    for axis, n in LEGAL:
        grown = Stretched.grown(axis, n)
        for o in range(axis.output_size(n)):
            taps = reversed(range(axis.kernel_size))
            held = list(zip(grown.window(o), taps, strict=True))
            real = [pair for pair in held if isinstance(pair[0], int)]
            assert real == axis.contributors(o, n)


def test_the_map_grows_from_the_input_to_what_the_window_needs():
    axis = Axis(3, stride=3, padding_begin=1)
    assert Stretched(axis, 2, Extent(0, 0, 0)).sources == [0, 1]
    assert Stretched(axis, 2, Extent(1, 0, 0)).sources == [0, "inserted", "inserted", 1]
    assert Stretched.grown(axis, 2).sources == [
        "padded",
        0,
        "inserted",
        "inserted",
        1,
        "padded",
        "padded",
    ]


def test_overlap_counts_pairs():
    for axis, n in LEGAL[::7]:
        geometry = Geometry(
            (axis.kernel_size,),
            axis.stride,
            ((axis.padding_begin, axis.padding_end),),
            axis.output_padding,
            axis.dilation,
        )
        (counts,) = geometry.overlap(n)
        assert counts == tuple(len(axis.contributors(o, n)) for o in range(axis.output_size(n)))
        assert sum(counts) == sum(len(axis.footprint(i, n)) for i in range(n))


def test_direct_convolution_and_transpose_share_their_sizes():
    for axis, n in product(AXES, range(1, 9)):
        geometry = Geometry(
            (axis.kernel_size,),
            axis.stride,
            ((axis.padding_begin, axis.padding_end),),
            0,
            axis.dilation,
        )
        padded = n + axis.padding_begin + axis.padding_end
        if padded < axis.span:
            with pytest.raises(GeometryError, match=f"spans {axis.span} cells"):
                geometry.direct(n)
            continue
        transpose, steps = geometry.direct(n)
        weight, x = (torch.empty(1, 1, m, dtype=torch.double) for m in (axis.kernel_size, padded))
        direct = torch.conv1d(x, weight, None, axis.stride, 0, axis.dilation)
        assert steps == tuple(direct.shape[2:])
        assert transpose.output_size(steps) == (n,)


# case: (input, kernel, stride, padding), then percent by zero, inserted, border, from facts
WASTED = {
    "3x3 k3 s2": ((3, 3, 2, 0), (81.6, 32.7, 49.0)),
    "5x5 k3 s2": ((5, 3, 2, 0), (79.3, 46.3, 33.1)),
    "64x64 k4 s2 p1": ((64, 4, 2, 1), (75.4, 73.1, 2.3)),
    "1x1 k4 s1": ((1, 4, 1, 0), (93.75, 0, 93.75)),
    "4x4 k4 s2 p1": ((4, 4, 2, 1), (80.9, 46.9, 34.0)),
    "8x8 k4 s2 p1": ((8, 4, 2, 1), (78.0, 60.2, 17.9)),
    "16x16 k4 s2 p1": ((16, 4, 2, 1), (76.5, 67.4, 9.2)),
    "32x32 k4 s2 p1": ((32, 4, 2, 1), (75.8, 71.1, 4.6)),
}


@pytest.mark.parametrize("name", WASTED)
def test_multiplications_wasted_on_zeros_are_what_was_measured(name):
    (n, k, s, p), percent = WASTED[name]
    count = Geometry(k, s, p).multiplications(n, "gather")
    zeros = count.inserted + count.padded
    found = [100 * part / count.total for part in (zeros, count.inserted, count.padded)]
    assert found == pytest.approx(percent, abs=0.06)


GEOMETRIES = [
    (Geometry(3, 2, 1, 1), (3, 4)),
    (Geometry((2, 3), (3, 2), ((0, 2), (1, 0)), (2, 1), (1, 2)), (2, 3)),
    (Geometry(2, 2, 3), (4, 4)),
    (Geometry((4,), 2, ((0, 2),)), (5,)),
    (Geometry((2, 1, 2), 2), (2, 1, 2)),
]


@pytest.mark.parametrize(("geometry", "size"), GEOMETRIES)
def test_multiplications_equal_a_count_one_by_one(geometry, size):
    kernel, x = np.ones(geometry.kernel_size), np.ones(size)
    traces = {
        view: record(
            x[None, None],
            kernel[None, None],
            None,
            geometry.stride,
            geometry.padding,
            geometry.output_padding,
            1,
            geometry.dilation,
            view=view,
        )
        for view in ("scatter", "gather", "matrix")
    }
    sources = [
        source for step in traces["gather"] if step.phase == "gather" for source in step.sources
    ]
    count = geometry.multiplications(size, "gather")
    assert count.total == len(sources)
    assert (count.inserted, count.padded) == (sources.count("inserted"), sources.count("padded"))
    products = sum(len(s.products) for s in traces["scatter"] if s.phase == "scatter")
    kept = int(sum(traces["scatter"].output.ravel()))  # ones times ones: each product counts 1
    count = geometry.multiplications(size, "scatter")
    assert (count.total, count.useful, count.cropped) == (products, kept, products - kept)
    (transpose,) = [step for step in traces["matrix"] if step.phase == "transpose"]
    count = geometry.multiplications(size, "matrix")
    assert (count.total, count.useful) == (transpose.rows * transpose.columns, kept)
    assert count.empty == count.total - kept


def test_every_view_counts_the_same_useful_products():
    for geometry, size in GEOMETRIES:
        counts = [geometry.multiplications(size, view) for view in ("scatter", "gather", "matrix")]
        assert len({count.useful for count in counts}) == 1
        for count in counts:
            assert count.total == sum(count[1:])


def test_parameters_may_come_as_any_whole_numbers():
    plain = Geometry((3, 3), (2, 2), ((1, 1), (1, 1)), (1, 1), (1, 1))
    assert Geometry(3, 2, 1, 1) == plain
    assert Geometry(np.int64(3), (np.int32(2),), [1, 1], torch.Size([1, 1])) == plain
    assert hash(Geometry(3, 2, 1, 1)) == hash(plain)
    assert Geometry(3, 2) != plain


@pytest.mark.parametrize("geometry", [geometry for geometry, _ in GEOMETRIES])
def test_repr_and_dictionary_make_the_same_geometry_again(geometry):
    assert eval(repr(geometry)) == geometry
    assert Geometry(**geometry.to_dict()) == geometry


def test_cells_come_in_raster_order():
    assert cells((2, 2)) == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert [np.ravel_multi_index(cell, (2, 3, 4)) for cell in cells((2, 3, 4))] == list(range(24))


@pytest.mark.parametrize(
    ("words", "size", "span", "padded", "less"),
    [
        ({"kernel_size": 3}, (2, 5), 3, 2, 1),
        ({"kernel_size": 3, "padding": ((0, 0), (1, 0))}, (5, 1), 3, 2, 1),
        (
            {"kernel_size": (2, 4), "dilation": (1, 3), "padding": ((0, 0), (2, 1))},
            (2, 4),
            10,
            7,
            3,
        ),
        ({"kernel_size": (2, 4), "dilation": (1, 3), "padding": (0, 2)}, (2, 4), 10, 8, 2),
    ],
)
def test_a_kernel_that_is_too_long_is_told_the_padded_size(words, size, span, padded, less):
    with pytest.raises(GeometryError) as refusal:
        Geometry(**words).direct(size)
    assert str(refusal.value) == (
        f"kernel_size spans {span} cells (dilation included) and must fit into the padded input "
        f"(={padded}): raise padding or input size by {less} in all"
    )
