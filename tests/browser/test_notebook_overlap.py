"""The chapter on overlap in JupyterLab: its controls move the cards, the counts and the picture."""

import numpy as np
import pytest
from playwright.sync_api import expect

import deconvviz as dv
from tests.browser.lab import PATIENCE

CARDS, MAP = "dealt-like-cards", "kernel-by-stride"
DEALT = ["0369", "4 taps", "14710", "4 taps", "25811", "4 taps"]
ASK = {"ask": "print(player.trace.geometry)"}
HAS_LEVELS = """async ([img, levels]) => {
    await img.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [img.naturalWidth, img.naturalHeight];
    const pen = canvas.getContext("2d");
    pen.drawImage(img, 0, 0);
    const bytes = pen.getImageData(0, 0, canvas.width, canvas.height).data;
    return new Set(bytes.filter((_, place) => place % 4 === 0)).size === levels;
}"""


@pytest.fixture
def chapter(open_notebook):
    """Open the chapter with all its cells run."""
    chapter = open_notebook("notebooks/overlap.ipynb", ASK)
    chapter.run_all()
    return chapter


def slider(output, name):
    return output.locator(".widget-hslider", has_text=name)


def start(output):
    output.locator(".widget-play button").first.click()


def greys(layer):
    """Count the levels that flat grey is turned into, far from any border."""
    return len(np.unique(dv.overlap(layer, 60)[24:48, 24:48]))


def expect_of_all(chapter, kernel, stride):
    """Hold sliders, player, Python and the picture to one kernel and one stride."""
    output, player = chapter.output(MAP), chapter.player(MAP)
    for name, value in {"kernel": kernel, "stride": stride}.items():
        expect(slider(output, name).locator(".widget-readout")).to_have_text(str(value))
        expect(player.get_by_label(name, exact=True)).to_have_value(str(value))
    layer = dv.Geometry(kernel, stride=stride)
    chapter.expect_of_python("ask", repr(layer))
    picture = output.locator("img")
    expect(picture).to_have_attribute("title", f"Flat grey after {layer}")
    handle = picture.element_handle()
    chapter.page.wait_for_function(HAS_LEVELS, arg=[handle, greys(layer)])


def check_that_slider_player_and_map_move_each_other_and_the_picture(chapter):
    output, player = chapter.output(MAP), chapter.player(MAP)
    expect_of_all(chapter, 3, 2)

    slider(output, "stride").get_by_role("slider").press("ArrowRight")
    expect_of_all(chapter, 3, 3)

    player.get_by_role("button", name="more kernel").click()
    expect_of_all(chapter, 4, 3)

    output.get_by_role("button", name="2 2 1 1", exact=True).click()
    expect_of_all(chapter, 6, 4)


def check_that_play_runs_the_kernel_and_deals_the_cards(chapter):
    output = chapter.output(MAP)
    start(output)
    kernel = chapter.player(MAP).get_by_label("kernel", exact=True)
    expect(kernel).to_have_value("6", timeout=PATIENCE * 1000)
    expect_of_all(chapter, 6, 2)

    output = chapter.output(CARDS)
    hands = output.locator("td")
    expect(hands).to_have_text(["024", "3 taps", "13", "2 taps"])
    slider(output, "stride").get_by_role("slider").press("ArrowRight")
    expect(hands).to_have_count(6)
    start(output)
    expect(hands).to_have_text(DEALT, timeout=PATIENCE * 1000)


def test_the_chapter_moves(chapter):
    check_that_slider_player_and_map_move_each_other_and_the_picture(chapter)
    chapter.run_all()
    check_that_play_runs_the_kernel_and_deals_the_cards(chapter)
