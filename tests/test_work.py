"""Count work, not time: what is multiplied, added, stamped, allocated and asked for, and how often.

A change that leaves every number as it is and takes ten times as long fails here.
"""

import tracemalloc
from itertools import product
from math import ceil, prod
from types import SimpleNamespace

import numpy as np
import pytest

from deconvviz import (
    Geometry,
    GeometryError,
    Trace,
    checkerboard,
    conv_transpose,
    convolution_matrix,
    cures,
    record,
    tables,
)
from deconvviz.engine import conv_transpose as engine
from deconvviz.engine import example, planes
from deconvviz.engine import layer as layers
from deconvviz.engine.layer import Layer
from deconvviz.geometry import Axis, Stretched, points
from deconvviz.player.state import trace_of
from deconvviz.trace import direct, gather, matrix, plane, scatter
from deconvviz.trace.steps import Gather

LAYER = {"weight": np.ones((1, 1, 1, 1))}
VIEWS = ("scatter", "gather", "matrix")


@pytest.fixture
def count(monkeypatch):
    """Keep the arguments of every call of a function, or of one of numpy's that a module calls."""

    def count(owner, name):
        calls, original = [], getattr(owner, name)

        def remembered(*args, **options):
            calls.append(args)
            return original(*args, **options)

        monkeypatch.setattr(owner, name, remembered)
        return calls

    def count_numpy(module, name):
        monkeypatch.setattr(module, "np", SimpleNamespace(**vars(module.np)))
        return count(module.np, name)

    count.numpy = count_numpy
    return count


@pytest.fixture(autouse=True)
def _nothing_is_known_yet(monkeypatch):
    """Start without what other tests left in caches and in working memory."""
    caches = planes.plan, planes._places, engine.places, engine._places_in_all, engine._survivors
    for cache in (*caches, layers._known_fit):
        cache.cache_clear()
    monkeypatch.setattr(planes, "_thread", SimpleNamespace())


def ones(*shape):
    return np.ones(shape)


# --- frames and steps of a trace -----------------------------------------------------------------


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize(("k", "s", "d"), [(3, 2, 1), (5, 1, 1), (3, 2, 2), (2, 3, 1), (4, 1, 2)])
def test_a_frame_stamps_only_rows_that_reach_its_band(count, channels, k, s, d):
    rows, columns = 9, 3
    trace = Trace(Geometry(k, s, 0, 0, d), ones(channels, rows, columns), ones(channels, k, k))
    stamped, placed = count(scatter, "_stamp_rows"), count(scatter, "places")
    in_a_row = columns * channels
    for done in range(rows * in_a_row + 1):
        stamped.clear()
        placed.clear()
        trace.frame(done)
        if done in (0, rows * in_a_row):
            assert stamped == []
            continue
        last = (done - 1) // in_a_row
        first = next(row for row in range(last + 1) if s * row + d * (k - 1) >= s * last)
        ((_, band, *asked),) = stamped
        assert asked == [first, last + 1, done - first * in_a_row]
        assert len(band) == len(trace.canvas) - s * first
        assert [size for _, size in placed] == [(last + 1 - first, columns)]


def test_bands_of_as_many_rows_share_their_places(count):
    trace = record(ones(9, 4), ones(3, 3), stride=2)
    trace.frame(18)
    asked = count(Axis, "output_index")
    for done in (18, 22, 25, 30):
        trace.frame(done)
    assert asked == []


@pytest.mark.parametrize(("padding", "engines"), [(0, 1), (1, 2)])
def test_the_sums_of_one_channel_are_made_once_by_the_engine(count, padding, engines):
    called, slow = count(plane, "stamped"), count(plane, "accumulate")
    trace = record(ones(6, 5), ones(3, 3), 0.5, stride=2, padding=padding)
    assert len(trace) > 30
    assert trace[7].source == (1, 1)
    assert called == []
    for _ in range(3):
        for t in range(len(trace)):
            trace.frame(t)
        assert trace.output is trace.output
        assert trace.canvas is trace.canvas
    assert (len(called), len(slow)) == (engines, 0)


