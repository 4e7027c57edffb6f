"""The player by keyboard alone."""

import pytest

from tests.browser.reading import HOST, alive, last, plays, step

CONTROLS = [
    "Play", "First step", "Step back", "Step forward", "Last step", "Step",
    "less input", "input", "more input", "more dilation",
]  # fmt: skip
FOCUSED = """host => {
    const focused = host.shadowRoot.activeElement;
    if (!focused) return null;
    return focused.ariaLabel ?? focused.labels?.[0]?.textContent ?? focused.textContent;
}"""


@pytest.fixture
def player(visit, site):
    visit.page.goto(f"{site}/book/index.html")
    player = alive(visit.page.locator(HOST).first)
    player.get_by_role("slider").focus()
    yield player
    assert visit.errors == []


def test_tab_reaches_every_control_and_leaves(player, page):
    page.locator("a[href]").first.focus()
    reached = []
    for _ in range(150):
        page.keyboard.press("Tab")
        reached.append(player.evaluate(FOCUSED))
        if any(reached) and not reached[-1]:
            break
    inside = [name for name in reached if name]
    assert not reached[-1], "Tab never leaves the player"
    assert [name for name in CONTROLS if name not in inside] == []
    buttons = player.get_by_role("button").all()
    assert len(inside) >= sum(button.is_enabled() for button in buttons)


def test_arrows_home_and_end_move_the_step(player, page):
    end = last(player)
    for key, to in [
        ("ArrowRight", 1), ("ArrowRight", 2), ("ArrowLeft", 1), ("End", end),
        ("ArrowRight", end), ("Home", 0), ("ArrowLeft", 0),
        ("Shift+ArrowRight", 9), ("Shift+ArrowLeft", 0),
    ]:  # fmt: skip
        page.keyboard.press(key)
        assert step(player) == to, key


def test_space_and_k_play_and_pause(player, page):
    for key in (" ", "k"):
        page.keyboard.press(key)
        assert plays(player)
        page.keyboard.press(key)
        assert not plays(player)


def test_speed_has_keys(player, page):
    speed = player.locator(".speed")
    page.keyboard.press(">")
    assert speed.inner_text() == "2×"
    page.keyboard.press("<")
    assert speed.inner_text() == "1×"


def test_a_text_field_keeps_its_keys(player, page):
    field = player.get_by_label("kernel", exact=True)
    field.focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    page.keyboard.type("1")
    assert field.input_value() == "13"
    assert step(player) == 0


def test_keys_that_are_not_ours_go_on_to_the_page(player, page):
    page.evaluate(
        """() => {
            window.heard = [];
            document.addEventListener("keydown", (event) => {
                window.heard.push(event.key);
                event.preventDefault();
            });
        }"""
    )
    for key in ("PageDown", "b", "F5", "Escape", "Control+ArrowRight"):
        page.keyboard.press(key)
    assert page.evaluate("heard") == ["PageDown", "b", "F5", "Escape", "Control", "ArrowRight"]
    assert step(player) == 0
