"""Presets, one value per axis, axes, channels and own data, on a bare page."""

import random
import re

import numpy as np
import pytest
from matplotlib import pyplot as plt
from playwright.sync_api import expect

from deconvviz.player.presets import preset, table
from deconvviz.player.state import trace_of
from deconvviz.text import load
from tests.browser.reading import (
    as_python,
    box_of,
    computed,
    enter,
    heard,
    last,
    leave,
    middle,
    numbers,
    picture,
    press,
    reason,
    scrub,
    sideways,
    type_in,
    view,
    violations,
)
from tests.share import draws

WORDS = load()


def agrees(player):
    """Check the page's output against Python's engine, and return it."""
    output = computed(player)[3]
    np.testing.assert_allclose(output, as_python(player), rtol=1e-12, atol=1e-12)
    return output


def test_a_preset_is_what_python_makes_of_it(mount):
    names = [row["id"] for row in table()]
    players = mount(*['stride="3" bias="2" input="5 5; 5 5"'] * len(names))
    for name, player in zip(names, players.all(), strict=True):
        player.get_by_label("Known layers").select_option(name)
        expected = trace_of(preset(name))
        np.testing.assert_allclose(computed(player)[3], expected.output, rtol=1e-12, err_msg=name)
        assert computed(player)[0] == expected.geometry.to_dict(), name
        assert player.locator(".choices .note").inner_text() == WORDS["presets"]["notes"][name]
        line = player.locator(".direct").inner_text()
        ndim = expected.geometry.ndim
        assert f"ConvTranspose{ndim}d(" in line, name
        assert f"Conv{ndim}d(" in line, name


def test_every_parameter_shows_its_range_and_the_nearest_legal_value(mount):
    player = mount('stride="2" padding="1" output-padding="1"')
    ranges = player.locator(".parameters > .fields .range").all_inner_texts()
    assert ranges == ["1 or more", "1 or more", "2 or more", "0–3", "0–1", "1 or more"]
    type_in(player, "padding", 7)
    assert reason(player).startswith("padding (=7) leaves an output size of -6")
    assert player.get_by_label("padding", exact=True).input_value() == "7"
    press(player, "use 3")
    assert computed(player)[0]["padding"] == [[3, 3], [3, 3]]
    assert reason(player) == ""
    assert not player.locator(".mend").is_visible()
    assert agrees(player).shape == (2, 2)


def test_a_parameter_per_axis_and_padding_per_side(mount):
    player = mount('stride="2" padding="1"')
    press(player, "More")
    press(player, "Per axis")
    type_in(player, "stride, row", 3)
    type_in(player, "padding, end, column", 2)
    type_in(player, "kernel, column", 2)
    press(player, "more input, row")
    assert computed(player)[0]["stride"] == [3, 2]
    assert computed(player)[0]["padding"] == [[1, 1], [1, 2]]
    assert computed(player)[1].shape[1:] == (4, 3)
    assert player.get_by_label("padding", exact=True).input_value() == "1,1:2"
    assert agrees(player).shape == (10, 3)
    rows, columns = player.locator(".formula").all_inner_texts()
    assert rows == "rows: output = (4 − 1)·3 − 2·1 + 1·(3 − 1) + 0 + 1 = 10"
    assert columns == "columns: output = (3 − 1)·2 − (1 + 2) + 1·(2 − 1) + 0 + 1 = 3"
    assert "p (1, 1:2)) transposes" in player.locator(".direct").inner_text()
    type_in(player, "output_padding, column", 2)
    wrong = player.get_by_label("output_padding, column", exact=True)
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(player.get_by_label("output_padding, row", exact=True)).to_have_attribute(
        "aria-invalid", "false"
    )
    press(player, "use 1")
    assert reason(player) == ""


def test_groups_say_which_channels_an_output_sees(mount):
    player = mount('stride="2"')
    press(player, "More")
    type_in(player, "input channels", 4)
    together = agrees(player)
    assert not player.get_by_label("output channel", exact=True).is_visible()
    press(player, "more groups")
    first = agrees(player)
    assert "sees input channels 0–1 of 4" in player.locator(".more > .note").inner_text()
    press(player, "more output channel")
    assert heard(player, "out_channel") == 1
    np.testing.assert_array_equal(first + agrees(player), together)
    type_in(player, "groups", 3)
    assert reason(player).startswith("groups (=3) must divide the first axis of weight, 4 channels")
    press(player, "more groups")
    agrees(player)
    assert heard(player, "groups") == 4
    type_in(player, "input channels", 3)
    assert reason(player).startswith("groups (=4) must divide")


