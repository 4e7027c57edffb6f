"""Every parameter, typed and stepped: the same numbers and words as in Python."""

import random

import numpy as np
import pytest
import torch
from playwright.sync_api import expect

import deconvviz as dv
from deconvviz.player import markup
from deconvviz.player.state import trace_of
from tests.browser.reading import (
    HOST,
    alive,
    computed,
    picture,
    press,
    reason,
    step,
    type_in,
)
from tests.share import draws

KEPT = ". The picture still shows the last possible choice."
NAMES = ("input", "kernel", "stride", "padding", "output_padding", "dilation")


@pytest.fixture
def player(mount):
    """Give the player of the landing page."""
    return mount('stride="2" padding="1" output-padding="1"', reduced_motion="reduce")


def drawn(count):
    """Possible parameter sets, the same ones at every run."""
    draw, found = random.Random(2016), []
    while len(found) < count:
        n, k, s, d = (draw.randint(1, most) for most in (5, 4, 3, 2))
        p, op = draw.randint(0, 3), draw.randint(0, max(s, d) - 1)
        if (n - 1) * s - 2 * p + d * (k - 1) + op + 1 >= 1:
            found.append((n, k, s, p, op, d))
    return found


def expected(geometry, x, w):
    begin, end = zip(*geometry["padding"], strict=True)
    assert begin == end
    names = ("stride", "output_padding", "dilation")
    return torch.nn.functional.conv_transpose2d(
        torch.tensor(x, dtype=torch.float64)[None],
        torch.tensor(w, dtype=torch.float64)[:, None],
        padding=begin,
        **{name: geometry[name] for name in names},
    )[0, 0].numpy()


def test_the_page_computes_what_torch_computes(player):
    seen = set()
    for values in drawn(24):
        for name, value in zip(NAMES, values, strict=True):
            type_in(player, name, value)
        assert reason(player) == ""
        geometry, x, w, output = computed(player)
        sizes = [x.shape[1], w.shape[1], *(geometry[name][0] for name in ("stride", "padding"))]
        assert [*sizes[:3], sizes[3][0]] == list(values[:4])
        np.testing.assert_array_equal(output, expected(geometry, x, w))
        assert f"= {output.shape[0]}" in player.locator(".size").inner_text()
        seen.add(output.shape)
    assert len(seen) > 8


def test_steppers_answer(player):
    before = picture(player)
    press(player, "more stride")
    assert computed(player)[0]["stride"] == [3, 3]
    assert picture(player) != before
    press(player, "less stride")
    assert computed(player)[0]["stride"] == [2, 2]
    assert picture(player) == before


def refusal(**changed):
    """Python's words for the same choice on the landing page's player."""
    words = {"stride": 2, "padding": 1, "output_padding": 1, **changed}
    size = words.pop("input_size", 3)
    with pytest.raises(dv.GeometryError) as refused:
        dv.Geometry(words.pop("kernel_size", 3), **words).output_size(size)
    return str(refused.value)


IMPOSSIBLE = [
    ("output_padding", "2", {"output_padding": 2}),
    ("kernel", "0", {"kernel_size": 0}),
    ("stride", "abc", {"stride": "abc"}),
    ("stride", "-1", {"stride": -1}),
    ("stride", "1.5", {"stride": "1.5"}),
    ("dilation", "", {"dilation": ""}),
    ("padding", "9", {"padding": 9}),
    ("padding", "1,2,3", {"padding": [1, 2, 3]}),
    ("padding", "1:2:3", {"padding": [[1, 2, 3]]}),
    ("input", "0", {"input_size": 0}),
    ("input", "3, 3, 3", {"input_size": [3, 3, 3]}),
]


