"""The example deck: reveal.js keeps its keys, the player keeps its own while it has the focus."""

from pathlib import Path

import pytest

from tests.browser.reading import (
    HOST,
    alive,
    at_rest,
    box_of,
    heard,
    last,
    middle,
    picture,
    plays,
    press,
    step,
)

ROOT = Path(__file__).parents[2]
DECK = ROOT / "book" / "_static" / "slides"
PACKAGE = ROOT / "frontend" / "node_modules" / "reveal.js"
AT = "Reveal.getIndices().h"


@pytest.fixture
def deck(visit, site):
    visit.page.goto(f"{site}/_static/slides/index.html#/1")
    visit.page.wait_for_function("Reveal.isReady()")
    alive(player_of(visit.page))
    yield visit.page
    assert visit.external == []
    assert visit.errors == []


def player_of(page):
    return page.locator("section.present deconv-viz")


@pytest.mark.parametrize("name", ["dist/reveal.js", "dist/reveal.css", "LICENSE"])
def test_the_deck_holds_the_package_that_is_declared(name):
    assert (DECK / Path(name).name).read_bytes() == (PACKAGE / name).read_bytes()


def test_keys_inside_the_player_do_not_change_the_slide(deck):
    player = player_of(deck)
    player.get_by_role("slider").focus()
    for key in [
        "ArrowRight",
        "ArrowRight",
        "ArrowLeft",
        "Shift+ArrowRight",
        "End",
        "Home",
        "k",
        "k",
    ]:
        deck.keyboard.press(key)
        assert deck.evaluate(AT) == 1, key
    deck.keyboard.press("End")
    assert step(player) == last(player)
    player.get_by_role("button", name="Play").focus()
    deck.keyboard.press("Space")
    assert deck.evaluate(AT) == 1
    assert plays(player)


def test_keys_outside_the_player_are_the_decks(deck):
    for key, slide in [("ArrowRight", 2), ("Space", 3), ("ArrowLeft", 2), ("Home", 0), ("End", 3)]:
        deck.keyboard.press(key)
        assert deck.evaluate(AT) == slide, key


def test_page_keys_move_the_deck_even_from_the_player(deck):
    player_of(deck).get_by_role("slider").focus()
    deck.keyboard.press("PageDown")
    assert deck.evaluate(AT) == 2


def test_a_swipe_on_the_player_is_not_the_decks(deck):
    assert player_of(deck).evaluate("host => host.hasAttribute('data-prevent-swipe')")


def test_a_player_on_a_later_slide_is_drawn_when_its_turn_comes(deck):
    deck.evaluate("Reveal.slide(2)")
    width = player_of(deck).locator(".stages canvas").first.evaluate("canvas => canvas.width")
    assert width > 500
    assert picture(player_of(deck))


@pytest.mark.parametrize("size", [(960, 700), (1920, 1080)])
def test_a_click_finds_its_cell_at_any_scale_of_the_slide(deck, size):
    deck.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    player = player_of(deck)
    press(player, "Last step")
    at_rest(player)
    deck.mouse.click(*middle(box_of(player, "x", 1, 2)))
    assert heard(player, "selection") == {"kind": "x", "index": [1, 2]}


def test_the_deck_works_from_a_disk(visit):
    visit.page.goto((ROOT / "_build/html/_static/slides/index.html").as_uri() + "#/1")
    press(alive(player_of(visit.page)), "Step forward")
    assert step(player_of(visit.page)) == 1
    assert visit.external == []
    assert visit.errors == []


def test_a_clicker_steps_the_player_first_and_then_turns_the_slide(deck):
    player = player_of(deck)
    player.evaluate(
        "host => { host.setAttribute('keys', 'fragments'); host.setAttribute('step', 0) }"
    )
    end = last(player)
    deck.locator("body").focus()
    for to in range(1, end + 1):
        deck.keyboard.press("PageDown")
        assert (deck.evaluate(AT), step(player)) == (1, to)
    deck.keyboard.press("PageUp")
    assert (deck.evaluate(AT), step(player)) == (1, end - 1)
    deck.keyboard.press("ArrowRight")
    deck.keyboard.press("PageDown")
    assert deck.evaluate(AT) == 2
    deck.keyboard.press("PageUp")
    assert deck.evaluate(AT) == 1
    deck.keyboard.press("PageUp")
    assert (deck.evaluate(AT), step(player)) == (1, end - 1)


def test_a_clicker_moves_only_the_player_on_show(deck):
    every, scrubbers = deck.locator(HOST), deck.locator(f"{HOST} input[type=range]")
    every.evaluate_all("all => all.forEach((host) => host.setAttribute('keys', 'fragments'))")
    read = "all => all.map(({ value }) => Number(value))"
    before = scrubbers.evaluate_all(read)
    here = every.evaluate_all("all => all.findIndex((host) => host.closest('section.present'))")
    deck.keyboard.press("PageDown")
    before[here] += 1
    assert scrubbers.evaluate_all(read) == before
    assert len(before) > 1
