"""Presets: the sizes they promise, the words they need, and that each is what it is called."""

import math

import numpy as np
import pytest

from deconvviz import checkerboard
from deconvviz.geometry import Geometry
from deconvviz.player.presets import preset, table
from deconvviz.player.state import trace_of
from deconvviz.text import load

# conv_arithmetic's transposed figures: (kernel, stride, padding, output_padding), input, output
FIGURES = {
    "no-padding-no-strides": ((3, 1, 0, 0), 2, 4),
    "arbitrary-padding": ((4, 1, 2, 0), 6, 5),
    "half-padding": ((3, 1, 1, 0), 5, 5),
    "full-padding": ((3, 1, 2, 0), 7, 5),
    "no-padding-strides": ((3, 2, 0, 0), 2, 5),
    "padding-strides": ((3, 2, 1, 0), 3, 5),
    "padding-strides-odd": ((3, 2, 1, 1), 3, 6),
}
IDS = [row["id"] for row in table()]


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_of_conv_arithmetic_has_its_numbers(name):
    (kernel, stride, padding, extra), before, after = FIGURES[name]
    trace = trace_of(preset(name))
    assert trace.geometry == Geometry(kernel, stride, padding, extra)
    assert trace.input_size == (before, before)
    assert trace.output_size == (after, after)


@pytest.mark.parametrize("name", IDS)
def test_a_preset_can_be_drawn_and_has_its_words(name):
    words = load()["presets"]
    assert words["titles"][name]
    assert words["notes"][name].endswith(".")
    trace = trace_of(preset(name))
    assert math.prod(trace.output_size) <= 400
    assert np.isfinite(trace.output).all()


def test_ids_and_groups_are_whole():
    words = load()["presets"]
    assert len(set(IDS)) == len(IDS)
    assert set(words["titles"]) == set(words["notes"]) == set(IDS)
    assert {row["group"] for row in table()} == set(words["groups"])


def test_an_unknown_preset_is_refused_by_name():
    with pytest.raises(ValueError, match="dcgan"):
        preset("dcgan2")


@pytest.mark.parametrize(
    ("name", "factor"), [("unet", 2), ("dcgan", 2), ("doubling", 2), ("hifigan", 8)]
)
def test_what_is_said_to_multiply_does(name, factor):
    trace = trace_of(preset(name))
    assert trace.output_size == tuple(factor * size for size in trace.input_size)


def test_three_pose_layers_reach_56():
    geometry = trace_of(preset("pose")).geometry
    size = (7, 7)
    for _ in range(3):
        size = geometry.output_size(size)
    assert size == (56, 56)


def test_bilinear_keeps_flat_input_flat():
    trace = trace_of({**preset("bilinear"), "input": np.ones((1, 3, 3)).tolist()})
    assert np.allclose(trace.output[1:-1, 1:-1], 1, atol=1e-12)


def test_causal_waits_for_no_later_input():
    trace = trace_of(preset("causal"))
    axis = trace.geometry.axes[0]
    for target in range(trace.output_size[0]):
        sources = [source for source, _ in axis.contributors(target, trace.input_size[0])]
        assert all(source * axis.stride <= target for source in sources)


@pytest.mark.parametrize("name", ["holes", "common-divisor"])
def test_holes_are_holes(name):
    trace = trace_of(preset(name))
    counts = checkerboard.overlap(trace.geometry, trace.input_size)
    assert (np.asarray(counts) == 0).any()