def test_an_impossible_choice_is_explained_and_the_picture_stays(player):
    press(player, "Last step")
    kept, output = picture(player), computed(player)[3]
    for field, typed, changed in IMPOSSIBLE:
        box = player.get_by_label(field, exact=True)
        before = box.input_value()
        type_in(player, field, typed)
        assert reason(player) == refusal(**changed) + KEPT
        assert picture(player) == kept, typed
        np.testing.assert_array_equal(computed(player)[3], output)
        assert box.input_value() == typed.replace(" ", "")
        expect(box).to_have_attribute("aria-invalid", "true")
        type_in(player, field, before)
        assert reason(player) == ""
        assert picture(player) == kept, typed


def test_an_impossible_choice_can_be_mended_by_another_one(player):
    type_in(player, "output_padding", 2)
    assert reason(player) == refusal(output_padding=2) + KEPT
    type_in(player, "stride", 3)
    assert reason(player) == ""
    assert computed(player)[3].shape == (9, 9)


def test_transport_works_while_a_choice_is_impossible(player):
    type_in(player, "kernel", 0)
    press(player, "Step forward")
    assert step(player) == 1
    assert reason(player) == refusal(kernel_size=0) + KEPT


@pytest.mark.parametrize("cell", ["y:2,2", "x:0,1", "w:1,0", "y:-1,0"])
def test_a_kept_cell_travels_as_a_word(bench, visit, cell):
    page = visit.page
    page.goto(bench.write(f'<deconv-viz padding="1" selection="{cell}" url></deconv-viz>'))
    player = alive(page.locator(HOST))
    kept, notice = player.locator(".why strong"), player.locator(".notice")
    name = cell.partition(":")[2].replace("-", "−").replace(",", ", ")
    expect(kept).to_contain_text(name)
    page.mouse.move(0, 0)
    player.get_by_role("slider").focus()
    page.keyboard.press("Escape")
    page.wait_for_url("**?selection=null")
    expect(kept).to_have_count(0)
    say = "(host, cell) => host.setAttribute('selection', cell)"
    player.evaluate(say, cell)
    expect(kept).to_contain_text(name)
    page.keyboard.press("End")
    page.wait_for_url("**?step=*")
    for wrong in ("rubbish", "q:1,1", "1"):
        player.evaluate(say, wrong)
        expect(kept).to_contain_text(name)
        assert "must be one cell or none" in notice.inner_text()
    for wrong in ("y:1", "x:3,0", "w:0,-1", "y:6,0"):
        player.evaluate(say, wrong)
        expect(kept).to_contain_text(name)
        assert f"(={wrong}) must be a cell that is there" in notice.inner_text()
    player.evaluate(say, "")
    expect(kept).to_have_count(0)
    assert notice.inner_text() == ""


def states(count):
    """Possible states of one to three axes, padding per side, bias and every view."""
    draw, found = random.Random(300), []
    while len(found) < count:
        ndim = draw.randint(1, 3)
        each = {"input_size": (1, 5 - ndim), "kernel_size": (1, 4), "stride": (1, 4)}
        each |= {"dilation": (1, 3), "output_padding": (0, 2)}
        words = {name: [draw.randint(*ends) for _ in range(ndim)] for name, ends in each.items()}
        words["padding"] = [[draw.randint(0, 3), draw.randint(0, 3)] for _ in range(ndim)]
        words["bias"] = draw.choice([None, -1.5, 2])
        words["view"] = draw.choice(["scatter", "gather", "matrix", "overlap", "direct"])
        try:
            found.append((words, trace_of(words).output.ravel().tolist()))
        except dv.GeometryError:
            continue
    return found


@pytest.mark.exhaustive
def test_drawn_geometries_agree_with_python(bench, visit):
    page = visit.page
    page.goto(bench.write("<main></main>"))
    player = page.locator(HOST)
    for words, expected in states(draws(60)):
        page.evaluate(
            "html => { document.querySelector('main').innerHTML = html }",
            markup.element(**words, controls="none"),
        )
        assert player.locator(".notice").text_content() == "", words
        output = computed(player)[3].ravel()
        np.testing.assert_allclose(output, expected, rtol=1e-12, atol=1e-12, err_msg=str(words))
    assert visit.errors == []