def test_a_number_of_another_group_stays_when_one_is_edited(mount):
    player = mount('input="[[[1, 2]], [[3, 4]]]" kernel-size="1,2" groups="2" out-channel="1"')
    press(player, "More")
    press(player, "Edit cells")
    click_cell(player, "x", 0, 0)
    player.locator("input.cell").fill("9")
    player.locator("input.cell").press("Enter")
    assert heard(player, "input") == [[[1, 2]], [[9, 4]]]
    agrees(player)


def test_axes_channels_and_bias(mount):
    player = mount('input-size="3,4" stride="2,1" bias="2"')
    press(player, "More")
    for ndim, label in enumerate(("1-D", "2-D", "3-D"), 1):
        press(player, label)
        assert agrees(player).ndim == ndim
    press(player, "2-D")
    assert computed(player)[1].shape[1:] == (3, 4)
    assert computed(player)[0]["stride"] == [2, 1]
    press(player, "more input channels")
    assert computed(player)[1].shape == (2, 3, 4)
    agrees(player)
    type_in(player, "bias", "−1.5")
    assert numbers(player)["rest"][0] == -1.5
    agrees(player)
    type_in(player, "bias", "")
    assert numbers(player)["rest"][0] is None
    type_in(player, "bias", "much")
    assert reason(player).startswith("bias (='much') must be a number.")
    press(player, "back to the last possible choice")
    assert reason(player) == ""


def click_cell(player, panel, row, col):
    box = box_of(player, panel, row, col)
    player.page.mouse.click(*middle(box))


def shown(player, kind, row, col):
    """Return where a number stands, (panel, row, col, value), as the picture is read aloud."""
    enter(player)
    cells = player.locator(f'.cells [aria-label*="{kind}[{row}, {col}]"]').all()
    read = [(cell.evaluate(READ), cell.get_attribute("aria-label")) for cell in cells]
    leave(player)
    read.sort(key=lambda cell: cell[0][0] != kind)
    for (panel, *place), name in read:
        if found := re.search(r"value (−?[\d.]+)", name):
            return panel, *place, float(found[1].replace("−", "-"))
    return None


READ = "({ dataset: { panel, row, col } }) => [panel, Number(row), Number(col)]"


def test_cells_are_edited_in_the_picture(mount):
    player = mount('stride="2"')
    press(player, "More")
    press(player, "Edit cells")
    click_cell(player, "x", 0, 1)
    cell = player.get_by_label("x[0, 1]")
    expect(cell).to_be_focused()
    cell.fill("7")
    cell.press("Enter")
    player.get_by_label("x[0, 2]").fill("-0.5")
    player.get_by_label("x[0, 2]").press("Tab")
    player.get_by_label("x[1, 0]").press("Shift+Tab")
    expect(player.get_by_label("x[0, 2]")).to_be_focused()
    player.get_by_label("x[0, 2]").press("Escape")
    assert heard(player, "input")[0][0] == [1, 7, -0.5]
    click_cell(player, "w", 2, 2)
    tap = player.get_by_label("w[2, 2]")
    tap.fill("x")
    tap.press("Enter")
    assert player.locator(".said-of-data").inner_text() == "“x” is not a number."
    tap.fill("9")
    tap.press("Enter")
    assert not player.locator("input.cell").is_visible()
    assert heard(player, "weight")[0][2] == [2, 0, 9]
    agrees(player)
    click_cell(player, "y", 0, 0)
    assert player.locator(".said-of-data").inner_text() == WORDS["data"]["outputs"]
    press(player, "Done")
    click_cell(player, "x", 0, 0)
    assert not player.locator("input.cell").is_visible()
    assert heard(player, "selection") == {"kind": "x", "index": [0, 0]}


