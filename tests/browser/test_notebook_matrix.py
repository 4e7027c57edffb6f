"""The chapter on the matrix in JupyterLab: sliders, Play, players and pictures move together."""

import pytest
from playwright.sync_api import expect

from tests.browser.reading import type_in

ASKED = {
    "ask-column": "print(stamps.step, step.value)",
    "ask-line": "print(line.stride, stride.value, line.output.size)",
}


@pytest.fixture
def notebook(open_notebook):
    notebook = open_notebook("notebooks/the-matrix-and-its-transpose.ipynb", ASKED)
    notebook.run_all()
    return notebook


def picture(notebook, cell):
    return notebook.output(cell).locator("img.widget-image")


def check_that_the_notebook_moves_as_one(notebook):
    cell = notebook.figure("column-to-stamp")
    player, image = notebook.player(cell), picture(notebook, cell)
    slider = notebook.output(cell).locator(".widget-slider [role=slider]")

    # the slider moves the player, and with it the picture
    before = image.get_attribute("src")
    slider.press("ArrowRight")
    expect(player.locator(".count")).to_contain_text("step 3 of")
    expect(image).not_to_have_attribute("src", before)
    notebook.expect_of_python("ask-column", "2 2")

    # the player moves Python, the slider and the picture
    before = image.get_attribute("src")
    player.get_by_role("slider").press("ArrowRight")
    expect(image).not_to_have_attribute("src", before)
    notebook.expect_of_python("ask-column", "3 3")

    # so does Play, to its end
    slider.press("Home")
    expect(player.locator(".count")).to_contain_text("step 2 of")
    notebook.output(cell).locator(".widget-play button").first.click()
    expect(player.locator(".count")).to_contain_text("step 5 of")
    notebook.expect_of_python("ask-column", "4 4")

    # stride: from the slider to both matrices, and from the player's own field
    cell = notebook.figure("stride-in-c")
    player, image = notebook.player(cell), picture(notebook, cell)
    before = image.get_attribute("src")
    notebook.output(cell).locator(".widget-slider [role=slider]").first.press("ArrowRight")
    expect(player.get_by_label("stride", exact=True)).to_have_value("2")
    expect(image).not_to_have_attribute("src", before)
    notebook.expect_of_python("ask-line", "2 2 7")
    before = image.get_attribute("src")
    type_in(player, "stride", 3)
    expect(image).not_to_have_attribute("src", before)
    notebook.expect_of_python("ask-line", "3 3 9")


def check_that_links_lead_to_the_other_chapters(notebook):
    link = notebook.page.locator(".jp-MarkdownCell a", has_text="Every input paints").first
    link.click()
    opened = notebook.page.locator(
        ".lm-TabBar-tab.lm-mod-current", has_text="every-input-paints.md"
    )
    expect(opened).to_be_visible()


def test_the_chapter_moves(notebook):
    check_that_the_notebook_moves_as_one(notebook)
    check_that_links_lead_to_the_other_chapters(notebook)
