"""One step, one picture: whatever path the reader took to it."""

import pytest

from tests.browser.reading import at_rest, last, picture, press, scrub, step

USUAL = 'stride="2" padding="1" output-padding="1"'


@pytest.fixture
def player(mount):
    return mount(USUAL, reduced_motion="reduce")


@pytest.mark.parametrize("view", ["Scatter", "Gather", "Matrix", "Overlap"])
def test_every_path_to_a_step_ends_on_one_picture(player, view):
    press(player, view)
    end = last(player)
    chosen = [0, 1, end // 3, end // 2, end - 1, end]
    forward = dict(walk(player, "First step", "Step forward", range(end + 1), chosen))
    assert len(set(forward.values())) > 3
    assert dict(walk(player, "Last step", "Step back", range(end, -1, -1), chosen)) == forward
    for at in reversed(chosen[::2] + chosen[1::2]):
        scrub(player, at)
        assert picture(player) == forward[at], f"scrubbed to {at}"
    player.evaluate("(host, step) => host.setAttribute('step', step)", str(end // 2))
    assert picture(player) == forward[end // 2]


def walk(player, start, onward, steps, chosen):
    press(player, start)
    for at in steps:
        assert step(player) == at
        if at in chosen:
            yield at, picture(player)
        press(player, onward)


def test_a_moving_step_comes_to_rest_on_the_same_picture(mount):
    player = mount(USUAL)
    for _ in range(3):
        press(player, "Step forward")
    moved = at_rest(player)
    scrub(player, 0)
    assert at_rest(player) != moved
    scrub(player, 3)
    assert at_rest(player) == moved


def test_a_detour_over_parameters_and_views_leaves_no_trace(player):
    scrub(player, 5)
    before = picture(player)
    for name in ("stride", "kernel", "dilation"):
        press(player, f"more {name}")
        press(player, f"less {name}")
    press(player, "Gather")
    press(player, "Scatter")
    scrub(player, 5)
    assert picture(player) == before