@pytest.mark.parametrize("view", ["scatter", "gather", "matrix", "overlap"])
@pytest.mark.parametrize("channels", [1, 2])
def test_every_view_edits_the_number_that_it_shows(mount, view, channels):
    player = mount(f'view="{view}" stride="2" padding="1"')
    press(player, "More")
    type_in(player, "input channels", channels)
    press(player, "Edit cells")
    end, edited = last(player), 0
    for step in (0, (end + 1) // 3, (end + 1) // 2, end):
        scrub(player, step)
        for kind, row, col in (("x", 1, 1), ("w", 0, 2)):
            if not (found := shown(player, kind, row, col)):
                continue
            *place, value = found
            click_cell(player, *place)
            cell = player.locator("input.cell")
            assert float(cell.input_value()) == value
            cell.fill(str(step + 0.5))
            cell.press("Enter")
            player.locator("input.cell").press("Escape")
            assert shown(player, kind, row, col) == (*place, step + 0.5)
            edited += 1
    assert edited >= 4
    agrees(player)


def test_own_numbers_stay_when_a_size_changes(mount):
    player = mount('input="9 8; 7 6" stride="2"')
    assert computed(player)[1].shape[1:] == (2, 2)
    type_in(player, "input", 3)
    assert computed(player)[1][0].tolist() == [[9, 8, 0], [7, 6, 1], [0, 1, 3]]
    type_in(player, "input", 1)
    type_in(player, "input", 2)
    type_in(player, "stride", 1)
    assert computed(player)[1][0].tolist() == [[9, 8], [7, 6]]
    agrees(player)


def test_a_matrix_is_pasted_or_refused_in_words(mount):
    player = mount("")
    press(player, "More")
    press(player, "Paste … kernel")
    box = player.locator(".paste textarea")
    expect(box).to_be_focused()
    box.fill("1 2\n3 x")
    press(player, "Use these numbers")
    refused = "weight: row 2 holds 'x', which is not a number"
    assert player.locator(".refused").inner_text() == refused
    box.fill(repr(np.array([[1.0, 2], [-3, 4]])))
    press(player, "Use these numbers")
    assert computed(player)[2].tolist() == [[[1, 2], [-3, 4]]]
    assert not box.is_visible()
    press(player, "Paste … input")
    box.fill("[[[1,2,3]],[[4,5,6]]]")
    press(player, "Use these numbers")
    assert computed(player)[1].shape == (2, 1, 3)
    agrees(player)
    player.get_by_label("input numbers").select_option("")
    player.get_by_label("kernel numbers").select_option("")
    agrees(player)


def test_named_numbers(mount):
    player = mount('kernel-size="4" stride="2" padding="1"')
    press(player, "More")
    kernel = player.get_by_label("kernel numbers")
    for name in kernel.locator("option:not([hidden])").evaluate_all("all => all.map(o => o.value)"):
        kernel.select_option(name)
        agrees(player)
        assert kernel.input_value() == name
    kernel.select_option("bilinear")
    player.get_by_label("input numbers").select_option("ones")
    assert np.allclose(agrees(player)[1:-1, 1:-1], 1)
    kernel.select_option("")
    assert heard(player, "weight") is None


def drop(player, path):
    data = path.read_bytes()
    give = """(host, [bytes, name]) => {
        const files = new DataTransfer();
        files.items.add(new File([Uint8Array.from(bytes)], name));
        const event = { dataTransfer: files, bubbles: true, cancelable: true, composed: true };
        host.shadowRoot.querySelector(".sheet").dispatchEvent(new DragEvent("drop", event));
    }"""
    player.evaluate(give, [list(data), path.name])


def test_a_picture_becomes_numbers(mount, tmp_path):
    player = mount('kernel-size="3," input-size="4,"')
    grey = np.tile(np.linspace(0, 1, 64), (32, 1))
    plt.imsave(tmp_path / "ramp.png", grey, cmap="gray", vmin=0, vmax=1)
    press(player, "More")
    player.locator('input[type="file"]').set_input_files(tmp_path / "ramp.png")
    said = player.locator(".said-of-data")
    expect(said).to_have_text(
        "ramp.png, 32 × 64 pixels, is now 8 × 16 cells: grey, from 0 for black to 9 for white."
    )
    values = computed(player)[1][0]
    assert values.shape == (8, 16)
    assert (values[:, 0], values[:, -1]) == (pytest.approx(0), pytest.approx(9))
    assert (np.diff(values[0]) >= 0).all()
    agrees(player)
    (tmp_path / "no.png").write_text("not a picture")
    drop(player, tmp_path / "no.png")
    expect(said).to_have_text("no.png cannot be read as a picture: choose a PNG, JPEG or GIF.")
    plt.imsave(tmp_path / "small.png", grey[:2, ::32], cmap="gray", vmin=0, vmax=1)
    drop(player, tmp_path / "small.png")
    expect(said).to_contain_text("small.png, 2 × 2 pixels, is now 2 × 2 cells")
    assert computed(player)[1].shape == (1, 2, 2)


def test_what_attributes_say_wrongly_is_explained(mount):
    wrong = {
        'input="1 2; 3"': "input: row 2 has 1 number, row 1 has 2: make every row as long",
        'weight="[[1,2],[3,x]]"': "weight: row 2 holds 'x', which is not a number",
        'bias="much"': "bias (='much') must be a number",
    }
    for player, sentence in zip(mount(*wrong).all(), wrong.values(), strict=True):
        assert reason(player).startswith(sentence)


REFUSED = [
    ("input channels", "5", 2, "input channels (=5) must be a whole number from 1 to 4"),
    ("input channels", "two", 4, "input channels (=two) must be a whole number from 1 to 4"),
    ("groups", "3", 1, "groups (=3) must divide the first axis of weight, 2 channels"),
    ("output channel", "2", 1, "out_channel (=2) must be smaller than 2: use 0 to 1"),
]


def test_what_more_refuses_has_its_reason(mount):
    players = mount(*['input="[[[1]],[[2]]]" groups="2"'] * len(REFUSED))
    for player, (name, text, mended, sentence) in zip(players.all(), REFUSED, strict=True):
        press(player, "More")
        type_in(player, name, text)
        reasons = player.locator(".reason:not(:empty)")
        expect(reasons).to_contain_text(sentence)
        press(player, "Last step")  # and all is drawn anew
        assert reasons.is_visible()
        type_in(player, name, mended)
        expect(reasons).to_have_count(0)


def test_fewer_channels_than_groups_are_refused_and_not_ignored(mount):
    player = mount("groups=2")
    press(player, "More")
    type_in(player, "input channels", 1)
    assert reason(player).startswith("groups (=2) must divide the first axis of weight, 1 channels")


@pytest.mark.parametrize("controls", ["full", "transport", "none"])
def test_a_misspelt_word_is_explained_and_changes_nothing(mount, controls):
    player = mount(f'controls="{controls}" theme="drak" speed="0" view="walk" autoplay="no"')
    notice = player.locator(".notice")
    for word in ("theme (='drak')", "speed (=0)", "view (='walk')", "autoplay (='no')"):
        expect(notice).to_contain_text(f"{word} must be")
    expect(notice).to_be_visible()
    assert view(player) == "scatter"
    assert player.locator(".speed").text_content() == "1×"
    assert player.locator(".player").get_attribute("data-theme") == "light"
    before = picture(player)
    player.evaluate("""host => {
        for (const name of ["theme", "view", "autoplay"]) host.removeAttribute(name);
        host.setAttribute("speed", "2");
    }""")
    assert notice.inner_text() == ""
    player.evaluate("host => host.setAttribute('view', 'lines')")
    expect(notice).to_contain_text("scatter, gather, matrix, overlap")
    assert picture(player) == before


def test_an_impossible_start_shows_the_nearest_choice_and_a_way_to_it(mount):
    player = mount('padding="9" stride="2"')
    assert reason(player).startswith("padding (=9) leaves an output size of")
    assert reason(player).endswith("The picture shows the nearest possible choice.")
    assert player.get_by_label("padding", exact=True).input_value() == "9"
    assert computed(player)[3].shape == (1, 1)
    press(player, "use 3")
    assert reason(player) == ""
    assert computed(player)[0]["padding"] == [[3, 3], [3, 3]]


def test_without_parameters_the_reason_of_an_impossible_start_stands_above(mount):
    player = mount('padding="9" controls="none"')
    expect(player.locator(".notice")).to_contain_text("padding (=9) leaves an output size of")
    assert computed(player)[3].shape == (1, 1)


INSIDE = """host => {
    const edge = host.shadowRoot.querySelector(".player").getBoundingClientRect().right;
    const all = [...host.shadowRoot.querySelectorAll(".parameters *, .size *")];
    const shown = all.filter((one) => one.checkVisibility());
    return shown.filter((one) => one.getBoundingClientRect().right > edge)
        .map((one) => one.outerHTML);
}"""


def test_all_open_it_is_accessible_and_nothing_is_cut(mount):
    player = mount('stride="2" padding="1:2,0" output-padding="1"')
    page = player.page
    for name in ("More", "Per axis", "Paste … input", "Edit cells"):
        press(player, name)
    type_in(player, "output_padding", 5)
    for width in (358, 690, 1240):
        page.set_viewport_size({"width": width + 32, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            expect(player.locator(".player")).to_have_attribute("data-theme", scheme)
            picture(player)
            assert violations(page) == [], (width, scheme)
        assert sideways(page) == 0, width
        assert player.evaluate(INSIDE) == [], width


def test_the_steppers_stand_in_one_row_in_a_column_of_650(mount):
    player = mount("", width=650 + 32)
    tops = player.locator(".parameters > .fields .parameter").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().top)"
    )
    assert len(tops) == 6
    assert len(set(tops)) == 1


MOVES = draws(60)
LEGAL = """({ shadowRoot }) => {
    const words = shadowRoot.querySelector(".player").innerText;
    const slider = shadowRoot.querySelector("input[type=range]");
    const sheet = shadowRoot.querySelector(".sheet canvas");
    const pixels = new Uint32Array(sheet.getContext("2d")
        .getImageData(0, 0, sheet.width, sheet.height).data.buffer);
    return {
        step: shadowRoot.querySelector(".count").textContent.trim()
            .endsWith(` ${Number(slider.value) + 1} of ${Number(slider.max) + 1}`),
        words: /NaN|undefined|∞|\\[object|\\{\\w+\\}|null/.exec(words)?.[0] ?? "",
        blank: pixels.every((pixel) => pixel === pixels[0]),
    };
}"""


def moves(player, draw):
    """Yield one random act on a control that can be seen, as often as asked."""
    buttons = player.locator(".player button:visible")
    fields = player.locator(".stepper input:visible")
    menus = player.locator("select:visible")
    canvas = player.locator(".sheet").first
    values = ["0", "1", "2", "3", "4", "5", "-1", "1.5", "x", "", "2,3", "3,", "1:2", "1:0,2"]
    while True:
        kind = draw.choices(["button", "field", "menu", "picture", "key"], [6, 5, 1, 2, 1])[0]
        if kind == "button":
            yield "button", buttons.nth(draw.randrange(buttons.count()))
        elif kind == "field":
            yield draw.choice(values), fields.nth(draw.randrange(fields.count()))
        elif kind == "menu":
            yield "menu", menus.nth(draw.randrange(menus.count()))
        else:
            yield kind, canvas


def act(what, where, draw, page):
    if what == "button":
        if where.inner_text() not in ("Share", "Picture …") and not where.get_attribute("download"):
            where.click(force=True)
    elif what == "menu":
        options = where.locator("option:not([hidden])").all()
        where.select_option(draw.choice(options).get_attribute("value"))
    elif what == "picture":
        box = where.bounding_box()
        at = {"x": draw.random() * box["width"], "y": draw.random() * box["height"]}
        where.click(position=at, force=True)
    elif what == "key":
        keys = ["ArrowRight", "ArrowLeft", "End", "Home", "Escape", "Enter", "Tab", "7"]
        page.keyboard.press(draw.choice(keys))
    else:
        where.fill(what)
        where.press("Enter")


@pytest.mark.exhaustive
def test_no_series_of_moves_breaks_the_player(mount):
    draw = random.Random(2016)
    player = mount('stride="2" padding="1" output-padding="1"')
    for name in ("Show as table", "More", "Per axis"):
        press(player, name)
    for count, (what, where) in zip(range(MOVES), moves(player, draw), strict=False):
        act(what, where, draw, player.page)
        found = player.evaluate(LEGAL)
        message = f"after move {count}, {what} on {where}: {found}"
        assert found == {"step": True, "words": "", "blank": False}, message
        assert np.isfinite(numbers(player)["output"][1]).all(), message
    agrees(player)
    assert picture(player)
