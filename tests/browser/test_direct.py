"""The direct convolution in the player, and the gather view without its turn."""

import numpy as np
import pytest
from playwright.sync_api import expect

from deconvviz import conv
from tests.browser.reading import (
    as_python,
    box_of,
    cell_at,
    computed,
    enter,
    middle,
    press,
    reason,
    scrub,
    sideways,
    type_in,
    view,
    violations,
)

LARGE = 'view="direct" input-size="6" stride="2" padding="1"'
BARE = 'view="gather" turned="false" stride="2"'
ALL = "scatter,gather,matrix,overlap,direct"
FOUR = ["Scatter", "Gather", "Matrix", "Overlap"]


def offered(player):
    return player.locator(".headline .views button:visible").all_inner_texts()


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("", FOUR),
        (LARGE, [*FOUR, "Direct"]),
        (f'views="{ALL}"', [*FOUR, "Direct"]),
        ('views="scatter, direct"', ["Scatter", "Direct"]),
        ('views="none"', []),
    ],
)
def test_it_is_offered_where_a_figure_lists_it_or_opens_with_it(mount, words, names):
    assert offered(mount(words)) == names


def test_once_seen_it_stays_on_offer(mount):
    player = mount(LARGE)
    press(player, "Gather")
    assert view(player) == "gather"
    assert offered(player) == [*FOUR, "Direct"]


def test_from_the_layer_to_it_and_back_the_layer_stays(mount):
    player = mount(f'stride="2" padding="1" output-padding="1" selection="x:1,2" views="{ALL}"')
    layer, small, weight, large = computed(player)
    press(player, "Direct")
    direct, x, w, y = computed(player)
    assert direct == layer
    assert (x.shape[1:], y.shape) == (large.shape, small.shape[1:])
    assert np.array_equal(w, weight)
    assert np.array_equal(y, as_python(player))
    expect(player.locator(".why strong")).to_contain_text("y[1, 2]")
    press(player, "Scatter")
    back, *arrays = computed(player)
    assert back == layer
    assert all(map(np.array_equal, arrays, (small, weight, large)))
    expect(player.locator(".why strong")).to_contain_text("x[1, 2]")


def test_it_speaks_of_the_large_map_everywhere(mount):
    player = mount(LARGE)
    assert "⌊(6 + 2·1 − 1·(3 − 1) − 1) / 2⌋ + 1 = 3" in player.locator(".size").inner_text()
    expect(player.get_by_label("large input", exact=True)).to_have_value("6")
    expect(player.get_by_role("button", name="more large input")).to_be_visible()
    scrub(player, 9)
    value = computed(player)[3][1, 1]
    sentence = f"y[1, 1] = {value:g}: the window starts at x[1, 1]; 9 of 9 products meet an input."
    expect(player.locator(".sentence")).to_have_text(sentence)
    expect(player.locator(".legend span").first).to_have_text("Dashed: zeros of the border.")
    press(player, "Show as table")
    captions = player.locator(".tables caption")
    expect(captions.first).to_have_text("x large input, padded 8 × 8")
    expect(captions.last).to_have_text("y small output 3 × 3")
    player.get_by_role("button", name="Keys and colours").click()
    expect(player.locator("dialog .things")).to_contain_text(
        "the large map, which the window reads"
    )
    player.page.keyboard.press("Escape")
    press(player, "Gather")
    player.get_by_role("button", name="Keys and colours").click()
    expect(player.locator("dialog .things")).to_contain_text("the map that is enlarged")


def test_every_parameter_computes_it_anew(mount):
    player = mount(LARGE)
    for name, value in [
        ("large input", "9"),
        ("kernel", "2,4"),
        ("stride", "3"),
        ("padding", "2"),
        ("dilation", "2"),
        ("large input", "11,8"),
    ]:
        type_in(player, name, value)
        geometry, x, w, y = computed(player)
        words = {key: geometry[key] for key in ("stride", "padding", "dilation")}
        assert reason(player) == ""
        assert np.array_equal(y, conv(x, w[None], **words)[0])
    type_in(player, "kernel", "30")
    assert "must fit into the padded input" in reason(player)


