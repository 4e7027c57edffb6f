"""In a lecture hall: large letters in each of four places, and every number is still there."""

import pytest

import deconvviz as dv
from tests.browser.reading import HOST, alive, picture
from tests.browser.test_paper import deck  # noqa: F401 (a fixture)

VIEWS = ("scatter", "gather", "matrix", "overlap")
# How many cells of each panel hold a number: in their middles there is ink.
NUMBERS = """(host) => {
    const sheet = host.shadowRoot.querySelector(".sheet");
    sheet.focus();
    sheet.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
    const canvas = sheet.querySelector("canvas");
    const on = canvas.getBoundingClientRect();
    const [across, down] = [canvas.width / on.width, canvas.height / on.height];
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const pixels = new Uint32Array(data.buffer);
    const inked = (cell) => {
        const box = cell.getBoundingClientRect();
        const colours = new Set();
        for (let x = box.left + box.width / 3; x < box.right - box.width / 3; x += 0.5)
            for (let y = box.top + box.height / 4; y < box.bottom - box.height / 4; y += 0.5) {
                const column = Math.floor((x - on.left) * across);
                colours.add(pixels[Math.floor((y - on.top) * down) * canvas.width + column]);
            }
        return colours.size > 2;
    };
    const counts = {};
    for (const cell of sheet.querySelectorAll("[role=gridcell]")) {
        const { panel } = cell.dataset;
        counts[panel] = (counts[panel] ?? 0) + inked(cell);
    }
    host.shadowRoot.activeElement.blur();
    return counts;
}"""
# What reaches beyond the frame, of all that belongs on the first screen; and how high the page is.
BEYOND = """(host) => {
    const slide = host.closest(".slides")?.getBoundingClientRect();
    const { left, top, right, bottom } = slide ?? new DOMRect(0, 0, innerWidth, innerHeight);
    const parts = host.shadowRoot.querySelectorAll(".title, .views, .stage, .sheet, .sentence");
    const buttons = host.shadowRoot.querySelectorAll(".transport > *, .buttons > *");
    return [...parts, ...buttons].filter((part) => part.checkVisibility()).filter((part) => {
        const box = part.getBoundingClientRect();
        return box.left < left - 1 || box.top < top - 1 || box.right > right + 1
            || box.bottom > bottom + 1;
    }).map((part) => part.className);
}"""
SCROLLS = """() => {
    const { scrollHeight, scrollWidth } = document.documentElement;
    return scrollHeight > innerHeight || scrollWidth > innerWidth;
}"""


@pytest.fixture
def embedded(bench, open_page):
    """Show a view in the page without chrome, which is a frame elsewhere."""

    def embedded(view, words, size):
        page = open_page(viewport=dict(zip(("width", "height"), size, strict=True))).page
        page.goto(bench.embed(f"stride=2&step=3&view={view}{words}"))
        return page.locator(HOST)

    return embedded


def seen(player):
    alive(player)
    picture(player)
    return player.evaluate(NUMBERS)


def fits(player, usual):
    """Nothing reaches out of the first screen, and no number is lost to the size of letters."""
    numbers = seen(player)
    assert player.evaluate(BEYOND) == []
    assert sum(numbers.values()) > 9
    lost = {panel for panel in usual.keys() & numbers.keys() if numbers[panel] < usual[panel]}
    assert lost == set(), (usual, numbers)


@pytest.mark.parametrize("size", [(960, 700), (1920, 1080)])
def test_in_a_frame_and_on_a_whole_screen(embedded, size):
    for view in VIEWS:
        usual = seen(embedded(view, "&controls=transport", size))
        player = embedded(view, "&present=true", size)
        fits(player, usual)
        assert not player.page.evaluate(SCROLLS)


def test_on_a_slide_of_a_deck_as_reveal_comes(deck, open_page):  # noqa: F811
    page = open_page(viewport={"width": 1280, "height": 720}).page
    words = [f"stride=2 step=3 view={view}" for view in VIEWS]
    for title in ("", "<h3>A title</h3>"):
        slides = [f"{title}<deconv-viz {one} present></deconv-viz>" for one in words]
        page.goto("about:blank")
        page.goto(deck(*slides))
        for at in range(len(VIEWS)):
            page.wait_for_function("Reveal.isReady()")
            page.evaluate("at => Reveal.slide(at)", at)
            player = page.locator("section.present deconv-viz")
            fits(player, {})


def test_an_exported_page_is_as_high_as_the_screen(tmp_path, open_page):
    page = open_page(viewport={"width": 1920, "height": 1080}).page
    for view in VIEWS:
        story = "scatter" if view == "overlap" else view
        numbers = dv.example_input((3, 3))[0], dv.example_weight((3, 3))[0]
        trace = dv.record(*numbers, stride=2, view=story)
        path = dv.export(trace, tmp_path / f"{view}.html", step=3, view=view, present=True)
        page.goto(path.as_uri())
        fits(page.locator(HOST), {})
        assert not page.evaluate(SCROLLS)


@pytest.mark.parametrize("width", [1000, 1100, 1190, 1280])
def test_five_views_stand_in_one_row(mount, width):
    player = mount('present view="direct"', width=width)
    buttons = player.locator(".head .views button").all()
    assert len(buttons) == 5
    assert len({round(button.bounding_box()["y"]) for button in buttons}) == 1
