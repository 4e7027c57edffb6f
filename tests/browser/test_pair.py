"""Players that their author joined: what a reader does in one, the others do too."""

import pytest
from playwright.sync_api import expect

from tests.browser.reading import heard, violations

BARE = 'pair="crop" stride="2" controls="full" beside="none"'
TIGHT = f'{BARE} padding="1"'
STEP = "host => host.player.state.step"
CLOCKS = """() => [...document.querySelectorAll("deconv-viz")]
    .map(({ player }) => player.session.clock.running)"""
LIT = "host => host.player.pointed"


def button(player, name):
    return player.get_by_role("button", name=name, exact=True)


def test_they_step_keep_and_change_together(mount):
    players = mount(BARE, TIGHT)
    bare, tight = players.all()
    button(bare, "Step forward").click()
    assert [player.evaluate(STEP) for player in (bare, tight)] == [1, 1]
    tight.get_by_role("slider").press("End")
    assert [player.evaluate(STEP) for player in (bare, tight)] == [9, 13]  # four sides are cropped

    tight.locator(".sheet").first.focus()
    for key in ("Enter", "Control+ArrowUp", "Enter"):
        players.page.keyboard.press(key)
    kept = heard(tight, "selection")
    assert heard(bare, "selection") == {"kind": "y", "index": [i + 1 for i in kept["index"]]}

    button(bare, "more stride").click()
    for player in (bare, tight):
        expect(player.get_by_label("stride", exact=True)).to_have_value("3")
    button(tight, "more padding").click()
    expect(tight.get_by_label("padding", exact=True)).to_have_value("2")
    expect(bare.get_by_label("padding", exact=True)).to_have_value("0")
    assert violations(players.page) == []


def test_play_moves_both_by_one_clock_and_either_stops_it(mount):
    players = mount(*(f'{words} input-size="12" speed="4"' for words in (BARE, TIGHT)))
    bare, tight = players.all()
    button(bare, "Play").click()
    expect(button(tight, "Pause")).to_be_visible()
    assert players.page.evaluate(CLOCKS) == [True, False]
    expect(tight.locator(".count")).not_to_contain_text("canvas")
    button(tight, "Pause").click()
    assert players.page.evaluate(CLOCKS) == [False, False]
    expect(button(bare, "Play")).to_be_visible()
    assert bare.evaluate(STEP) == tight.evaluate(STEP) > 0
    button(tight, "Play").click()
    expect(button(bare, "Pause")).to_be_visible()
    assert players.page.evaluate(CLOCKS) == [False, True]


def test_pointing_at_one_lights_the_same_cell_in_the_other_and_one_alone_speaks(mount):
    bare, tight = mount(f'{BARE} step="9"', f'{TIGHT} step="13"').all()
    bare.locator(".sheet").first.focus()
    bare.page.keyboard.press("Enter")
    lit = bare.evaluate(LIT)
    assert lit is not None
    assert tight.evaluate(LIT) == lit
    bare.page.keyboard.press("Escape")
    assert tight.evaluate(LIT) is None
    button(bare, "Step back").click()
    live = [player.locator('.story [role="status"]') for player in (bare, tight)]
    assert [status.get_attribute("aria-live") for status in live] == ["polite", "off"]
    button(tight, "Step back").click()
    assert [status.get_attribute("aria-live") for status in live] == ["off", "polite"]


@pytest.mark.parametrize("asks_first", [True, False])
def test_what_one_asks_the_other_does_not_tell(open_page, bench, asks_first):
    asks = f'{BARE} ask="size"'
    page = open_page().page
    both = [f"<deconv-viz {words}></deconv-viz>" for words in (asks, TIGHT)]
    page.goto(bench.write(f"<main><h1>Two</h1>{''.join(both[:: 1 if asks_first else -1])}</main>"))
    button(page.locator("deconv-viz"), "Skip").wait_for()
    asking, other = page.locator("deconv-viz").all()[:: 1 if asks_first else -1]
    waits = "Answer the question of the other player first."
    text = "host => host.shadowRoot.textContent"
    assert other.evaluate(text) == waits
    assert violations(page) == []
    button(asking, "Skip").click()
    expect(other.locator(".size")).to_contain_text("on 5 × 5")
    assert waits not in other.evaluate(text)
    asking.evaluate("host => host.player.set({ answered: false })")
    assert other.evaluate(text) == waits
    asking.evaluate("host => host.remove()")
    expect(button(page.locator("deconv-viz"), "Step forward")).to_be_visible()


@pytest.mark.parametrize(("width", "beside"), [(1280, True), (390, False)])
def test_two_in_a_row_stand_side_by_side_where_there_is_room(open_page, bench, width, beside):
    page = open_page(viewport={"width": width, "height": 900}).page
    figures = "".join(
        f"<figure><deconv-viz {words}></deconv-viz></figure>" for words in (BARE, TIGHT)
    )
    style = '<link rel="stylesheet" href="_static/deconvviz.css">'
    page.goto(bench.write(f'<main><div class="deconvviz-row">{figures}</div></main>', style))
    first, second = (player.bounding_box() for player in page.locator("deconv-viz").all())
    assert (first["y"] == second["y"]) == beside
    assert (second["y"] >= first["y"] + first["height"]) != beside
    assert second["x"] + second["width"] <= width