def test_the_canvas_of_many_channels_is_stamped_once(count):
    called, cropped = count(plane, "accumulate"), count(plane, "crop")
    trace = record(ones(1, 2, 6, 5), ones(2, 1, 3, 3), stride=2, padding=1)
    for _ in range(3):
        for t in range(len(trace)):
            trace.frame(t)
        assert trace.output is trace.output
    assert (len(called), len(cropped)) == (1, 1)


@pytest.mark.parametrize("view", VIEWS)
def test_phases_are_asked_for_once(count, view):
    trace = record(ones(4, 4), ones(3, 3), stride=2, view=view)
    asked = count(trace._story, "phases")
    for t in range(len(trace)):
        assert trace[t].index == t
        trace.phase(t)
    assert len(asked) == 1


def test_a_frame_of_the_matrix_view_writes_the_matrix_once(count):
    trace = record(ones(4, 4), ones(3, 3), stride=2, view="matrix")
    written = count(matrix, "convolution_matrix")
    for t in (0, 5, len(trace) - 1):
        written.clear()
        trace.frame(t)
        assert len(written) == 1


ASKED = (
    *((Axis, name) for name in ("canvas_index", "contributors", "footprint", "phase")),
    *((Stretched, name) for name in ("cell", "source")),
)


@pytest.mark.parametrize("view", VIEWS)
def test_a_step_asks_as_much_in_a_large_trace_as_in_a_small_one(count, view):
    calls = [count(*asked) for asked in ASKED]
    found = set()
    for size in (6, 18):  # whose middles have the same phase
        trace = record(ones(size, size), ones(3, 3), stride=2, padding=1, view=view)
        told = trace.phases[3 if view != "scatter" else 1]
        middle = told.start + (told.stop - told.start) // 2 + size // 2
        for asked in calls:
            asked.clear()
        assert trace[middle].to_dict()["phase"] == told.name
        found.add(tuple(map(len, calls)))
    assert len(found) == 1
    assert 0 < sum(found.pop()) < 200


@pytest.mark.parametrize("view", ["gather", "direct"])
def test_a_transcript_of_windows_opens_none(count, view):
    opened = [count(told, "window_sources") for told in (gather, direct)]
    opened += count(Stretched, "source"), count(plane.Plane, "met")
    trace = record(ones(40, 20), ones(8, 4), stride=2, view=view)
    assert len(trace.transcript().splitlines()) == len(trace) > 100
    assert [len(calls) for calls in opened] == [0] * 4