def test_output_padding_is_asked_for_only_where_it_cuts(mount):
    player = mount('view="direct" input-size="9"')
    field = player.get_by_label("output_padding", exact=True)
    expect(field).to_be_hidden()
    type_in(player, "dilation", "3")
    type_in(player, "output_padding", "2")
    assert "+ 1 − 2 = 1" in player.locator(".size").inner_text()
    assert "its first 1 × 1 outputs" in player.locator(".size").inner_text()
    press(player, "Last step")
    expect(player.locator(".sentence")).to_contain_text("would write 2 more columns at the right")


def test_a_cell_lights_its_window_and_what_no_window_reads_says_so(mount):
    player = mount('view="direct" input-size="7," kernel-size="2," stride="3,"')
    enter(player)
    expect(cell_at(player, "map", 0, 2)).to_have_attribute(
        "aria-label", "column 2, x[2], value 0, reaches 0 outputs, no window reaches it"
    )
    player.page.mouse.click(*middle(box_of(player, "y", 0, 1)))
    names = player.locator(".why .chip .names").all_inner_texts()
    assert names == ["x[3]·w[0]", "x[4]·w[1]"]


def test_without_the_turn_what_is_wrong_is_marked_and_named(mount):
    player = mount(f'{BARE} input="1 2 3" weight="1 10 100"')
    press(player, "Last step")
    enter(player)
    rows = [[1, 10, 102, 20, 203, 30, 300], [100, 10, 201, 20, 302, 30, 3]]
    for column, (right, shown) in enumerate(zip(*rows, strict=True)):
        name = cell_at(player, "y", 0, column).get_attribute("aria-label")
        assert f"value {shown}" in name
        assert ("not what the layer gives" in name) == (right != shown)
    assert "kernel, not turned" in player.locator("[role=grid]").nth(1).get_attribute("aria-label")
    expect(player.locator(".title")).to_contain_text("Without the turn")
    player.page.mouse.click(*middle(box_of(player, "y", 0, 6)))
    expect(player.locator(".why .chip .names")).to_have_text(["x[0, 2]·w[0, 0]"])


@pytest.mark.parametrize("words", [LARGE, BARE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_both_are_clean_on_a_phone(mount, words, scheme):
    player = mount(f'{words} step="14"', color_scheme=scheme, width=390, height=844)
    assert violations(player.page) == []
    assert sideways(player.page) == 0


def test_beside_its_transpose_one_cell_is_kept_in_both(mount):
    layer = f'stride="2" padding="1" output-padding="1" beside="direct" views="{ALL}"'
    player = mount(layer)
    second = player.locator(".stage:visible").nth(1)
    sums = second.locator(".beside").inner_text()
    geometry, x, _, y = computed(player)
    assert geometry["output_padding"] == [1, 1]
    press(player, "Direct")
    large, small = computed(player)[1][0], computed(player)[3]
    assert sums.count(f"{(y * large).sum():g}") == sums.count(f"{(x[0] * small).sum():g}") == 2
    player.evaluate("host => { host.setAttribute('beside', 'scatter') }")
    expect(second.locator(".beside")).to_contain_text("The layer that transposes it")
    sheet = second.locator(".sheet")
    sheet.focus()
    player.page.keyboard.press("Enter")
    cell = second.locator('[data-panel="x"][data-row="1"][data-col="2"]')
    name = cell.get_attribute("aria-label")
    assert name.startswith("row 1, column 2, x[1, 2], value ")
    cell.focus()
    player.page.keyboard.press("Enter")
    expect(player.locator(".why strong")).to_contain_text("y[1, 2]")


def test_it_stands_beside_others_only_where_it_is_offered(mount):
    plain, listed = mount("", f'views="{ALL}"').all()
    named = ".companions select >> nth=0 >> option:not([hidden])"
    assert "Direct" not in plain.locator(named).all_inner_texts()
    assert "Direct" in listed.locator(named).all_inner_texts()
