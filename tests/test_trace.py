import json
import tracemalloc
from itertools import product

import jsonschema
import numpy as np
import pytest

from deconvviz import Geometry, GeometryError, Trace, conv_transpose, record
from deconvviz.trace import SCHEMA, STORIES
from tests.draws import accepted
from tests.share import rng
from tools import golden

pytestmark = pytest.mark.exhaustive

VIEWS = ("scatter", "gather", "matrix")
SCHEMA_FILE = golden.FOLDER.parents[1] / "deconvviz" / "trace.schema.json"


def bits(array):
    return np.ascontiguousarray(array, float).view(np.uint8).tolist()


def traces(seed, count, **options):
    """One plane of drawn layers that PyTorch accepts, with its output by the engine."""
    numbers = rng(seed)
    for call, theirs in accepted(numbers, count, **options):
        batched = call.input.ndim == call.weight.ndim
        sample = int(numbers.integers(len(call.input))) if batched else 0
        channel = int(numbers.integers(call.weight.shape[1] * call.groups))
        trace = record(*call.arguments, batch=sample, out_channel=channel)
        yield trace, (theirs[sample] if batched else theirs)[channel]


def loop(trace):
    """The literal loop over inputs in raster order, channels innermost; every canvas on the way."""
    geometry = trace.geometry
    canvas = np.zeros(geometry.full_size(trace.input_size))
    yield canvas.copy()
    for source in np.ndindex(*trace.input_size):
        for channel in range(trace.channels):
            for tap in np.ndindex(*geometry.kernel_size):
                cell = tuple(
                    s * i + d * t
                    for s, d, i, t in zip(
                        geometry.stride, geometry.dilation, source, tap, strict=True
                    )
                )
                canvas[cell] += trace.input[(channel, *source)] * trace.weight[(channel, *tap)]
            yield canvas.copy()


def test_every_view_ends_on_the_same_bits_and_on_torchs_output():
    for trace, theirs in traces(1, 250):
        last = [trace.with_view(view).frame(-1).output for view in VIEWS]
        assert bits(last[0]) == bits(last[1]) == bits(last[2]) == bits(trace.output)
        assert abs(trace.output - theirs).max() < 1e-12


def test_one_channel_has_the_bits_of_the_engine():
    for trace, _ in traces(2, 150, channels=2):
        if trace.channels == 1:
            plain = trace.geometry
            same = plain.stride, plain.padding, plain.output_padding, 1, plain.dilation
            bias = None if trace.bias is None else [trace.bias]
            ours = conv_transpose(trace.input, trace.weight[:, None], bias, *same)
            assert bits(ours[0]) == bits(trace.output)


def test_every_canvas_is_bitwise_the_loop():
    for trace, _ in traces(3, 60):
        story = trace.phases[1]
        assert (story.name, story.start) == ("scatter", 1)
        for t, canvas in enumerate(loop(trace)):
            assert bits(trace.frame(t).values) == bits(canvas)
        frames = [trace.frame(t).values for t in range(story.stop, len(trace))]
        assert all(bits(values) == bits(canvas) for values in frames)


