"""Every parameter, typed and stepped on the built page: the same numbers and words as in Python."""

import random
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from playwright.sync_api import expect

import deconvviz as dv
from deconvviz.player import markup
from deconvviz.player.state import trace_of
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


@pytest.mark.parametrize("cell", ["y:2,2", "x:0,1", "w:1,0", "y:-1,0"])
def test_a_kept_cell_travels_as_a_word(page, serve_folder, tmp_path, cell):
    for name in ("deconvviz.js", "deconvviz-extra.js"):
        shutil.copy(Path(markup.__file__).parent / "static" / name, tmp_path)
    kind, index = cell.split(":")
    html = (
        f'<script src="deconvviz.js" defer></script><deconv-viz padding="1" selection="{cell}" url>'
    )
    (tmp_path / "index.html").write_text(f"<!doctype html>{html}", encoding="utf-8")
    address = f"{serve_folder(tmp_path)}/index.html"
    page.goto(address)
    player = page.locator(HOST)
    kept = {"kind": kind, "index": [int(number) for number in index.split(",")]}
    assert state(player, "selection") == kept
    player.evaluate("host => host.player.choose({ selection: null })")
    page.wait_for_url("**?selection=null")
    player.evaluate("(host, cell) => host.player.choose({ selection: cell, step: 3 })", kept)
    page.wait_for_url("**?step=3")
    for wrong in ("rubbish", {"kind": "q", "index": [1, 1]}, [1]):
        player.evaluate("(host, wrong) => host.player.set({ selection: wrong })", wrong)
        assert state(player, "selection") == kept
        assert "must be one cell or none" in player.locator(".notice").inner_text()
    elsewhere = {"kind": "y", "index": [1]}
    player.evaluate("(host, cell) => host.player.set({ selection: cell })", elsewhere)
    assert state(player, "selection") is None
    assert player.locator(".notice").inner_text() == ""


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
        words["view"] = draw.choice(["scatter", "gather", "matrix", "overlap"])
        try:
            found.append((words, trace_of(words).output.ravel().tolist()))
        except dv.GeometryError:
            continue
    return found


def test_three_hundred_drawn_geometries_agree_with_python(page, serve_folder, tmp_path):
    for name in ("deconvviz.js", "deconvviz-extra.js"):
        shutil.copy(Path(markup.__file__).parent / "static" / name, tmp_path)
    html = '<script src="deconvviz.js" defer></script><deconv-viz></deconv-viz>'
    (tmp_path / "index.html").write_text(f"<!doctype html>{html}", encoding="utf-8")
    page.goto(f"{serve_folder(tmp_path)}/index.html")
    player = page.locator(HOST)
    for words, expected in states(300):
        found = player.evaluate(
            """({ player }, words) => {
                player.set({ ...words, step: 0 });
                return [player.fault === null, [...player.trace.output]];
            }""",
            words,
        )
        assert found[0], words
        np.testing.assert_allclose(found[1], expected, rtol=1e-12, atol=1e-12, err_msg=str(words))
