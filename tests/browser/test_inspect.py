"""Ask the player, and answer it: by keys, by touch, by screen reader, in every view and mode."""

import re
from itertools import product
from pathlib import Path

import pytest

from tests.browser.reading import (
    box_of,
    computed,
    enter,
    heard,
    last,
    leave,
    middle,
    picture,
    press,
    scrub,
    step,
    violations,
)
from tests.share import draws, every

VIEWS = ["scatter", "gather", "matrix", "overlap"]
USUAL = 'stride="2" padding="1" output-padding="1"'
FOCUSED = "host => host.shadowRoot.activeElement?.getAttribute('aria-label')"
CELLS = "host => host.shadowRoot.querySelectorAll('[role=gridcell]').length"


def keys(player, *names):
    """Press keys, and return the name of what has the focus then."""
    for name in names:
        player.page.keyboard.press(name)
    return player.evaluate(FOCUSED)


def button(player, name):
    return player.get_by_role("button", name=name, exact=True)


def keep(player, cell):
    """Have the page keep a cell: its arrows stay, as after a click."""
    player.evaluate("(host, cell) => host.setAttribute('selection', cell)", cell)


def wrong_in_every_state(player, what, widths=(1280, 390)):
    """Return what axe finds, in light and dark, on a desk and on a phone."""
    page, found = player.page, []
    for scheme, width in product(("light", "dark"), widths):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        player.page.wait_for_function(
            "theme => document.querySelector('deconv-viz').shadowRoot"
            ".querySelector('.player').dataset.theme === theme",
            arg=scheme,
        )
        picture(player)
        found += [(what, scheme, width, *fault) for fault in violations(page)]
    return found


# --- where we are ---------------------------------------------------------------------------------


def test_the_phase_is_named_beside_the_step_and_on_the_scrubber(mount):
    player = mount(f'{USUAL} step="6"')
    count, slider = player.locator(".count"), player.get_by_role("slider")
    assert count.inner_text().split("\n") == ["stamp", "step 7 of 16"]
    assert slider.get_attribute("aria-valuetext").startswith("stamp: x[1, 2] = ")
    for width in (1280, 390):
        player.page.set_viewport_size({"width": width, "height": 900})
        picture(player)
        heights = [middle(player.locator(part).bounding_box())[1] for part in (".count", ".speed")]
        assert abs(heights[0] - heights[1]) < 2, width
    slider.press("End")
    assert count.inner_text().split("\n") == ["give back", "step 16 of 16"]


# --- no violations --------------------------------------------------------------------------------


@pytest.mark.parametrize("view", [*VIEWS, "direct"])
def test_no_view_has_a_violation(mount, view):
    size = 6 if view == "direct" else 3  # which reads the large map
    player = mount(f'{USUAL} input-size="{size}" view="{view}" step="6"')
    found = wrong_in_every_state(player, "as it opens")
    enter(player)
    keys(player, "ArrowRight", "Enter")
    assert player.evaluate(CELLS) > 20
    found += wrong_in_every_state(player, "cell by cell")
    assert player.evaluate(CELLS) > 20
    leave(player)
    press(player, "Show as table")
    assert player.locator("table").count() >= 3
    found += wrong_in_every_state(player, "as a table")
    assert found == []


def ask_soon(player):
    """Go to the step before the first that is asked about."""
    for to in range(last(player)):
        scrub(player, to)
        press(player, "Step forward")
        if player.locator(".ask:visible form").is_visible():
            return
    pytest.fail("nothing is asked")


@pytest.mark.parametrize("view", VIEWS)
def test_no_prediction_has_a_violation(mount, view):
    player = mount(f'{USUAL} view="{view}" predict')
    found = wrong_in_every_state(player, "the size", [1280])
    press(player, "Skip")
    ask_soon(player)
    for number in range(3):
        assert player.locator(".ask:visible form").is_visible()
        found += wrong_in_every_state(player, f"question {number}", [1280])
        press(player, "Skip")
        found += wrong_in_every_state(player, f"answer {number}", [1280])
        press(player, "Step forward")
    assert found == []