@pytest.mark.parametrize("stride", [1, 2, 4])
def test_a_window_multiplies_only_what_meets_a_tap(count, stride):
    trace = record(ones(1, 2, 9, 9), ones(2, 1, 8, 8), stride=stride, view="gather")
    asked, moved = count(Axis, "contributors"), count.numpy(plane, "moveaxis")
    middle = next(step for step in trace if isinstance(step, Gather) and step.target == (8, 8))
    assert len(middle.products) == 2 * 64
    ((met, *_),) = moved
    assert met.shape == (2, 8 // stride, 8 // stride)
    assert len(asked) == 2


# --- geometry ------------------------------------------------------------------------------------


@pytest.mark.parametrize("frames", [6, 160, 5158])
def test_overlap_asks_for_the_ends_and_one_stride_between(count, frames):
    asked = count(Axis, "_meeting_at")
    counts = checkerboard.overlap(Geometry((1024,), stride=256), frames)
    assert len(counts) == 256 * (frames - 1) + 1024
    assert len(asked) == 256 * 5 + 1024


def test_overlap_asks_per_axis_not_per_cell(count):
    asked = count(Axis, "_meeting_at")
    counts = checkerboard.overlap(Geometry((3, 2), stride=2, padding=1), (900, 800))
    assert counts.size > 2_800_000
    assert len(asked) == 9 + 6


@pytest.mark.parametrize("view", VIEWS)
def test_multiplications_cost_as_little_as_their_formula(count, view):
    asked, summed = count(Stretched, "source"), count(points, "floor_sum")
    for size in (20, 10**6):
        summed.clear()
        assert Geometry((1024, 2), stride=256, padding=1).multiplications(size, view).useful > size
        assert 0 < len(summed) <= 4 * 2 * 2 * 2  # corners, ends, axes, maps
    assert asked == []


def test_a_stamp_asks_once_a_tap_and_axis(count):
    asked = count(Axis, "held")
    trace = record(ones(5, 5), ones(16, 8), stride=4)
    told = trace[7]
    assert len(told.targets) == len(told.held) == 16 * 8
    assert len(asked) == 16 + 8


def test_a_row_of_the_matrix_asks_once_an_axis(count):
    trace = record(ones(5, 5), ones(16, 8), stride=4, view="matrix")
    asked = count(Axis, "_meeting_at")
    assert len(trace[-30].products) > 1
    assert len(asked) == 2


def test_a_geometry_is_hashed_once(count):
    hashed = count(Axis, "__hash__")
    geometry = Geometry(3, stride=2)
    assert len({hash(geometry) for _ in range(5)}) == 1
    assert len(hashed) == 2  # its axes


def test_gains_add_every_tap_once(count):
    asked = count(Axis, "phase")
    checkerboard.phase_gains(ones(8, 8, 4, 4), stride=2)
    assert len(asked) == 2 * 16  # both axes of every tap, whatever the channels


# --- the engine ----------------------------------------------------------------------------------

SMALL = (ones(1, 2, 5, 5), ones(2, 3, 3, 3))
LARGE = (ones(1, 4, 40, 40), ones(4, 3, 4, 4))


def test_few_products_take_places_and_many_take_planes(count):
    fast, few = count(engine, "by_planes"), count(engine, "_by_places")
    edge = engine.FEW // 4
    for size in (3, edge, edge + 1, 3 * edge):
        conv_transpose(ones(1, size), ones(1, 1, 4))
    assert (len(few), len(fast)) == (2, 2)
    assert 10**4 < engine.FEW < 10**5  # the two are as fast as each other there: see benchmarks


@pytest.mark.parametrize("call", [SMALL, LARGE], ids=["places", "planes"])
def test_the_second_call_of_a_kind_works_nothing_out_again(count, call):
    conv_transpose(*call, stride=2)
    asked = [count(Axis, name) for name in ("canvas_index", "phase", "phase_window", "window")]
    again = [count(layers, "Geometry"), count(engine, "places"), count(planes, "_phases")]
    tried = planes._places.cache_info().misses
    conv_transpose(2 * call[0], call[1], stride=2)
    assert [len(calls) for calls in (*asked, *again)] == [0] * 7
    assert planes._places.cache_info().misses == tried


def test_the_crop_of_a_canvas_is_worked_out_once(count):
    asked = count(Axis, "window")
    geometry = Geometry(3, stride=2, padding=1)
    for _ in range(3):
        engine.crop(ones(9, 9), geometry, (4, 4))
    assert len(asked) == 2


def checked(x, w, **parameters):
    return Layer.check(ones(*x), ones(*w), **parameters)


TILED = {
    "one tile": checked((1, 4, 20, 20), (4, 3, 4, 4), stride=2),
    "channels": checked((1, 8, 64, 64), (8, 32, 4, 4), stride=2),
    "rows": checked((1, 2, 512, 512), (2, 1, 3, 3), stride=2),
    "samples": checked((64, 8, 4, 4), (8, 3, 3, 3), stride=2),
    "groups": checked((1, 128, 16, 16), (128, 3, 4, 4), stride=2, groups=64),
}


def test_tiles_stay_in_a_cache_of_today():
    assert 1 << 20 <= planes.TILE <= 16 << 20
    assert 1 << 16 <= planes.NEAR <= 1 << 20
    assert planes.TILE < planes.KEPT <= 64 << 20


@pytest.mark.parametrize("name", TILED)
def test_tiles_are_as_few_as_fit_the_cache(count, name):
    layer = TILED[name]
    multiplied, kept = count(planes, "times"), count(planes, "_scratch")
    planes.by_planes(layer, layer.dtype)
    spread = planes.plan(layer.geometry, layer.input_size, len(layer.weight) // layer.groups).spread
    maps = len(layer.input) * layer.groups * layer.weight[0].size
    assert len(multiplied) == ceil(maps * prod(spread) * layer.dtype.itemsize / planes.TILE)
    ((*_, products),) = kept
    assert products * layer.dtype.itemsize <= planes.TILE


def test_samples_are_multiplied_together_only_until_a_matrix_is_wide_enough(count):
    multiplied = count(planes, "times")
    layer = checked((64, 8, 4, 4), (8, 3, 3, 3), stride=2)
    planes.by_planes(layer, layer.dtype)
    assert [right.shape[-1] for _, right in multiplied] == [64 * 5 * 4]
    multiplied.clear()
    layer = checked((8, 8, 40, 40), (8, 3, 3, 3), stride=2)
    planes.by_planes(layer, layer.dtype)
    assert len(multiplied) == 8  # each is wide enough alone


@pytest.mark.parametrize("size", [8, 64])
def test_channels_that_meet_no_other_are_multiplied_while_they_are_near(count, size):
    sums, single = count.numpy(planes, "matmul"), count.numpy(planes, "multiply")
    layer = checked((1, 32, size, size), (32, 1, 4, 4), stride=2, groups=32)
    planes.by_planes(layer, layer.dtype)
    assert sums == []
    made = [left.size * right.shape[-1] * layer.dtype.itemsize for left, right in single]
    assert max(made) <= planes.NEAR
    assert len(made) <= ceil(2 * sum(made) / planes.NEAR)


def added(count, layer):
    """Return how many numbers are added, and in how many runs that numpy adds at once."""
    parts = count.numpy(planes, "add")
    planes.by_planes(layer, layer.dtype)
    shapes = [part.shape for part, *_ in parts]
    return sum(map(prod, shapes)), sum(prod(shape[:-1]) for shape in shapes)


def test_short_rows_are_added_as_one_line(count):
    layer = checked((1, 16, 64, 4), (16, 8, 4, 4), stride=2)
    numbers, runs = added(count, layer)
    assert runs == 16 * 8  # taps times output channels, whatever the rows
    assert numbers < 1.3 * 16 * 8 * 64 * 4


def test_rows_with_large_gaps_are_added_row_by_row(count):
    layer = checked((1, 256, 16, 16), (256, 2, 9, 9))
    numbers, runs = added(count, layer)
    assert numbers == 81 * 2 * 16 * 16  # no zero of a gap is multiplied and added
    assert runs == 81 * 2 * 16


def test_only_phases_that_taps_reach_have_a_plane(count):
    stamped = count(planes, "_interleave")
    planes.by_planes(checked((1, 2, 9, 9), (2, 2, 2, 3), stride=4), np.dtype(float))
    ((_, made, windows),) = stamped
    assert len(made) == len(windows) == 2 * 3


def test_working_memory_is_allocated_once_and_the_output_not_filled_twice(count):
    room = count(planes, "allocate")
    for factor in (1, 2, 3):
        conv_transpose(factor * LARGE[0], LARGE[1], stride=2)
    assert [what for *_, what in room] == ["working memory"]


@pytest.mark.parametrize("channels", [1, 4], ids=["places", "planes"])
def test_the_input_is_not_copied(count, channels):
    fast = count(engine, "by_planes")
    x, w = ones(1, 64, 128, 128), ones(64, channels, 1, 1)
    conv_transpose(x[:, :, :2], w)
    tracemalloc.start()
    conv_transpose(x, w)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(fast) == (channels == 4)
    assert peak < x.nbytes / 2


def test_the_output_is_allocated_once():
    x, w = ones(1, 1, 64, 64), ones(1, 64, 4, 4)
    conv_transpose(x[:, :, :2], w, stride=4)
    tracemalloc.start()
    output = conv_transpose(x, w, ones(64), stride=4)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert output.nbytes > 30e6
    assert peak < 1.4 * output.nbytes


# --- what is too much ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        {"groups": 10**9},
        {"groups": 5000},
        {"input_size": 1, "kernel_size": 1, "stride": 10**9, "output_padding": 10**9 - 1},
        {"input_size": 60_000, "kernel_size": 60_000, "stride": 60_000},
        {"input_size": [1, 1, 1], "kernel_size": 3, "dilation": 19, "view": "gather"},
    ],
)
def test_what_is_too_much_is_refused_before_an_example_is_made(count, words):
    made, asked = count(example, "_tiled"), count(Axis, "canvas_index")
    with pytest.raises(GeometryError):
        trace_of(words)
    assert made == []
    assert len(asked) <= 9  # sizes: three axes, full, output and map


