"""One step, one picture: whatever path the reader took to it."""

import pytest

from tests.browser.reading import HOST, picture, state, whole

SCRUB = """(slider, step) => {
    slider.value = step;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
}"""


@pytest.fixture
def player(open_page, site):
    visit = open_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    visit.page.goto(f"{site}/book/index.html")
    yield whole(visit.page.locator(HOST).first)
    assert visit.errors == []


def scrub(player, step):
    player.get_by_role("slider").evaluate(SCRUB, step)
    assert state(player, "step") == step


@pytest.mark.parametrize("view", ["Scatter", "Gather", "Matrix", "Overlap"])
def test_every_path_to_a_step_ends_on_one_picture(player, view):
    player.get_by_role("button", name=view, exact=True).click()
    last = player.evaluate("host => host.player.trace.length") - 1
    chosen = [0, 1, last // 3, last // 2, last - 1, last]
    forward = dict(walk(player, "First step", "Step forward", range(last + 1), chosen))
    assert len(set(forward.values())) > 3
    assert dict(walk(player, "Last step", "Step back", range(last, -1, -1), chosen)) == forward
    for step in reversed(chosen[::2] + chosen[1::2]):
        scrub(player, step)
        assert picture(player) == forward[step], f"scrubbed to {step}"
    player.evaluate("(host, step) => host.setAttribute('step', step)", str(last // 2))
    assert picture(player) == forward[last // 2]


def walk(player, start, onward, steps, chosen):
    player.get_by_role("button", name=start).click()
    button = player.get_by_role("button", name=onward)
    for step in steps:
        assert state(player, "step") == step
        if step in chosen:
            yield step, picture(player)
        button.click()


def test_a_moving_step_comes_to_rest_on_the_same_picture(visit, site):
    visit.page.goto(f"{site}/book/index.html")
    player = visit.page.locator(HOST).first
    player.get_by_role("button", name="Step forward").click(click_count=3, delay=150)
    visit.page.wait_for_timeout(700)  # longer than any motion
    moved = picture(player)
    scrub(player, 0)
    scrub(player, 3)
    visit.page.wait_for_timeout(700)
    assert picture(player) == moved


def test_a_detour_over_parameters_and_views_leaves_no_trace(player):
    scrub(player, 5)
    before = picture(player)
    for name in ("stride", "kernel", "dilation"):
        player.get_by_role("button", name=f"more {name}").click()
        player.get_by_role("button", name=f"less {name}").click()
    player.get_by_role("button", name="Gather", exact=True).click()
    player.get_by_role("button", name="Scatter", exact=True).click()
    scrub(player, 5)
    assert picture(player) == before
