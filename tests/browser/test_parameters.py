"""Every parameter, typed and stepped on the built page: the same numbers and words as in Python."""

import random

import numpy as np
import pytest
import torch
from playwright.sync_api import expect

import deconvviz as dv
from tests.browser.reading import HOST, computed, picture, reason, state, type_in

KEPT = ". The picture still shows the last possible choice."
NAMES = ("input", "kernel", "stride", "padding", "output_padding", "dilation")


@pytest.fixture
def player(open_page, site):
    visit = open_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    visit.page.goto(f"{site}/book/index.html")
    yield visit.page.locator(HOST).first
    assert visit.external == []
    assert visit.errors == []


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
    player.get_by_role("button", name="more stride").click()
    assert state(player, "stride") == [3, 3]
    assert picture(player) != before
    player.get_by_role("button", name="less stride").click()
    assert state(player, "stride") == [2, 2]
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
    player.get_by_role("button", name="Last step").click()
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
    assert reason(player).startswith("output_padding (=2) must be smaller than stride (=2)")
    type_in(player, "stride", 3)
    assert reason(player) == ""
    assert computed(player)[3].shape == (9, 9)


def test_transport_works_while_a_choice_is_impossible(player):
    type_in(player, "kernel", 0)
    player.get_by_role("button", name="Step forward").click()
    assert state(player, "step") == 1
    assert reason(player).startswith("kernel_size (=0)")
