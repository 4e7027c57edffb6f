"""The stage: every view at every size, what moves and what rests, what is refused."""

from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "deconvviz" / "static"
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A stage</title></head>
<body style="margin: 16px">{players}</body></html>"""
HOST = "deconv-viz"
# A hash of both sheets once nothing moves any more.
AT_REST = """async (host) => {
    const { stage } = host.player;
    while (stage.motion.frame) await new Promise(requestAnimationFrame);
    return stage.sheets.map((sheet) => sheet.toDataURL()).join("|");
}"""
MOVING = "host => host.player.stage.motion.frame !== 0"
# How many pixels of the sheet of cells differ from its first one.
DRAWN = """host => {
    const { width, height } = host.player.stage.sheets[0];
    const pen = host.player.stage.painter.cells;
    const words = new Uint32Array(pen.getImageData(0, 0, width, height).data.buffer);
    return words.filter((word) => word !== words[0]).length / words.length;
}"""
LAST = "host => host.player.seek(Infinity)"
VIEWS = ["scatter", "gather", "matrix", "overlap"]
SHAPES = {
    "3x3 k3 s2": 'input-size="3" kernel-size="3" stride="2"',
    "4x4 k4 s2 p1": 'input-size="4" kernel-size="4" stride="2" padding="1"',
    "2x3 k(3,2) s(2,1)": 'input-size="2,3" kernel-size="3,2" stride="2,1"',
    "1-D": 'input-size="5," kernel-size="3," stride="2,"',
    "1-D, causal": 'input-size="5," kernel-size="4," stride="2," padding="0:2"',
    "16x16": 'input-size="16" kernel-size="3" stride="2"',
    "3-D": 'input-size="2,2,2" kernel-size="2,2,2" stride="2,2,2"',
}


@pytest.fixture
def mount(open_page):
    """Give players on one bare page: mount(*attributes, width=..., **options) -> locator."""
    visits = []

    def mount(*attributes, width=1280, **options):
        visit = open_page(viewport={"width": width, "height": 844}, **options)
        players = "".join(f"<deconv-viz {words}></deconv-viz>" for words in attributes)
        visit.page.set_content(PAGE.format(players=players))
        for name in ("deconvviz.js", "deconvviz-extra.js"):
            visit.page.add_script_tag(content=(STATIC / name).read_text(encoding="utf-8"))
        visits.append(visit)
        return visit.page.locator(HOST)

    yield mount
    for visit in visits:
        assert visit.errors == []
        assert visit.external == []


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("width", [1280, 390])
def test_every_view_draws_every_shape_inside_its_sheet(mount, view, width):
    players = mount(*(f'{words} view="{view}"' for words in SHAPES.values()), width=width)
    for name, player in zip(SHAPES, players.all(), strict=True):
        for step in ("host => host.player.seek(0)", "host => host.player.move(3)", LAST):
            player.evaluate(step)
            assert player.evaluate(DRAWN) > 0.01, f"{name}: a blank stage"
            outside = player.evaluate("""host => {
                const { layout, sheet } = host.player.stage;
                return layout.boxes.filter(({ panel, x, y, cell, tall }) => x < 0 || y < 0
                    || x + panel.cols * cell > sheet.clientWidth + 1
                    || y + panel.rows * tall > sheet.clientHeight + 1).map(({ panel }) => panel.id);
            }""")
            assert outside == [], name


@pytest.mark.parametrize("shape", ["4x4 k4 s2 p1", "1-D, causal"])
@pytest.mark.parametrize("view", VIEWS)
def test_the_picture_at_rest_is_the_same_by_every_path(mount, view, shape):
    attributes = f'{SHAPES[shape]} view="{view}"'
    player, *fresh = mount(attributes, *(f'{attributes} step="{step}"' for step in (5, 0, 3))).all()
    forward = []
    for _ in range(6):
        forward.append(player.evaluate(AT_REST))
        player.evaluate("host => host.player.move(1)")
    assert len(set(forward)) > 3
    player.evaluate(LAST)
    for step, other in zip((5, 0, 3), fresh, strict=True):
        player.evaluate("(host, step) => host.player.seek(step)", step)
        assert player.evaluate(AT_REST) == forward[step]
        assert other.evaluate(AT_REST) == forward[step]


@pytest.mark.parametrize(
    ("view", "step"), [("scatter", 4), ("gather", 8)], ids=["the stamp glides", "the kernel turns"]
)
def test_one_thing_moves_on_the_sheet_of_marks_alone(mount, view, step):
    attributes = f'{SHAPES["3x3 k3 s2"]} view="{view}"'
    player = mount(f'{attributes} step="{step - 1}"')
    assert not player.evaluate(MOVING)
    moving, cells = player.evaluate("""host => {
        const { motion, sheets } = host.player.stage;
        host.player.move(1);
        return [motion.frame !== 0, sheets[0].toDataURL()];
    }""")
    assert moving
    assert player.evaluate(AT_REST).split("|")[0] == cells
    player.evaluate("host => host.player.move(-1)")
    assert not player.evaluate(MOVING), "backward nothing moves"


def test_nothing_moves_for_who_asks_for_calm(mount):
    player = mount(SHAPES["3x3 k3 s2"], reduced_motion="reduce")
    for _ in range(10):
        assert not player.evaluate("""host => {
            host.player.move(1);
            return host.player.stage.motion.frame !== 0;
        }""")


def test_overlap_is_a_view_of_the_scatter_story(mount):
    player = mount(f'{SHAPES["4x4 k4 s2 p1"]} view="overlap"')
    assert player.evaluate("host => [host.player.state.view, host.player.trace.view]") == [
        "overlap",
        "scatter",
    ]
    pressed = player.locator('.views [aria-pressed="true"]')
    assert pressed.inner_text() == "Overlap"
    player.evaluate("host => host.setAttribute('view', 'scatter')")
    assert pressed.inner_text() == "Scatter"


def test_a_matrix_too_large_to_draw_is_refused_in_words(mount):
    player = mount('input-size="64" kernel-size="3" stride="2"')
    player.get_by_role("button", name="Matrix", exact=True).click()
    alert = player.get_by_role("alert").filter(has_text="matrix")
    assert "68161536 entries" in alert.inner_text()
    assert player.evaluate("host => host.player.trace.view") == "scatter"
    assert player.evaluate(DRAWN) > 0.01


@pytest.mark.parametrize("view", VIEWS)
def test_what_surrounds_the_stage_is_calm_in_the_column_of_the_book(mount, view):
    player = mount(f'{SHAPES["3x3 k3 s2"]} view="{view}"', width=690 + 32)
    lines = player.locator(".title").evaluate("""title =>
        title.getBoundingClientRect().height / parseFloat(getComputedStyle(title).lineHeight)""")
    assert lines < 2.5
    tops = player.evaluate("""host => {
        const top = () => host.shadowRoot.querySelector(".story").getBoundingClientRect().top;
        return Array.from({ length: host.player.trace.length }, (_, step) => {
            host.player.seek(step);
            return top();
        });
    }""")
    assert len(set(tops)) == 1, "what stands below the stage moves"


def test_the_cells_of_an_exercise_can_be_hit_with_a_finger(mount):
    shapes = [SHAPES[name] for name in ("3x3 k3 s2", "4x4 k4 s2 p1", "2x3 k(3,2) s(2,1)")]
    tasks = ("stamp", "zeros", "row")
    words = [f'{shape} exercise="{task}"' for shape in shapes for task in tasks]
    for name, player in zip(words, mount(*words, width=390).all(), strict=True):
        sides = player.evaluate("""host => host.player.stage.layout.boxes
            .flatMap(({ cell, tall }) => [cell, tall])""")
        assert min(sides) >= 24, name
