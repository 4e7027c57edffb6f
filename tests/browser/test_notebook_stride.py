"""The chapter on stride in JupyterLab: a slider opens the gaps, and three views stay together."""

import pytest
from playwright.sync_api import expect

from tests.browser.reading import picture

STAMPS, GAPS, THREE = "stamps-apart", "gap-in-the-map", "rows-apart"
PLANE, SINGLE = "three-in-a-plane", "single-one"
ASK = {
    "ask-stride": "print(stride.value, stamps.output.size)",
    "ask-gaps": "print(gaps.output.size, gaps.step)",
    "ask-three": "print(output.value, *(player.selection['index'] for player in three))",
    "ask-single": "print(*single.output.astype(int))",
}


@pytest.fixture
def chapter(open_notebook):
    """Open the chapter with all its cells run."""
    chapter = open_notebook("notebooks/stride-is-a-gap.ipynb", ASK)
    chapter.run_all()
    return chapter


def slider(output, name):
    return output.locator(".widget-hslider", has_text=name).get_by_role("slider")


def play(output):
    output.locator(".widget-play button").first.click()


def players(output):
    return output.locator("[data-lm-suppress-shortcuts]:has(.player)")


def expect_of_all(output, stride, says):
    """Hold the three players of a figure to one stride, and to one output with its sum."""
    expect(players(output)).to_have_count(3)
    for player in players(output).all():
        expect(player.locator(".size")).to_contain_text(f"s {stride}")
        expect(player).to_contain_text(f"{says} =")


def keep(player, *keys):
    """Go from the kept cell to another one, and keep that."""
    player.locator(".sheet").first.focus()
    for key in ("Enter", *keys, "Enter"):
        player.page.keyboard.press(key)


def check_that_sliders_open_the_gaps_and_move_a_single_input(chapter):
    output, player = chapter.output(GAPS), chapter.player(GAPS)
    closed = picture(player)
    for stride, size in ((2, 7), (3, 9)):
        slider(output, "stride").press("ArrowRight")
        expect(player.get_by_label("stride", exact=True)).to_have_value(str(stride))
        expect(player.locator(".count")).to_contain_text("step 4 of")
        chapter.expect_of_python("ask-gaps", f"{size} 3")
    assert picture(player) != closed

    before = picture(chapter.player(SINGLE))
    slider(chapter.output(SINGLE), "where is 1").press("ArrowRight")
    chapter.expect_of_python("ask-single", "0 0 0 0 1 10 100 0 0")
    assert picture(chapter.player(SINGLE)) != before


def check_that_stamps_window_and_matrix_look_at_one_output(chapter):
    output = chapter.output(THREE)
    stamps, window, matrix = players(output).all()
    expect_of_all(output, 2, "y[2] = 102")
    slider(output, "output").press("ArrowRight")
    expect_of_all(output, 2, "y[3] = 20")
    slider(output, "stride").press("ArrowRight")
    expect_of_all(output, 3, "y[3] = 2")
    for says in ("y[4] = 20", "y[5] = 200", "y[6] = 3", "y[7] = 30", "y[8] = 300"):
        slider(output, "output").press("ArrowRight")
        expect_of_all(output, 3, says)

    slider(output, "stride").press("Home")  # a shorter row: the output stays inside it
    expect_of_all(output, 1, "y[4] = 300")
    chapter.expect_of_python("ask-three", "4 [4] [4] [4]")

    keep(stamps, "ArrowLeft")
    expect_of_all(output, 1, "y[3] = 230")
    keep(window, "ArrowLeft")
    expect_of_all(output, 1, "y[2] = 123")
    keep(matrix, "ArrowUp")
    expect_of_all(output, 1, "y[1] = 12")
    chapter.expect_of_python("ask-three", "1 [1] [1] [1]")

    output = chapter.output(PLANE)
    expect_of_all(output, 2, "y[1, 1] = 1000")
    slider(output, "stride").press("ArrowRight")
    expect_of_all(output, 3, "y[1, 0] = 100")
    slider(output, "output").press("ArrowRight")
    expect_of_all(output, 3, "y[1, 1] = 1000")


def check_that_play_moves_the_stamps_apart_and_visits_every_output(chapter):
    player = chapter.player(STAMPS)
    together = picture(player)
    play(chapter.output(STAMPS))
    expect(player.get_by_label("stride", exact=True)).to_have_value("4")
    assert picture(player) != together

    player.get_by_role("button", name="less stride").click()  # the reader moves the slider, too
    chapter.expect_of_python("ask-stride", "3 9")

    play(chapter.output(THREE))
    expect_of_all(chapter.output(THREE), 2, "y[6] = 300")
    chapter.expect_of_python("ask-three", "6 [6] [6] [6]")


def test_the_chapter_moves(chapter):
    check_that_sliders_open_the_gaps_and_move_a_single_input(chapter)
    check_that_play_moves_the_stamps_apart_and_visits_every_output(chapter)
    chapter.run_all()
    check_that_stamps_window_and_matrix_look_at_one_output(chapter)