@pytest.mark.parametrize("exercise", ["stamp", "zeros", "row"])
def test_no_exercise_has_a_violation(mount, exercise):
    player = mount(f'{USUAL} exercise="{exercise}"')
    found = wrong_in_every_state(player, "as it opens")
    press(player, "Show me")
    enter(player)
    keys(player, "ArrowRight", "Enter")
    found += wrong_in_every_state(player, "a cell chosen")
    while button(player, "Show me").is_visible():
        press(player, "Show me")
    assert "at the first try" in player.locator(".ask:visible [role=status]").inner_text()
    found += wrong_in_every_state(player, "done")
    assert found == []


# --- by keys --------------------------------------------------------------------------------------


def test_cells_are_visited_named_and_kept_by_keys(mount):
    player = mount(f'{USUAL} step="5"')
    sheet = player.locator(".sheet").first
    assert sheet.get_attribute("role") == "img"
    assert sheet.get_attribute("aria-label").startswith("Each input stamps")
    enter(player)
    assert sheet.get_attribute("role") == "group"
    assert player.evaluate(FOCUSED) == "row 0, column 0, x[0, 0], value 1, reaches 4 outputs"
    assert keys(player, "ArrowDown", "ArrowRight").startswith("row 1, column 1, x[1, 1], value 2")
    assert keys(player, "Tab").startswith("row 0, column 0, w[0, 0]")
    assert keys(player, "Control+ArrowRight", "Control+ArrowRight", "ArrowDown", "ArrowDown",
                 "ArrowRight", "ArrowRight") == (
        "row 2, column 2, y[1, 1], value 9, 4 contributions, written in this step"
    )  # fmt: skip
    assert player.locator(".why strong").inner_text() == "y[1, 1] = 9 ="
    assert player.locator(".why .chip").count() == 4
    pointed = picture(player)
    keys(player, "Enter")
    assert heard(player, "selection") == {"kind": "y", "index": [1, 1]}
    aloud = player.locator(".story [role=status]")
    assert "y[1, 1] = 9 = x[0, 0]·w[2, 2]: 1 · 1; " in aloud.text_content()
    keys(player, "Escape")
    assert sheet.get_attribute("role") == "img"
    assert player.evaluate(CELLS) == 0
    assert heard(player, "selection") is not None
    keys(player, "Escape")
    assert heard(player, "selection") is None
    assert "y[1, 1] = 9" not in aloud.text_content()
    player.page.mouse.move(*middle(box_of(player, "y", 2, 2)))
    assert picture(player) == pointed, "pointing lights what keys light"


def test_a_map_with_gaps_names_its_zeros(mount):
    player = mount(f'{USUAL} view="gather" step="12"')
    enter(player)
    names = [player.evaluate(FOCUSED)]
    names += [keys(player, "ArrowDown"), keys(player, "ArrowRight"), keys(player, "ArrowRight")]
    assert [name.split(", ", 2)[2] for name in names] == [
        "value 0, border zero",
        "value 0, border zero",
        "x[0, 0], value 1, reaches 4 outputs",
        "value 0, inserted zero",
    ]
    assert "inserted zero" in player.locator(".why").inner_text()


def test_a_cropped_cell_says_so(mount):
    player = mount(f'{USUAL} step="15"')
    enter(player)
    name = keys(player, *["Control+ArrowRight"] * 3)
    assert name.startswith("row 0, column 0, y[−1, −1]")
    assert name.endswith("cropped")
    assert player.locator(".why strong").inner_text().startswith("cropped cell [−1, −1] = 1")


def test_large_pictures_make_few_cells(mount):
    player = mount('input-size="64" kernel-size="4" stride="2" padding="1" step="900"')
    enter(player)
    assert player.evaluate(CELLS) < 1200
    for names in (
        ["Control+End"],
        ["Control+Home"],
        ["ArrowRight"] * 20,
        ["End"],
        ["ArrowDown"] * 9,
    ):
        assert keys(player, *names)
    assert player.evaluate(FOCUSED).startswith("row 9, column 63, x[9, 63]")
    assert player.evaluate(CELLS) < 1200


