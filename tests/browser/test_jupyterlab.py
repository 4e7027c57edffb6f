"""The same player in a live JupyterLab: Python moves the picture, the reader moves Python."""

import pytest
from playwright.sync_api import expect

from tests.browser.reading import picture, reason, type_in

CELLS = {
    "player": "import deconvviz as dv\n"
    "player = dv.Player(kernel_size=3, stride=2, padding=1)\nplayer",
    "step": "player.step = 5",
    "ask": "print('step', player.step, 'stride', player.stride, 'output', player.output.shape)",
    "stride": "player.stride = 3",
    "impossible": "player.output_padding = 3",
    "slider": "from ipywidgets import IntSlider, jslink\n"
    "slider = IntSlider(value=2, min=1, max=4)\n"
    "joined = jslink((slider, 'value'), (player, 'stride'))\nslider",
    "ask-slider": "print(slider.value, player.stride)",
}
ASKS = {
    "asks": "import deconvviz as dv\n"
    "player = dv.Player(kernel_size=3, stride=2, ask='size', title='It grows')\nplayer",
    "waits": "from ipywidgets import HTML\n"
    "reason = HTML()\n"
    "player.observe(lambda change: setattr(reason, 'value', 'Now it is told'), 'answered')\nreason",
    "answered": "print(player.answered, player.step)",
    "again": "player.answered = False",
}
LABS_KEYS = ["ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp", *"baddxmykk", " ", " ", "Home"]


@pytest.fixture
def notebook(open_notebook):
    """Open the notebook with its first cell run."""
    notebook = open_notebook("player.ipynb", CELLS)
    notebook.run("player")
    notebook.player("player").get_by_role("button", name="Play").wait_for()
    return notebook


def test_the_player_in_a_notebook(notebook):
    player = notebook.player("player")
    check_that_python_and_the_reader_move_the_same_player(notebook, player)
    check_that_a_slider_joined_to_a_word_stays_a_slider(notebook, player)
    check_that_keys_inside_the_player_are_not_the_notebooks(notebook, player)


def check_that_python_and_the_reader_move_the_same_player(notebook, player):
    count, scrubber = player.locator(".count"), player.get_by_role("slider")
    first = picture(player)

    notebook.run("step")
    expect(count).to_contain_text("step 6 of")
    assert picture(player) != first

    scrubber.focus()
    for _ in range(3):
        notebook.page.keyboard.press("ArrowRight")
    expect(count).to_contain_text("step 9 of")
    notebook.expect_of_python("ask", "step 8 stride 2 output (5, 5)")

    notebook.run("stride")
    expect(player.get_by_label("stride", exact=True)).to_have_value("3")
    player.get_by_role("button", name="less kernel").click()
    notebook.expect_of_python("ask", "step 8 stride 3 output (6, 6)")

    # what is impossible stays in the page; in Python it is an error with the same words
    type_in(player, "output_padding", 3)
    why = reason(player).partition(". The picture")[0]
    assert why.startswith("output_padding (=3) must be smaller than stride (=3)")
    notebook.expect_of_python("ask", "step 8 stride 3 output (6, 6)")
    assert why in notebook.run("impossible")
    type_in(player, "output_padding", 2)
    notebook.expect_of_python("ask", "step 8 stride 3 output (8, 8)")


def check_that_a_slider_joined_to_a_word_stays_a_slider(notebook, player):
    type_in(player, "output_padding", 0)
    notebook.run("slider")
    stride, slider = player.get_by_label("stride", exact=True), notebook.output("slider")
    expect(stride).to_have_value("2")
    slider.get_by_role("slider").focus()
    notebook.page.keyboard.press("ArrowRight")
    expect(stride).to_have_value("3")
    player.get_by_role("button", name="more stride").click()
    expect(slider.locator(".widget-readout")).to_have_text("4")
    notebook.expect_of_python("ask-slider", "4 4")


def check_that_keys_inside_the_player_are_not_the_notebooks(notebook, player):
    cells = notebook.page.locator(".jp-Notebook .jp-Cell")
    scroller = notebook.page.locator(".jp-WindowedPanel-outer").first
    player.get_by_role("slider").focus()
    before = (scroller.evaluate("panel => panel.scrollTop"), cells.count(), chosen(notebook.page))
    for key in LABS_KEYS:
        notebook.page.keyboard.press(key)
        after = (
            scroller.evaluate("panel => panel.scrollTop"),
            cells.count(),
            chosen(notebook.page),
        )
        assert after == before, key
    assert notebook.page.locator(".jp-MarkdownCell").count() == 0
    expect(player.locator(".count")).to_contain_text("step 1 of")


def test_what_waits_in_a_notebook_hears_of_the_answer(open_notebook):
    notebook = open_notebook("asks.ipynb", ASKS)
    notebook.run("asks")
    player = notebook.player("asks")
    player.locator(".ask form").wait_for()
    assert player.locator(".transport").count() == 0
    notebook.run("waits")
    notebook.expect_of_python("answered", "False 0")
    player.locator(".ask input").fill("6")
    player.locator(".ask input").press("Enter")
    expect(player.locator(".ask.posed .verdict")).to_contain_text("You said 6; it is 7 × 7.")
    expect(notebook.output("waits")).to_contain_text("Now it is told")
    notebook.expect_of_python("answered", "True 0")
    notebook.run("again")
    player.locator(".ask form").wait_for()


def chosen(page):
    return page.locator(".jp-Cell.jp-mod-active .cm-content").inner_text()