# --- examples ------------------------------------------------------------------------------------


def test_the_example_is_read_once_and_all_cells_are_looked_up_at_once(count, monkeypatch):
    tables.table.cache_clear()
    monkeypatch.setattr(tables, "json", SimpleNamespace(**vars(tables.json)))
    read, looked_up = count(tables.json, "loads"), count.numpy(example, "indices")
    for _ in range(3):
        example.example_input((4, 5), 2)
        example.example_weight((3, 3))
    assert len(read) == 1
    assert looked_up == [((2, 4, 5),), ((1, 3, 3),)] * 3


# --- what is only computed: nothing is built that cannot be held ---------------------------------


@pytest.mark.parametrize(
    ("said", "call"),
    [
        ("the weight", lambda: cures.bilinear(10**6)),
        ("the new weight", lambda: cures.box(ones(1, 1, 1, 1), 10**6)),
        ("the new weight", lambda: cures.icnr(ones(1, 1, 1, 1), 2**31)),
        ("the new weight", lambda: cures.icnr(ones(1, 1, 1), 10**400)),
        ("phases", lambda: checkerboard.phases_reached(3, 10**6)),
        ("gains", lambda: checkerboard.phase_gains(ones(2, 2), 10**6)),
        ("distances between gains", lambda: checkerboard.unevenness([1j, 0], 2**20)),
        ("pattern", lambda: checkerboard.flat_response([1], [{**LAYER, "stride": 10**6}])),
        ("the example", lambda: example.example_input((10**6, 10**6))),
        ("the example", lambda: example.example_weight((10**6, 10**6), 0)),
        ("output", lambda: convolution_matrix(Geometry((1,), 2**62), [1], 2, sparse=True)),
        ("products", lambda: convolution_matrix(Geometry((10**6,)), ones(10**6), 10**6, True)),
    ],
)
def test_what_cannot_be_held_is_refused_before_it_is_built(said, call):
    with pytest.raises(GeometryError) as refusal:
        call()
    assert str(refusal.value).startswith(f"{said} (shape (")
    assert "lower the sizes, the stride" in str(refusal.value)


def test_holes_are_counted_without_their_cells():
    assert checkerboard.hole_fraction(3, 10**30, 10**29) == 1
    assert checkerboard.hole_fraction((10**9,), 10**9) == 0
    for kernel, stride, dilation in product(range(1, 5), repeat=3):
        cells = checkerboard.phases_reached((kernel, 2), (stride, 3), (dilation, 1))
        counted = checkerboard.hole_fraction((kernel, 2), (stride, 3), (dilation, 1))
        assert counted == pytest.approx(1 - cells.mean())


def test_a_box_is_added_tap_by_tap_however_long_it_is(count):
    rooms = count(layers, "check_memory")
    held = cures.box([[[1, 10, 100]]], 10**6)
    assert held[0, 0, [0, 1, 2, -3, -2, -1]].tolist() == [1, 11, 111, 111, 110, 100]
    assert [shape for shape, *_ in rooms] == [(10**6 + 2, 1, 1)]