@pytest.mark.parametrize("attributes", ["predict", 'exercise="zeros"', 'exercise="stamp"'])
def test_tab_reaches_everything_in_every_mode(mount, attributes):
    player = mount(f"{USUAL} {attributes}")
    press(player, "Show as table")
    player.page.locator("body").click(position={"x": 2, "y": 2})
    for _ in range(120):
        player.page.keyboard.press("Tab")
        reached = player.evaluate("""host => {
            host.reached ??= new Set();
            const focused = host.shadowRoot.activeElement;
            if (focused) host.reached.add(focused);
            return focused !== null;
        }""")
        if not reached and player.evaluate("host => host.reached.size"):
            break
    missed = player.evaluate("""host => [...host.shadowRoot.querySelectorAll(
            "button, input, select, textarea, [tabindex='0']")]
        .filter((one) => one.checkVisibility() && !one.disabled && !host.reached.has(one))
        .filter((one) => one.type !== "radio" || one.checked)
        .map((one) => one.outerHTML.slice(0, 120))""")
    assert missed == []


# --- why ------------------------------------------------------------------------------------------


def test_the_line_never_makes_the_page_jump(mount):
    player = mount(f'{USUAL} input-size="5" kernel-size="5" step="20"')
    page, why = player.page, player.locator(".why")
    height = "host => host.shadowRoot.querySelector('.player').getBoundingClientRect().height"
    for width in (1280, 760, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.mouse.move(0, 0)
        picture(player)
        before = player.evaluate(height)
        for panel, row, col in [("y", 3, 3), ("x", 2, 2), ("w", 1, 1), ("y", 0, 1)]:
            page.mouse.move(*middle(box_of(player, panel, row, col)))
            assert why.inner_text().strip()
            assert player.evaluate(height) == before, (width, panel, row, col)
            assert why.evaluate("why => why.scrollHeight <= why.clientHeight + 1")


def test_a_long_line_opens_and_closes(mount):
    player = mount(f'{USUAL} input-size="5" kernel-size="5" step="20"', width=760)
    keep(player, "w:1,1")
    more = player.locator(".why .more")
    shown = player.locator(".why .chip:visible").count()
    count = 25
    assert more.inner_text() == f"and {count - shown} more"
    more.focus()
    keys(player, "Enter")
    assert player.locator(".why .chip:visible").count() == count
    assert more.inner_text() == "fewer"
    keys(player, "Enter")
    assert player.locator(".why .chip:visible").count() == shown


def test_a_chip_lights_its_three_cells_alone(mount):
    player = mount(f'{USUAL} step="5"', width=760)
    keep(player, "y:1,1")
    all_lit = picture(player)
    chip = player.locator(".why .chip").nth(1)
    chip.hover()
    alone = picture(player)
    assert alone != all_lit
    player.page.mouse.move(5, 5)
    assert picture(player) == all_lit
    chip.focus()
    assert picture(player) == alone


def test_channels_and_bias_are_named(mount):
    data = 'input="[[[1,2],[3,4]],[[5,6],[7,8]]]" weight="[[[1,0],[0,1]],[[2,0],[0,2]]]"'
    player = mount(f'{data} input-size="2" kernel-size="2" bias="0.5" step="9"')
    keep(player, "y:1,1")
    text = " ".join(player.locator(".why").text_content().split())
    value = computed(player)[3][1, 1]
    assert f"y[1, 1] = {value:g}" in text
    assert [part for part in ("(channel 0)", "(channel 1)", "bias 0.5") if part not in text] == []
    keep(player, "x:0,1")
    assert player.locator(".why strong").inner_text().startswith("x[:, 0, 1] = 2, 6 reaches 8")


# --- predict --------------------------------------------------------------------------------------


def answer(player):
    """Return the output that the next step of the gather view will show."""
    shape, asked = computed(player)[3], re.search(r"y\[(\d+), (\d+)\]", question(player))
    return f"{shape[int(asked[1]), int(asked[2])]:g}"


def question(player):
    return player.locator(".ask:visible .question").inner_text()


def test_prediction_by_keys_in_the_gather_view(mount):
    player = mount(f'{USUAL} view="gather" step="10"')
    button(player, "Predict").focus()
    keys(player, "Enter")
    player.locator(".sheet").first.focus()
    seen = 0
    for _ in range(4):
        at = step(player)
        keys(player, "ArrowRight")
        assert step(player) == at, "asked first"
        is_value = "What is the next output" in question(player)
        player.page.keyboard.type(answer(player) if is_value else "-1")
        keys(player, "Enter")
        assert step(player) == at + 1
        verdict = player.locator(".ask:visible .verdict").inner_text()
        seen += is_value
        assert verdict.startswith("Yes, " if is_value else "You said -1; it is ")
        assert len(verdict) > 30, "and why"
    assert player.locator(".ask:visible .tally").inner_text() == f"{seen} of 4 seen coming"
    keys(player, "ArrowRight", "ArrowRight")
    assert step(player) == 15, "one key skips"
    assert player.locator(".ask:visible .verdict").inner_text().startswith("It is ")
    assert player.locator(".ask:visible .tally").inner_text() == f"{seen} of 4 seen coming"


def test_a_stamp_is_predicted_on_the_canvas_by_keys_and_by_touch(mount):
    player = mount(f'{USUAL} step="3" predict', has_touch=True)
    player.locator(".sheet").first.focus()
    keys(player, "ArrowRight")
    assert (
        "Where does the next stamp land, that of x[1, 0]?"
        in player.locator(".ask:visible").inner_text()
    )
    keys(player, "Enter", *["Control+ArrowRight"] * 3, "ArrowDown", "ArrowDown", "Enter")
    assert (
        player.locator(".ask:visible .verdict")
        .inner_text()
        .startswith("Yes, the cropped cell [1, −1].")
    )
    assert "row 2·1 + 1·0 − 1 = 1" in player.locator(".ask:visible .verdict").inner_text()
    keys(player, "Escape")
    scrub(player, 6)
    player.locator(".sheet").first.focus()
    keys(player, "ArrowRight")
    player.page.touchscreen.tap(*middle(box_of(player, "y", 1, 1)))
    assert (
        player.locator(".ask:visible .verdict").inner_text().startswith("You said y[0, 0]; it is ")
    )
    assert step(player) == 7


def test_the_size_is_asked_at_the_start_and_hidden_until_told(mount):
    player = mount(f"{USUAL} predict")
    assert (
        player.locator(".ask:visible .question").inner_text() == "What size will the output have?"
    )
    assert not player.locator(".size").is_visible()
    assert not player.locator(".sentence").is_visible()
    player.locator(".ask:visible input").fill("7")
    keys(player, "Enter")
    assert "You said 7; it is 6 × 6." in player.locator(".ask:visible .verdict").inner_text()
    assert "(3 − 1)·2 − 1 − 1 + 3 + 1 = 6" in player.locator(".ask:visible .verdict").inner_text()
    assert player.locator(".size").is_visible()


def test_what_made_a_cell_is_not_told_before_the_answer(mount):
    player = mount(f'{USUAL} step="6" predict')
    keep(player, "y:1,3")
    assert player.locator(".why .chip").count() > 0
    press(player, "Step forward")
    assert player.locator(".why .chip").count() == 0
    assert player.locator(".stage:visible").count() == 1
    press(player, "Skip")
    assert player.locator(".why .chip").count() > 0


# --- your turn ------------------------------------------------------------------------------------


def place(player, panel, row, col):
    """Go to a cell by keys alone and press Enter there."""
    for _ in range(6):
        found = player.evaluate("""host => {
            const { panel, row, col } = host.shadowRoot.activeElement?.dataset ?? {};
            return panel ? [panel, Number(row), Number(col)] : null;
        }""")
        if found is None:
            enter(player)
        elif found[0] != panel:
            keys(player, "Control+ArrowRight")
        else:
            break
    down, right = row - found[1], col - found[2]
    keys(player, *["ArrowDown" if down > 0 else "ArrowUp"] * abs(down))
    keys(player, *["ArrowRight" if right > 0 else "ArrowLeft"] * abs(right), "Enter")


def verdict(player):
    return player.locator(".ask:visible .verdict").inner_text()


def test_the_products_of_a_stamp_are_placed_by_keys(mount):
    player = mount(f'{USUAL} exercise="stamp"')
    assert "x[1, 1]·w[0, 0] = 2·1 = 2" in player.locator(".ask:visible .question").inner_text()
    place(player, "y", 0, 0)
    assert verdict(player) == "This stamp does not reach that cell. Try again."
    place(player, "y", 2, 3)
    assert verdict(player) == "That is where tap [0, 1] of this stamp lands. Try again."
    for row in range(3):
        for col in range(3):
            place(player, "y", 2 + row, 2 + col)
            assert verdict(player).startswith(f"Right. It lands on y[{1 + row}, {1 + col}]: ")
    assert "row 2·1 + 1·2 − 1 = 3, column 2·1 + 1·2 − 1 = 3" in verdict(player)
    assert verdict(player).endswith("That was the last of 9; 8 at the first try.")


def test_the_zeros_are_placed_by_touch_on_a_phone(mount):
    player = mount(f'{USUAL} exercise="zeros"', width=390, height=844, has_touch=True)

    def tap(row, col):
        box = box_of(player, "map", row, col)
        assert box["width"] >= 24, "large enough for a finger"
        player.page.touchscreen.tap(*middle(box))

    tap(0, 0)
    assert verdict(player).startswith("Not an input. The border adds 1 row of zeros at the top")
    for row in range(3):
        for col in range(3):
            tap(1 + 2 * row, 1 + 2 * col)
            assert verdict(player).startswith("Right. ")
    player.get_by_label("an inserted zero").check()
    for row, col in [(2, 1), (4, 1), (1, 2), (1, 4)]:
        tap(row, col)
        assert "stride 2" in verdict(player)
    player.get_by_label("a border zero").check()
    for row, col in [(0, 3), (7, 3), (3, 0), (3, 7)]:
        tap(row, col)
        assert "border adds" in verdict(player)
    assert verdict(player).endswith("That was the last of 17; 16 at the first try.")


def test_a_row_of_the_matrix_is_written_with_hints_and_help(mount):
    player = mount('input-size="2" exercise="row"')
    assert "Row 2 of C belongs to x[1, 0]" in player.locator(".ask:visible .question").inner_text()
    press(player, "Hint")
    assert verdict(player).startswith("Which output does w carry x[1, 0] to?")
    place(player, "c", 0, 0)
    assert "no tap takes x[1, 0] there, so C holds 0" in verdict(player)
    place(player, "c", 0, 4)
    assert verdict(player).startswith("Right. Column 4 is y[1, 0]: o = stride·i")
    for _ in range(8):
        press(player, "Show me")
    assert verdict(player).endswith("That was the last of 9; 0 at the first try.")
    press(player, "Start again")
    assert "Row 3 of C belongs to x[1, 1]" in player.locator(".ask:visible .question").inner_text()
    press(player, "Close")
    assert heard(player, "exercise") == ""
    assert player.evaluate("host => host.shadowRoot.activeElement.textContent") == "Your turn"


# --- one step, one picture ------------------------------------------------------------------------


@pytest.mark.parametrize("view", VIEWS)
def test_whatever_was_asked_leaves_no_trace_in_the_picture(mount, view):
    attributes = 'input-size="2" kernel-size="3" stride="2" padding="1"'
    player = mount(f'{attributes} view="{view}"', reduced_motion="reduce")
    half = last(player) // 2
    fresh = mount(f'{attributes} view="{view}" step="{half}"', reduced_motion="reduce")
    expected = picture(fresh)
    scrub(player, half)
    assert picture(player) == expected
    enter(player)
    keys(player, "ArrowRight", "Tab", "Enter", "Enter", "Escape")
    assert picture(player) == expected
    for name in ("Predict", "Your turn"):
        press(player, name)
        assert button(player, name).get_attribute("aria-pressed") == "true"
        press(player, name)
        assert picture(player) == expected, name


@pytest.mark.parametrize("exercise", ["stamp", "zeros", "row"])
def test_what_cannot_be_practised_with_three_axes_says_why(mount, exercise):
    player = mount(f'kernel-size="2,2,2" input-size="2" exercise="{exercise}"')
    assert player.get_by_text("With three axes only products can be placed").is_visible()
    assert button(player, "Hint").is_visible() == (exercise == "stamp")
    assert button(player, "zeros").is_disabled()
    press(player, "products")
    assert player.get_by_text("On which canvas cell does").is_visible()
    press(player, "Close")
    assert not player.locator(".ask").last.is_visible()
    press(player, "More")
    press(player, "2-D")
    press(player, "Your turn")
    assert not player.get_by_text("With three axes").is_visible()
    assert button(player, "zeros").is_enabled()


# --- nothing breaks, nothing stays ----------------------------------------------------------------

FUZZ = (Path(__file__).parent / "fuzz.js").read_text(encoding="utf-8").rstrip(";\n")


CONTROLS = {
    *("Play", "Step forward", "Scatter", "Gather", "Matrix", "Overlap", "second view"),
    *("stride", "padding", "output_padding", "input channels", "groups", "output channel", "bias"),
    *(
        "Known layers",
        "More",
        "Per axis",
        "1-D",
        "3-D",
        "Edit cells",
        "Paste … input",
        "kernel numbers",
    ),
    *(
        "Predict",
        "Check",
        "Your turn",
        "Hint",
        "Show as table",
        "Share",
        "Present",
        "Keys and colours",
    ),
}


@pytest.mark.parametrize(
    ("moves", "width", "controls"), every(2, [(400, 760, set()), (2000, 1280, CONTROLS)])
)
@pytest.mark.exhaustive
def test_moves_over_all_controls_leave_a_whole_player(mount, moves, width, controls):
    player = mount(USUAL, width=width)
    found = player.page.evaluate(f"({FUZZ})({moves}, {width})")
    assert found["faults"] == []
    assert found["moves"] == moves
    assert len(found["kinds"]) >= 6, found["kinds"]
    assert controls - set(found["touched"]) == set()


@pytest.mark.exhaustive
def test_many_players_come_and_go_and_leave_nothing(mount):
    player = mount(USUAL)
    page = player.page
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable")

    kinds = ("Nodes", "JSEventListeners", "Documents")

    def counted():
        for _ in range(3):
            devtools.send("HeapProfiler.collectGarbage")
        metrics = devtools.send("Performance.getMetrics")["metrics"]
        return {entry["name"]: entry["value"] for entry in metrics if entry["name"] in kinds}

    def settled():
        """Count until two counts agree: what is under way goes with the next frames."""
        before, now = None, counted()
        while now != before:
            page.evaluate("new Promise(requestAnimationFrame)")
            before, now = now, counted()
        return now

    come_and_go = """async (times) => {
        for (let time = 0; time < times; time += 1) {
            const one = document.createElement("deconv-viz");
            for (const [name, value] of [["stride", "2"], ["step", "5"], ["predict", ""]])
                one.setAttribute(name, value);
            document.body.append(one);
            if (time % 10 === 0) {
                const sheet = one.shadowRoot.querySelector(".sheet");
                one.shadowRoot.querySelector("button.forward").click();
                sheet.focus();
                sheet.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));
                if (!sheet.querySelector("[role=gridcell]")) throw new Error("no cells");
                await new Promise(requestAnimationFrame);
            }
            one.remove();
        }
    }"""
    page.evaluate(come_and_go, 20)
    before = settled()
    page.evaluate(come_and_go, draws(100))
    after = settled()
    for name in kinds:
        assert after[name] - before[name] <= 20, (name, before[name], after[name])
