"""The gather view without the turn: what it computes, what it says, and which outputs it marks."""

import json

import jsonschema
import numpy as np
import pytest
import torch

import deconvviz as dv
from deconvviz import Trace, record
from deconvviz.figures.scenes import scene
from deconvviz.player import markup
from deconvviz.player.state import trace_of, words_of
from deconvviz.text import load
from deconvviz.trace.steps import Gather
from tests.draws import accepted
from tests.share import rng
from tests.test_trace import VALIDATOR

pytestmark = pytest.mark.exhaustive

WORDS = {"kernel_size": 3, "stride": 2, "view": "gather", "turned": False}


def drawn(seed, count):
    """Planes of legal layers without the turn, with PyTorch's output of the kernel turned."""
    numbers = rng(seed)
    for call, theirs in accepted(numbers, count):
        channel = int(numbers.integers(theirs.shape[-call.ndim - 1]))
        parameters = {"view": "gather", "out_channel": channel, "turned": False}
        trace = record(*call.arguments, **parameters)
        axes = tuple(range(2, call.weight.ndim))
        layer = getattr(torch.nn.functional, f"conv_transpose{call.ndim}d")
        x, w = torch.from_numpy(call.input), torch.from_numpy(np.flip(call.weight, axes).copy())
        b = None if call.bias is None else torch.from_numpy(call.bias)
        order = call.stride, call.padding, call.output_padding, call.groups, call.dilation
        wrong = layer(x, w, b, *order).numpy()
        batched = call.input.ndim == call.weight.ndim
        yield trace, *((a[0] if batched else a)[channel] for a in (wrong, theirs))


def test_it_computes_with_the_kernel_as_it_is_and_knows_what_is_right():
    for trace, wrong, theirs in drawn(1, 300):
        assert abs(trace.output - wrong).max() < 1e-12
        assert abs(trace.right - theirs).max() < 1e-12
        values = [step.value for step in trace if isinstance(step, Gather)]
        assert np.array(values).tobytes() == trace.sums.tobytes()
        assert trace.frame(-1).output.tobytes() == trace.output.tobytes()
        assert [phase.name for phase in trace.phases].count("keep") == 1
        assert not any(trace.frame(t).turned for t in range(len(trace)))


def test_other_views_have_no_turn_to_leave_out():
    trace = record([1, 2, 3], [1, 10, 100], stride=2, turned=False)
    assert trace.turned
    assert trace.output.tolist() == trace.right.tolist() == [1, 10, 102, 20, 203, 30, 300]


def test_dictionary_says_it_only_where_it_is_so():
    for trace, *_ in drawn(2, 40):
        data = json.loads(json.dumps(trace.to_dict()))
        VALIDATOR.validate(data)
        again = Trace.from_dict(data)
        assert again.output.tobytes() == trace.output.tobytes()
        assert list(again.sentences()) == list(trace.sentences())
        with pytest.raises(jsonschema.ValidationError):
            VALIDATOR.validate({**data, "turned": "no"})
        assert "turned" not in trace.with_view("scatter").to_dict()


def test_outputs_that_are_not_the_layers_are_marked_once_they_are_known():
    trace = trace_of(WORDS)
    start = next(phase.start for phase in trace.phases if phase.name == "gather")
    for t in range(start - 2, len(trace)):
        _, w, y = scene(trace, t)
        known = np.arange(trace.output.size).reshape(trace.output_size) < trace.frame(t).done
        differs = known & (trace.output != trace.right)
        assert np.array_equal(y.kinds == "wrong", differs)
        assert w.values.tolist() == trace.weight[0].tolist()
        assert (w.caption == "kernel, not turned") == (t >= start - 1)
    assert differs.any()
    assert not differs.all()


def test_a_player_is_told_it_by_a_word():
    player = dv.Player(**WORDS)
    assert not player.trace.turned
    assert 'turned="false"' in player.html
    assert load()["titles"]["unturned"] in player.html
    assert player.words["turned"] is False
    player.turned = True
    assert player.trace.output.tolist() == trace_of(WORDS).right.tolist()
    assert words_of(trace_of(WORDS))["turned"] is False
    shown = dv.show([1, 2, 3], [1, 10, 100], stride=2, view="gather", turned=False)
    assert shown.output.tolist() == [100, 10, 201, 20, 302, 30, 3]
    assert markup.name_of(shown.trace, "gather") == "unturned"