def test_values_of_gathered_and_multiplied_cells_are_the_outputs_bits():
    for trace, _ in traces(4, 60):
        for view, phase in (("gather", "gather"), ("matrix", "multiply")):
            told = trace.with_view(view)
            start, stop = next(p[1:] for p in told.phases if p.name == phase)
            values = [step.value for step in told[start:stop]]
            assert bits(values) == bits(trace.sums.ravel())
            for k in (0, (stop - start) // 2, stop - start - 1):
                seen = told.frame(start + k).output.ravel()
                assert bits(seen[: k + 1]) == bits(trace.sums.ravel()[: k + 1])
                assert not seen[k + 1 :].any()


def test_stamps_say_what_they_did():
    for trace, _ in traces(5, 40):
        canvases = list(loop(trace))
        touched = np.zeros(canvases[0].shape, bool)
        for t in range(1, trace.phases[1].stop):
            step = trace[t]
            after = canvases[t - 1].copy()
            for target, value, held in zip(step.targets, step.products, step.held, strict=True):
                assert held == touched[target]
                after[target] += value
            for target in step.targets:
                touched[target] = True
            assert bits(after) == bits(canvases[t])


def test_crop_and_extension_end_on_the_output():
    for trace, _ in traces(6, 120):
        frame = trace.frame(-1)
        inside = tuple(slice(start, stop) for start, stop in frame.window)
        held = frame.values[inside]
        assert tuple(stop - start for start, stop in frame.window) == trace.output_size
        assert bits(trace.sums[tuple(map(slice, held.shape))]) == bits(held)
        beyond = np.ones(trace.output_size, bool)
        beyond[tuple(map(slice, held.shape))] = False
        assert not trace.sums[beyond].any()


def test_the_grown_map_slid_over_by_the_turned_kernel_gives_the_output():
    for trace, _ in traces(7, 60):
        told = trace.with_view("gather")
        frame = told.frame(-1)
        assert frame.turned
        turned = np.flip(trace.weight, axis=tuple(range(1, trace.weight.ndim)))
        for target in np.ndindex(*trace.output_size):
            window = tuple(
                slice(o, o + d * (k - 1) + 1, d)
                for o, d, k in zip(
                    target, trace.geometry.dilation, trace.geometry.kernel_size, strict=True
                )
            )
            seen = (frame.values[(slice(None), *window)] * turned).sum()
            assert seen == pytest.approx(trace.sums[target], abs=1e-12)


def test_matrix_frames_hold_c_row_by_row_and_then_its_transpose():
    for trace, _ in traces(8, 40):
        told = trace.with_view("matrix")
        column = np.moveaxis(trace.input, 0, -1).ravel()
        np.testing.assert_allclose(told.frame(-1).values @ column, trace.sums.ravel(), atol=1e-12)
        for t in range(0, told.phases[0].stop):
            rows = told.frame(t).values
            assert not rows[t + 1 :].any()
            assert np.array_equal(rows[: t + 1], told.frame(-1).values.T[: t + 1])


def test_phases_come_in_the_order_of_the_design_and_only_where_something_happens():
    order = {
        "scatter": ["canvas", "scatter", "crop", "extend", "bias"],
        "gather": ["insert_zeros", "pad", "flip", "gather", "bias"],
        "matrix": ["unroll", "transpose", "flatten", "multiply", "reshape", "bias"],
    }
    for trace, _ in traces(9, 80):
        for view in VIEWS:
            told = trace.with_view(view)
            names = [phase.name for phase in told.phases]
            assert names == [name for name in order[view] if name in names]
            assert all(phase.start < phase.stop for phase in told.phases)
            assert [told[t].phase for t in range(len(told))] == [
                name for name, start, stop in told.phases for _ in range(start, stop)
            ]
            assert [step.index for step in told] == list(range(len(told)))


def test_frames_are_the_same_in_any_order_and_nobody_elses_memory():
    rng = np.random.default_rng(0)
    for view in VIEWS:
        trace = golden.trace_of("channels", view)
        straight = [bits(trace.frame(t).values) for t in range(len(trace))]
        again = golden.trace_of("channels", view)
        for t in rng.permutation(len(trace)):
            frame = again.frame(int(t))
            assert bits(frame.values) == straight[t]
            frame.values[:], frame.output[:] = 99, 99


def test_a_trace_is_a_sequence():
    trace = record([[1, 2], [3, 4]], [[1, 2], [3, 4]], stride=2)
    assert len(trace) == 5
    assert trace[-1] == trace[4] == list(trace)[-1]
    assert [step.index for step in trace[1:5:2]] == [1, 3]
    assert trace.phase(-1).name == "scatter"
    for t in (5, -6):
        with pytest.raises(IndexError, match="smaller than 5"):
            trace[t]
    with pytest.raises(IndexError):
        trace.frame(5)


def test_record_follows_the_chosen_sample_and_channel():
    rng = np.random.default_rng(1)
    x, w, b = (rng.standard_normal(shape) for shape in ((3, 4, 3, 2), (4, 2, 2, 3), (4,)))
    y = conv_transpose(x, w, b, 2, 1, 1, 2)
    for sample, channel in product(range(3), range(4)):
        trace = record(x, w, b, 2, 1, 1, 2, batch=sample, out_channel=channel)
        np.testing.assert_allclose(trace.output, y[sample, channel], atol=1e-12)
        assert np.array_equal(trace.input, x[sample, channel // 2 * 2 : channel // 2 * 2 + 2])


def test_planes_may_come_bare():
    bare = record([[1, 2], [3, 4]], [[5, 6], [7, 8]], bias=1, stride=2)
    whole = record([[[[1, 2], [3, 4]]]], [[[[5, 6], [7, 8]]]], [1], stride=2)
    assert bare.to_dict() == whole.to_dict()
    assert record([1, 2], [3, 4]).output.tolist() == [3, 10, 8]


def test_dictionary_goes_through_json_and_back_without_loss():
    for trace, _ in traces(10, 60):
        for view in VIEWS:
            told = trace.with_view(view)
            again = Trace.from_dict(json.loads(json.dumps(told.to_dict())))
            assert again.to_dict() == told.to_dict()
            assert bits(again.output) == bits(told.output)
            assert list(again.sentences()) == list(told.sentences())


VALIDATOR = jsonschema.Draft202012Validator(json.loads(SCHEMA_FILE.read_text(encoding="utf-8")))


def test_every_dictionary_follows_the_schema():
    VALIDATOR.check_schema(VALIDATOR.schema)
    for trace, _ in traces(11, 60):
        for view in VIEWS:
            VALIDATOR.validate(trace.with_view(view).to_dict())
    assert VALIDATOR.schema["$id"] == SCHEMA
    assert set(VALIDATOR.schema["properties"]["view"]["enum"]) == set(STORIES)


BROKEN = {
    "schema": "deconvviz.trace/2",
    "view": "walk",
    "input": [],
    "weight": [1, 2],
    "bias": "none",
    "geometry": {"kernel_size": [0]},
    "extra": 1,
}


@pytest.mark.parametrize("key", BROKEN)
def test_the_schema_refuses_what_is_no_trace(key):
    data = golden.trace_of("stride", "scatter").to_dict()
    VALIDATOR.validate(data)
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate({**data, key: BROKEN[key]})
    if key != "extra":
        with pytest.raises(jsonschema.ValidationError):
            VALIDATOR.validate({name: value for name, value in data.items() if name != key})


@pytest.mark.parametrize("name", golden.CASES)
def test_golden_cases_agree_with_torch(name):
    trace = golden.trace_of(name, "scatter")
    geometry = trace.geometry
    parameters = geometry.stride, geometry.padding, geometry.output_padding, 1, geometry.dilation
    bias = None if trace.bias is None else [trace.bias]
    ours = conv_transpose(trace.input, trace.weight[:, None], bias, *parameters)
    np.testing.assert_allclose(trace.output, ours[0], atol=1e-12)


def test_a_trace_of_256_by_256_takes_less_than_3_megabytes_and_its_frames_little_more():
    x, w = np.ones((256, 256)), np.ones((3, 3))
    record(x, w, stride=2).frame(0)  # what is loaded once
    tracemalloc.start()
    trace = record(x, w, stride=2)
    step = trace[40_000]
    held, _ = tracemalloc.get_traced_memory()
    assert held < 3e6
    assert len(trace) == 65_537
    assert step.source == (156, 63)
    output = trace.output.nbytes
    tracemalloc.reset_peak()
    before, _ = tracemalloc.get_traced_memory()
    frame = trace.frame(40_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak - before < 6 * output
    assert frame.done == 40_000


def test_what_cannot_be_shown_is_refused_before_anything_is_built():
    tracemalloc.start()
    with pytest.raises(GeometryError, match=r"stride \(=1000000000000\) must be at most"):
        Trace(Geometry((1,), stride=10**12), [[1.0, 2.0]], [[1.0]])
    with pytest.raises(GeometryError, match="the canvas would have 1002001 cells"):
        Trace(Geometry((1, 1), stride=1000), np.ones((1, 2, 2)), np.ones((1, 1, 1)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10**6


def test_another_view_may_be_too_much_where_one_is_not():
    trace = record(np.ones((64, 64)), np.ones((3, 3)), stride=2)
    with pytest.raises(GeometryError, match="the matrix would have 68161536 entries"):
        trace.with_view("matrix")


def test_a_hole_that_is_given_back_is_not_said_to_hold_a_value():
    trace = record(
        np.ones((3, 3)), np.ones((2, 2)), stride=2, padding=2, output_padding=1, dilation=2
    )
    said = [trace.sentence(t) for t in range(len(trace)) if trace[t].phase == "extend"]
    assert said[0] == "output_padding gives back 1 row at the bottom, as the stamps had left it."
    assert not trace.output[-1].any()
