"""The stage: every view at every size, what moves and what rests, what is refused."""

import pytest
from playwright.sync_api import expect

from tests.browser.reading import PRINT, at_rest, box_of, last, panels, press, scrub, step, view

# How many pixels of the sheet of cells differ from its first one.
DRAWN = """host => {
    const canvas = host.shadowRoot.querySelector(".sheet canvas");
    const pen = canvas.getContext("2d");
    const words = new Uint32Array(pen.getImageData(0, 0, canvas.width, canvas.height).data.buffer);
    return words.filter((word) => word !== words[0]).length / words.length;
}"""
# Presses a button and gives both sheets as they are at once, before the next frame.
AT_ONCE = """(host, name) => {
    host.shadowRoot.querySelector(`button.${name}`).click();
    const sheet = host.shadowRoot.querySelector(".sheet");
    return [...sheet.querySelectorAll("canvas")].map((one) => (PRINT)([one]));
}""".replace("PRINT", PRINT)
TOPS = """host => {
    const slider = host.shadowRoot.querySelector("input[type=range]");
    return Array.from({ length: Number(slider.max) + 1 }, (_, step) => {
        slider.value = step;
        slider.dispatchEvent(new Event("input"));
        return host.shadowRoot.querySelector(".story").getBoundingClientRect().top;
    });
}"""
VIEWS = ["scatter", "gather", "matrix", "overlap"]
SHAPES = {
    "3x3 k3 s2": 'input-size="3" kernel-size="3" stride="2"',
    "4x4 k4 s2 p1": 'input-size="4" kernel-size="4" stride="2" padding="1"',
    "2x3 k(3,2) s(2,1)": 'input-size="2,3" kernel-size="3,2" stride="2,1"',
    "1-D": 'input-size="5," kernel-size="3," stride="2,"',
    "1-D, causal": 'input-size="5," kernel-size="4," stride="2," padding="0:2"',
    "16x16": 'input-size="16" kernel-size="3" stride="2"',
    "3-D": 'input-size="2,2,2" kernel-size="2,2,2" stride="2,2,2"',
}


def at_once(player, name):
    return tuple(player.evaluate(AT_ONCE, name))


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_draws_every_shape_inside_its_sheet(mount, view):
    players = mount(*(f'{words} view="{view}"' for words in SHAPES.values()))
    for width in (1280, 390):
        players.page.set_viewport_size({"width": width, "height": 844})
        for name, player in zip(SHAPES, players.all(), strict=True):
            for to in (0, 3, last(player)):
                scrub(player, to)
                assert player.evaluate(DRAWN) > 0.01, f"{name}, {width}, {to}: a blank stage"
                for panel, (left, top, right, bottom) in panels(player).items():
                    inside = left >= 0 and top >= 0 and right >= -1 and bottom >= -1
                    assert inside, f"{name}, {width} pixels wide, step {to}: {panel}"


@pytest.mark.parametrize("view", VIEWS)
def test_the_picture_at_rest_is_the_same_by_every_path(mount, view):
    for shape in ("4x4 k4 s2 p1", "1-D, causal"):
        words = f'{SHAPES[shape]} view="{view}"'
        player, *fresh = mount(words, *(f'{words} step="{at}"' for at in (5, 0, 3))).all()
        forward = []
        for _ in range(6):
            forward.append(at_rest(player))
            press(player, "Step forward")
        assert len(set(forward)) > 3
        press(player, "Last step")
        for at, other in zip((5, 0, 3), fresh, strict=True):
            scrub(player, at)
            assert at_rest(player) == forward[at], f"{shape}: scrubbed to {at}"
            assert at_rest(other) == forward[at], f"{shape}: opened at {at}"


@pytest.mark.parametrize(
    ("view", "at"), [("scatter", 4), ("gather", 8)], ids=["the stamp glides", "the kernel turns"]
)
def test_one_thing_moves_on_the_sheet_of_marks_alone(mount, view, at):
    player = mount(f'{SHAPES["3x3 k3 s2"]} view="{view}" step="{at - 1}"')
    before = at_rest(player)
    cells, marks = at_once(player, "forward")
    rested_cells, rested_marks = at_rest(player)
    assert cells == rested_cells
    assert marks != rested_marks, "nothing moved"
    assert at_once(player, "back") == before, "backward nothing moves"


def test_nothing_moves_for_who_asks_for_calm(mount):
    player = mount(SHAPES["3x3 k3 s2"], reduced_motion="reduce")
    for at in range(1, 9):
        assert at_once(player, "forward") == at_rest(player)
        assert step(player) == at


def test_overlap_is_a_view_of_the_scatter_story(mount):
    player = mount(f'{SHAPES["4x4 k4 s2 p1"]} view="overlap"')
    assert view(player) == "overlap"
    assert player.locator(".count").inner_text().startswith("empty canvas")
    steps = last(player)
    pressed = player.locator('.views [aria-pressed="true"]')
    expect(pressed).to_have_text("Overlap")
    player.evaluate("host => host.setAttribute('view', 'scatter')")
    expect(pressed).to_have_text("Scatter")
    assert last(player) == steps


def test_a_matrix_too_large_to_draw_is_refused_in_words(mount):
    player = mount('input-size="64" kernel-size="3" stride="2"')
    steps = last(player)
    press(player, "Matrix")
    alert = player.get_by_role("alert").filter(has_text="matrix")
    assert "68161536 entries" in alert.inner_text()
    assert last(player) == steps, "the story that was told goes on"
    assert player.evaluate(DRAWN) > 0.01


@pytest.mark.parametrize(
    "attributes",
    [
        'input-size="1" kernel-size="1" groups="1000000"',
        'input-size="1" kernel-size="1" stride="100000000000000000000" output-padding="9"',
        'input-size="1" kernel-size="1" stride="60000" output-padding="59999"',
        'input-size="1" kernel-size="1000"',
        'input-size="2" kernel-size="3" dilation="200" view="gather"',
    ],
)
def test_what_would_freeze_the_page_is_refused_in_words(mount, attributes):
    player = mount(attributes)
    expect(player.get_by_role("alert").filter(has_text="at most")).to_be_visible()
    assert player.evaluate(DRAWN) > 0.01


@pytest.mark.parametrize("view", VIEWS)
def test_what_surrounds_the_stage_is_calm_in_the_column_of_the_book(mount, view):
    player = mount(f'{SHAPES["3x3 k3 s2"]} view="{view}"', width=690 + 32)
    lines = player.locator(".title").evaluate("""title =>
        title.getBoundingClientRect().height / parseFloat(getComputedStyle(title).lineHeight)""")
    assert lines < 2.5
    tops = player.evaluate(TOPS)
    assert len(tops) > 9
    assert len(set(tops)) == 1, "what stands below the stage moves"


def test_the_cells_of_an_exercise_can_be_hit_with_a_finger(mount):
    shapes = [SHAPES[name] for name in ("3x3 k3 s2", "4x4 k4 s2 p1", "2x3 k(3,2) s(2,1)")]
    tasks = ("stamp", "zeros", "row")
    words = [f'{shape} exercise="{task}"' for shape in shapes for task in tasks]
    for name, player in zip(words, mount(*words, width=390).all(), strict=True):
        for panel in panels(player):
            cell = box_of(player, panel, 0, 0)
            assert min(cell["width"], cell["height"]) >= 24, (name, panel)
