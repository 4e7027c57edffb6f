"""Long maps of one axis in still pictures: strips of bars, and a lens with the numbers."""

import re
from urllib.parse import unquote

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.collections import PolyCollection

import deconvviz as dv
from deconvviz.figures import steps
from deconvviz.figures.bars import MOST, bars
from deconvviz.figures.panels import COLUMNS, STRIP, Panel
from deconvviz.figures.scenes import counts, scene
from deconvviz.figures.svg import picture
from deconvviz.player.markup import still
from deconvviz.player.state import trace_of

SOUND = {"input_size": [32], "kernel_size": [16], "stride": [8], "padding": [4]}
FRAMES = {"input_size": [4], "kernel_size": [1024], "stride": [256]}


def strip(values):
    values = np.asarray(values, float)
    return Panel.of("y", "", values, np.full(values.shape, "output"))


@pytest.mark.parametrize("words", [SOUND, FRAMES])
@pytest.mark.parametrize("view", ["scatter", "gather"])
def test_the_lens_holds_the_numbers_of_the_step(words, view):
    trace = trace_of({**words, "view": view})
    start = next(phase.start for phase in trace.phases if phase.name == view)
    step = trace[start + 2]
    panels = scene(trace, start + 2)
    lens = next(panel for panel in panels if panel.shape[0] == 3)
    shown = lens.shape[1]
    assert shown == min(words["kernel_size"][0], COLUMNS)
    first = 0
    if shown < len(step.products):
        first = int(re.search(r"(\d+) to", lens.caption).group(1))
    here = slice(first, first + shown)
    if view == "scatter":
        canvas = trace.frame(start + 2).values
        assert lens.values[1].tolist() == list(step.products[here])
        assert lens.values[2].tolist() == [canvas[target] for target in step.targets[here]]
    else:
        window = [trace.input[0][s] if isinstance(s, tuple) else 0 for s in step.sources[here]]
        assert lens.values[0].tolist() == window
        assert lens.values[2].tolist() == list(step.products[here])
        assert any(isinstance(s, tuple) for s in step.sources[here])


@pytest.mark.parametrize("view", ["scatter", "gather"])
def test_no_two_panels_share_a_place_and_long_ones_are_high(view):
    for words in (SOUND, FRAMES):
        trace = trace_of({**words, "view": view})
        for index in range(0, len(trace), max(1, len(trace) // 9)):
            panels = scene(trace, index)
            for at, one in enumerate(panels):
                high = STRIP if one.is_strip else one.shape[0]
                assert one.bottom - one.corner[1] == pytest.approx(high)
                for other in panels[at + 1 :]:
                    assert one.reach <= other.corner[0] or one.bottom <= other.corner[1]


def test_a_bar_is_as_high_as_its_number():
    values = np.random.default_rng(3).integers(-9, 10, 60)
    (found,) = bars(strip(values), "light")
    heights = np.array([bar.height for bar in found.bars])
    least = heights.min()
    assert np.allclose((heights - least) / (heights.max() - least), np.abs(values) / 9)
    middles = np.array([bar.y + bar.height / 2 for bar in found.bars])
    assert (np.sign(STRIP / 2 - middles).round(9) == np.sign(values))[values != 0].all()


def test_bars_that_share_show_the_furthest_of_them():
    values = np.zeros(4 * MOST)
    values[301], values[302] = 5, -4
    (found,) = bars(strip(values), "light")
    assert len(found.bars) == MOST
    tallest = max(found.bars, key=lambda bar: bar.height)
    assert tallest is found.bars[301 // 4]
    assert tallest.height > STRIP * 0.8


def test_cells_that_wait_have_a_ground_and_no_bar():
    trace = trace_of(SOUND)
    y = scene(trace, 3)[-1]
    found = list(bars(y, "light"))
    assert sum(box.width for group in found for box in group.ground) == pytest.approx(COLUMNS)
    stamped = 16 + 2 * 8  # cells of the canvas, two of which share a bar
    assert [len(group.bars) for group in found] == [stamped // 2, 0]


def test_counts_have_the_height_and_the_colour_of_their_number():
    (panel,) = counts(dv.Geometry((1024,), stride=256), 4)
    found = sorted(bars(panel, "light"), key=lambda group: group.bars[0].height)
    assert len({group.line for group in found}) == len(found) == 4
    assert [round(group.bars[0].height / found[0].bars[0].height) for group in found] == [
        1,
        2,
        3,
        4,
    ]


def test_the_still_of_a_page_and_the_print_have_them():
    trace = trace_of(SOUND)
    svg = picture(scene(trace, 17))
    assert "data:image/png" not in svg
    html = still(trace)
    assert "enlarged: w, 1 · w, y" in unquote(html)
    ax = steps(trace)
    drawn = [found for found in ax.collections if isinstance(found, PolyCollection)]
    assert sum(len(found.get_paths()) for found in drawn) > 300
    plt.close("all")
