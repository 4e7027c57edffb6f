"""Ask the player, and answer it: by keys, by touch, by screen reader, in every view and mode."""

from pathlib import Path

import pytest

from tests.browser.reading import HOST, picture, state

ROOT = Path(__file__).parents[2]
SCRIPTS = [
    (ROOT / "deconvviz" / "static" / name).read_text(encoding="utf-8")
    for name in ("deconvviz.js", "deconvviz-extra.js")
]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
VIEWS = ["scatter", "gather", "matrix", "overlap"]
USUAL = 'stride="2" padding="1" output-padding="1"'
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A player</title>
<style>body {{ margin: 16px; background: {page}; color: {text} }}</style></head>
<body><main><h1>A player</h1>{players}</main></body></html>"""
COLOURS = {"light": ("#ffffff", "#111111"), "dark": ("#14171c", "#eeeeee")}
FOCUSED = "host => host.shadowRoot.activeElement?.getAttribute('aria-label')"
CELLS = "host => host.shadowRoot.querySelectorAll('[role=gridcell]').length"


@pytest.fixture
def mount(open_page):
    """Give players on a bare page: mount(attributes, scheme=..., width=...) -> locator."""
    visits = []

    def mount(attributes, scheme="light", width=1280, height=900, **options):
        viewport = {"width": width, "height": height}
        visit = open_page(viewport=viewport, color_scheme=scheme, **options)
        page, text = COLOURS[scheme]
        players = f"<deconv-viz {attributes}></deconv-viz>"
        visit.page.set_content(PAGE.format(page=page, text=text, players=players))
        for script in SCRIPTS:
            visit.page.add_script_tag(content=script)
        visits.append(visit)
        return visit.page.locator(HOST)

    yield mount
    for visit in visits:
        assert visit.errors == []
        assert visit.external == []


def violations(player):
    player.page.evaluate(AXE.read_text(encoding="utf-8"))
    return player.page.evaluate("""async () => (await axe.run(document)).violations
        .map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 120))])""")


def inspect(player):
    player.locator(".sheet").first.focus()
    player.page.keyboard.press("Enter")


def press(player, *keys):
    for key in keys:
        player.page.keyboard.press(key)
    return player.evaluate(FOCUSED)


def button(player, name):
    return player.get_by_role("button", name=name, exact=True)


# --- where we are ---------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [1280, 390])
def test_the_phase_is_named_beside_the_step_and_on_the_scrubber(mount, width):
    player = mount(f'{USUAL} step="6"', width=width)
    count, slider = player.locator(".count"), player.get_by_role("slider")
    assert count.inner_text().split("\n") == ["stamps", "step 7 of 16"]
    assert slider.get_attribute("aria-valuetext").startswith("stamps: x[1, 2] = ")
    middles = [
        box["y"] + box["height"] / 2
        for box in (count.bounding_box(), player.locator(".speed").bounding_box())
    ]
    assert abs(middles[0] - middles[1]) < 2
    slider.press("End")
    assert count.inner_text().split("\n") == ["give back", "step 16 of 16"]


# --- no violations --------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_no_view_has_a_violation(mount, view, scheme, width):
    player = mount(f'{USUAL} view="{view}" step="6"', scheme, width)
    assert violations(player) == []
    inspect(player)
    press(player, "ArrowRight", "Enter")
    assert player.evaluate(CELLS) > 20
    assert violations(player) == []
    press(player, "Escape")
    button(player, "Show as table").click()
    assert player.locator("table").count() >= 3
    assert violations(player) == []


ASKING = """({ player }) => {
    const asks = player.trace.phases.find(({ name }) => /scatter|gather|multiply/.test(name));
    player.seek(asks.start - 1);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_no_prediction_has_a_violation(mount, view, scheme):
    player = mount(f'{USUAL} view="{view}" predict', scheme)
    assert violations(player) == []
    button(player, "Skip").click()
    player.evaluate(ASKING)
    for _ in range(3):
        button(player, "Step forward").click()
        assert player.locator(".ask:visible form").is_visible()
        assert violations(player) == []
        button(player, "Skip").click()
        assert violations(player) == []


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("exercise", ["stamp", "zeros", "row"])
def test_no_exercise_has_a_violation(mount, exercise, scheme, width):
    player = mount(f'{USUAL} exercise="{exercise}"', scheme, width)
    assert violations(player) == []
    button(player, "Show me").click()
    inspect(player)
    press(player, "ArrowRight", "Enter")
    assert violations(player) == []
    while button(player, "Show me").is_visible():
        button(player, "Show me").click()
    assert "at the first try" in player.locator(".ask:visible [role=status]").inner_text()
    assert violations(player) == []


# --- by keys --------------------------------------------------------------------------------------


def test_cells_are_visited_named_and_kept_by_keys(mount):
    player = mount(f'{USUAL} step="5"')
    sheet = player.locator(".sheet").first
    assert sheet.get_attribute("role") == "img"
    assert sheet.get_attribute("aria-label").startswith("Each input stamps")
    inspect(player)
    assert sheet.get_attribute("role") == "group"
    assert player.evaluate(FOCUSED) == "row 0, column 0, x[0, 0], value 1, reaches 4 outputs"
    assert press(player, "ArrowDown", "ArrowRight").startswith("row 1, column 1, x[1, 1], value 2")
    assert press(player, "Tab").startswith("row 0, column 0, w[0, 0]")
    assert press(player, "Control+ArrowRight", "Control+ArrowRight", "ArrowDown", "ArrowDown",
                 "ArrowRight", "ArrowRight") == (
        "row 2, column 2, y[1, 1], value 9, 4 contributions, written in this step"
    )  # fmt: skip
    assert player.locator(".why strong").inner_text() == "y[1, 1] = 9 ="
    assert player.locator(".why .chip").count() == 4
    pointed = picture(player)
    press(player, "Enter")
    assert state(player, "selection") == {"kind": "y", "index": [1, 1]}
    assert "1 · 1" in player.locator(".story [role=status]").text_content()
    press(player, "Escape")
    assert sheet.get_attribute("role") == "img"
    assert player.evaluate(CELLS) == 0
    assert state(player, "selection") is not None
    press(player, "Escape")
    assert state(player, "selection") is None
    box = sheet.bounding_box()
    cell = player.evaluate("""host => {
        const { boxes } = host.player.stage.layout;
        const { x, y, cell, tall } = boxes.find(({ panel }) => panel.id === "y");
        return [x + 2.5 * cell, y + 2.5 * tall];
    }""")
    player.page.mouse.move(box["x"] + cell[0], box["y"] + cell[1])
    assert picture(player) == pointed, "pointing lights what keys light"


def test_a_map_with_gaps_names_its_zeros(mount):
    player = mount(f'{USUAL} view="gather" step="12"')
    inspect(player)
    names = [player.evaluate(FOCUSED)]
    names += [press(player, "ArrowDown"), press(player, "ArrowRight"), press(player, "ArrowRight")]
    assert [name.split(", ", 2)[2] for name in names] == [
        "value 0, border zero",
        "value 0, border zero",
        "x[0, 0], value 1, reaches 4 outputs",
        "value 0, inserted zero",
    ]
    assert "inserted zero" in player.locator(".why").inner_text()


def test_a_cropped_cell_says_so(mount):
    player = mount(f'{USUAL} step="15"')
    inspect(player)
    name = press(player, *["Control+ArrowRight"] * 3)
    assert name.startswith("row 0, column 0, y[−1, −1]")
    assert name.endswith("cropped")
    assert player.locator(".why strong").inner_text().startswith("cropped cell [−1, −1] = 1")


def test_large_pictures_make_few_cells(mount):
    player = mount('input-size="64" kernel-size="4" stride="2" padding="1" step="900"')
    inspect(player)
    assert player.evaluate(CELLS) < 1200
    for keys in (
        ["Control+End"],
        ["Control+Home"],
        ["ArrowRight"] * 20,
        ["End"],
        ["ArrowDown"] * 9,
    ):
        assert press(player, *keys)
    assert player.evaluate(FOCUSED).startswith("row 9, column 63, x[9, 63]")
    assert player.evaluate(CELLS) < 1200


@pytest.mark.parametrize("attributes", ["predict", 'exercise="zeros"', 'exercise="stamp"'])
def test_tab_reaches_everything_in_every_mode(mount, attributes):
    player = mount(f"{USUAL} {attributes}")
    button(player, "Show as table").click()
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
    for width in (1280, 760, 390):
        player = mount(f'{USUAL} input-size="5" kernel-size="5" step="20"', width=width)
        height = "host => host.shadowRoot.querySelector('.player').getBoundingClientRect().height"
        before = player.evaluate(height)
        for kind, index in [("y", [2, 2]), ("x", [2, 2]), ("w", [1, 1]), ("y", [-1, 0])]:
            player.evaluate("(host, ref) => host.player.point(ref)", {"kind": kind, "index": index})
            assert player.evaluate(height) == before
            why = player.locator(".why")
            assert why.evaluate("why => why.scrollHeight <= why.clientHeight + 1")


def test_a_long_line_opens_and_closes(mount):
    player = mount(f'{USUAL} input-size="5" kernel-size="5" step="20"', width=760)
    player.evaluate("host => host.player.pin({ kind: 'w', index: [1, 1] })")
    more = player.locator(".why .more")
    shown = player.locator(".why .chip:visible").count()
    count = 25
    assert more.inner_text() == f"and {count - shown} more"
    more.focus()
    press(player, "Enter")
    assert player.locator(".why .chip:visible").count() == count
    assert more.inner_text() == "fewer"
    press(player, "Enter")
    assert player.locator(".why .chip:visible").count() == shown


def test_a_chip_lights_its_three_cells_alone(mount):
    player = mount(f'{USUAL} step="5"', width=760)
    player.evaluate("host => host.player.pin({ kind: 'y', index: [1, 1] })")
    all_lit = picture(player)
    chip = player.locator(".why .chip").nth(1)
    chip.hover()
    alone = picture(player)
    assert alone != all_lit
    product = player.evaluate("({ player }) => player.spotted")
    assert (product["source"], product["tap"], product["target"]) == ([0, 1], [2, 0], [1, 1])
    player.page.mouse.move(5, 5)
    assert picture(player) == all_lit
    chip.focus()
    assert picture(player) == alone


def test_channels_and_bias_are_named(mount):
    data = 'input="[[[1,2],[3,4]],[[5,6],[7,8]]]" weight="[[[1,0],[0,1]],[[2,0],[0,2]]]"'
    player = mount(f'{data} input-size="2" kernel-size="2" bias="0.5" step="99"')
    player.evaluate("host => host.player.pin({ kind: 'y', index: [1, 1] })")
    text = " ".join(player.locator(".why").text_content().split())
    value = player.evaluate("({ player: { trace } }) => trace.output[4]")
    assert f"y[1, 1] = {value:g}" in text
    assert [part for part in ("(channel 0)", "(channel 1)", "bias 0.5") if part not in text] == []
    player.evaluate("host => host.player.pin({ kind: 'x', index: [0, 1] })")
    assert player.locator(".why strong").inner_text().startswith("x[:, 0, 1] = 2, 6 reaches 8")


# --- predict --------------------------------------------------------------------------------------


def answer(player):
    """Return what the next step will show, from the trace."""
    return player.evaluate("""({ player: { trace, state } }) => {
        const step = trace.step(state.step + 1);
        return step.value;
    }""")


def test_prediction_by_keys_in_the_gather_view(mount):
    player = mount(f'{USUAL} view="gather" step="10"')
    button(player, "Predict").focus()
    press(player, "Enter")
    player.locator(".sheet").first.focus()
    seen = 0
    for _ in range(4):
        at = state(player, "step")
        press(player, "ArrowRight")
        assert state(player, "step") == at, "asked first"
        question = player.locator(".ask:visible .question").inner_text()
        is_value = "What is the next output" in question
        player.page.keyboard.type(str(answer(player)) if is_value else "-1")
        press(player, "Enter")
        assert state(player, "step") == at + 1
        verdict = player.locator(".ask:visible .verdict").inner_text()
        seen += is_value
        assert verdict.startswith("Yes, " if is_value else "You said -1; it is ")
        assert len(verdict) > 30, "and why"
    assert player.locator(".ask:visible .tally").inner_text() == f"{seen} of 4 seen coming"
    press(player, "ArrowRight", "ArrowRight")
    assert state(player, "step") == 15, "one key skips"
    assert player.locator(".ask:visible .verdict").inner_text().startswith("It is ")
    assert player.locator(".ask:visible .tally").inner_text() == f"{seen} of 4 seen coming"


def test_a_stamp_is_predicted_on_the_canvas_by_keys_and_by_touch(mount):
    player = mount(f'{USUAL} step="3" predict', has_touch=True)
    player.locator(".sheet").first.focus()
    press(player, "ArrowRight")
    assert (
        "Where does the next stamp land, that of x[1, 0]?"
        in player.locator(".ask:visible").inner_text()
    )
    press(player, "Enter", *["Control+ArrowRight"] * 3, "ArrowDown", "ArrowDown", "Enter")
    assert (
        player.locator(".ask:visible .verdict")
        .inner_text()
        .startswith("Yes, the cropped cell [1, −1].")
    )
    assert "row 2·1 + 1·0 − 1 = 1" in player.locator(".ask:visible .verdict").inner_text()
    press(player, "Escape")
    player.evaluate("host => host.player.seek(6)")
    press(player, "ArrowRight")
    box = player.locator(".sheet").first.bounding_box()
    place = player.evaluate("""({ player: { stage } }) => {
        const { x, y, cell, tall } = stage.layout.boxes.find(({ panel }) => panel.id === "y");
        return [x + 1.5 * cell, y + 1.5 * tall];
    }""")
    player.page.touchscreen.tap(box["x"] + place[0], box["y"] + place[1])
    assert (
        player.locator(".ask:visible .verdict").inner_text().startswith("You said y[0, 0]; it is ")
    )
    assert state(player, "step") == 7


def test_the_size_is_asked_at_the_start_and_hidden_until_told(mount):
    player = mount(f"{USUAL} predict")
    assert (
        player.locator(".ask:visible .question").inner_text() == "What size will the output have?"
    )
    assert not player.locator(".size").is_visible()
    assert not player.locator(".sentence").is_visible()
    player.locator(".ask:visible input").fill("7")
    press(player, "Enter")
    assert "You said 7; it is 6 × 6." in player.locator(".ask:visible .verdict").inner_text()
    assert "2·(3 − 1) + 3 − 1 − 1 + 1 = 6" in player.locator(".ask:visible .verdict").inner_text()
    assert player.locator(".size").is_visible()


def test_what_made_a_cell_is_not_told_before_the_answer(mount):
    player = mount(f'{USUAL} step="6" predict')
    player.evaluate("host => host.player.pin({ kind: 'y', index: [1, 3] })")
    assert player.locator(".why .chip").count() > 0
    button(player, "Step forward").click()
    assert player.locator(".why .chip").count() == 0
    assert player.locator(".stage:visible").count() == 1
    button(player, "Skip").click()
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
            inspect(player)
        elif found[0] != panel:
            press(player, "Control+ArrowRight")
        else:
            break
    down, right = row - found[1], col - found[2]
    press(player, *["ArrowDown" if down > 0 else "ArrowUp"] * abs(down))
    press(player, *["ArrowRight" if right > 0 else "ArrowLeft"] * abs(right), "Enter")


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
        player.locator(".sheet").first.scroll_into_view_if_needed()
        box = player.locator(".sheet").first.bounding_box()
        x, y, side = player.evaluate(
            """({ player: { stage } }, [row, col]) => {
            const box = stage.layout.boxes.find(({ panel }) => panel.id === "map");
            return [box.x + (col + 0.5) * box.cell, box.y + (row + 0.5) * box.tall, box.cell];
        }""",
            [row, col],
        )
        assert side >= 24, "large enough for a finger"
        player.page.touchscreen.tap(box["x"] + x, box["y"] + y)

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
    button(player, "Hint").click()
    assert verdict(player).startswith("Which output does w carry x[1, 0] to?")
    place(player, "c", 0, 0)
    assert "no tap takes x[1, 0] there, so C holds 0" in verdict(player)
    place(player, "c", 0, 4)
    assert verdict(player).startswith("Right. Column 4 is y[1, 0]: o = stride·i")
    for _ in range(8):
        button(player, "Show me").click()
    assert verdict(player).endswith("That was the last of 9; 0 at the first try.")
    button(player, "Start again").click()
    assert "Row 3 of C belongs to x[1, 1]" in player.locator(".ask:visible .question").inner_text()
    button(player, "Close").click()
    assert state(player, "exercise") == ""
    assert player.evaluate("host => host.shadowRoot.activeElement.textContent") == "Your turn"


# --- one step, one picture ------------------------------------------------------------------------


@pytest.mark.parametrize("view", VIEWS)
def test_whatever_was_asked_leaves_no_trace_in_the_picture(mount, view):
    attributes = 'input-size="2" kernel-size="3" stride="2" padding="1"'
    player = mount(f'{attributes} view="{view}"', reduced_motion="reduce")
    steps = player.evaluate("host => host.player.trace.length")
    pictures = []
    for step in range(steps):
        player.evaluate("(host, step) => host.player.seek(step)", step)
        pictures.append(picture(player))
    back = []
    for _ in range(steps):
        back.append(picture(player))
        player.evaluate("host => host.player.move(-1)")
    assert back[::-1] == pictures
    fresh = mount(f'{attributes} view="{view}" step="{steps // 2}"', reduced_motion="reduce")
    assert picture(fresh) == pictures[steps // 2]
    player.evaluate("(host, step) => host.player.seek(step)", steps // 2)
    inspect(player)
    press(player, "ArrowRight", "Tab", "Enter", "Enter", "Escape")
    assert picture(player) == pictures[steps // 2]
    for name in ("Predict", "Your turn"):
        button(player, name).click()
        assert button(player, name).get_attribute("aria-pressed") == "true"
        button(player, name).click()
        assert picture(player) == pictures[steps // 2], name


@pytest.mark.parametrize("exercise", ["stamp", "zeros", "row"])
def test_what_cannot_be_practised_with_three_axes_says_why(mount, exercise):
    player = mount(f'kernel-size="2,2,2" input-size="2" exercise="{exercise}"')
    assert player.get_by_text("With three axes only products can be placed").is_visible()
    assert button(player, "Hint").is_visible() == (exercise == "stamp")
    assert button(player, "zeros").is_disabled()
    button(player, "products").click()
    assert player.get_by_text("On which canvas cell does").is_visible()
    button(player, "Close").click()
    assert not player.locator(".ask").last.is_visible()
    button(player, "More").click()
    button(player, "2-D").click()
    button(player, "Your turn").click()
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
    ("moves", "width", "controls"), [(2000, 1280, CONTROLS), (400, 760, set())]
)
def test_moves_over_all_controls_leave_a_whole_player(mount, moves, width, controls):
    player = mount(USUAL, width=width)
    found = player.page.evaluate(f"({FUZZ})({moves}, {width})")
    assert found["faults"] == []
    assert found["moves"] == moves
    assert len(found["kinds"]) >= 6, found["kinds"]
    assert controls - set(found["touched"]) == set()


def test_a_thousand_players_come_and_go_and_leave_nothing(mount):
    player = mount(USUAL)
    page = player.page
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable")

    def counted():
        for _ in range(3):
            devtools.send("HeapProfiler.collectGarbage")
        metrics = devtools.send("Performance.getMetrics")["metrics"]
        return {entry["name"]: entry["value"] for entry in metrics}

    come_and_go = """async (times) => {
        for (let time = 0; time < times; time += 1) {
            const one = document.createElement("deconv-viz");
            for (const [name, value] of [["stride", "2"], ["step", "5"], ["predict", ""]])
                one.setAttribute(name, value);
            document.body.append(one);
            if (time % 10 === 0) {
                const { sheet } = one.player.stage;
                one.player.move(1);
                sheet.focus();
                sheet.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));
                if (!sheet.querySelector("[role=gridcell]")) throw new Error("no cells");
                await new Promise(requestAnimationFrame);
            }
            one.remove();
        }
        await new Promise((done) => setTimeout(done, 100));
    }"""
    page.evaluate(come_and_go, 20)
    before = counted()
    page.evaluate(come_and_go, 1000)
    after = counted()
    for name in ("Nodes", "JSEventListeners", "Documents"):
        assert after[name] - before[name] <= 20, (name, before[name], after[name])
