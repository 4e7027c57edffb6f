"""Sound at its length: long maps of one axis are strips with a lens, and answer as cells do."""

import pytest

from tests.browser.reading import heard

SOUND = 'input-size="32," kernel-size="16," stride="8," padding="4,"'
CELL = """(host, [panel, row, col]) => {
    const { layout, sheet } = host.player.stage;
    const box = layout.boxes.find((box) => box.panel.id === panel);
    const { left, top } = sheet.getBoundingClientRect();
    return [left + box.x + (col + 0.5) * box.cell, top + box.y + (row + 0.5) * box.tall];
}"""
HEIGHTS = "host => host.player.stage.layout.boxes.map(({ tall }) => tall)"


@pytest.mark.parametrize("width", [1280, 722, 390])
@pytest.mark.parametrize(
    ("view", "step", "cells"),
    [
        (
            "scatter",
            12,
            {("lens", 2, 3): ("y", 87), ("lens", 0, 5): ("w", 5), ("y", 0, 40): ("y", 36)},
        ),
        ("gather", 100, {("lens", 1, 0): ("w", 15), ("y", 0, 200): ("y", 200)}),
        ("overlap", 12, {("lens", 1, 2): ("y", 86), ("x", 0, 30): ("x", 30)}),
    ],
)
def test_a_click_on_a_strip_or_in_its_lens_keeps_the_cell(mount, width, view, step, cells):
    player = mount(f'{SOUND} view="{view}" step="{step}" beside="none"', width=width)
    assert min(player.evaluate(HEIGHTS)) >= 24
    for place, (kind, index) in cells.items():
        player.page.mouse.click(*player.evaluate(CELL, list(place)))
        assert heard(player, "selection") == {"kind": kind, "index": [index]}, place


def test_keys_read_the_lens_cell_by_cell(mount):
    player = mount(f'{SOUND} step="12"', width=722)
    player.locator(".sheet").first.focus()
    keys = player.page.keyboard
    keys.press("Enter")
    keys.press("Control+ArrowDown")
    focused = player.locator(':focus[role="gridcell"]')
    while focused.get_attribute("data-panel") != "lens":
        keys.press("Control+ArrowDown")
    keys.press("Control+End")
    assert "y[99], value 2, 1 contribution" in focused.get_attribute("aria-label")
    keys.press("Enter")
    assert heard(player, "selection") == {"kind": "y", "index": [99]}
