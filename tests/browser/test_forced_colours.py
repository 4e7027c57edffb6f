"""Forced colours: the picture has the colours of the reader's system and no others of ours."""

import pytest
from playwright.sync_api import expect

from deconvviz.figures.looks import tokens
from tests.browser.reading import HOST, at_rest, picture

# The colours on both sheets of the picture, opaque ones only.
PAINTED = """(host) => {
    const found = new Set();
    const hex = (channel) => channel.toString(16).padStart(2, "0");
    for (const sheet of host.shadowRoot.querySelectorAll(".stages .stage:first-child canvas")) {
        const { data } = sheet.getContext("2d").getImageData(0, 0, sheet.width, sheet.height);
        for (let at = 0; at < data.length; at += 4)
            if (data[at + 3] === 255)
                found.add(`#${[...data.slice(at, at + 3)].map(hex).join("")}`);
    }
    return [...found];
}"""
SYSTEM = """(names) => names.map((name) => {
    const probe = document.body.appendChild(document.createElement("i"));
    probe.style.color = name;
    const rgb = getComputedStyle(probe).color.match(/\\d+/g);
    probe.remove();
    return `#${rgb.slice(0, 3).map((one) => Number(one).toString(16).padStart(2, "0")).join("")}`;
})"""


def flat(colours):
    for value in colours.values():
        yield from flat(value) if isinstance(value, dict) else [value]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_they_reach_the_picture_and_leave_it(bench, open_page, scheme):
    page = open_page(color_scheme=scheme, viewport={"width": 1280, "height": 800}).page
    page.goto(bench.embed("stride=2&step=4&padding=1"))
    host = page.locator(HOST)
    theme, ours = host.locator(".player"), tokens(scheme)
    before = at_rest(host)
    assert ours["input"]["fill"] in host.evaluate(PAINTED)
    page.emulate_media(forced_colors="active")
    expect(theme).to_have_attribute("data-theme", "forced")
    picture(host)
    system = page.evaluate(SYSTEM, ["Canvas", "CanvasText", "LinkText", "Highlight"])
    painted = set(host.evaluate(PAINTED))
    assert set(system) <= painted
    assert painted & (set(flat(ours)) - set(system)) == set()
    stage = host.locator(".stages").evaluate("(it) => getComputedStyle(it).backgroundColor")
    assert stage == f"rgb{tuple(bytes.fromhex(system[0][1:]))}", "Canvas"
    page.emulate_media(forced_colors="none")
    expect(theme).to_have_attribute("data-theme", scheme)
    assert at_rest(host) == before


def test_the_button_that_answers_can_be_read(bench, open_page):
    page = open_page(forced_colors="active").page
    page.goto(bench.embed("ask=size"))
    button = page.locator(HOST).get_by_role("button", name="Check")
    wanted = page.evaluate(SYSTEM, ["Highlight", "HighlightText"])
    look = """(it) => ["backgroundColor", "color"].map((name) =>
        getComputedStyle(it)[name].match(/\\d+/g).slice(0, 3).map(Number))"""
    assert button.evaluate(look) == [list(bytes.fromhex(colour[1:])) for colour in wanted]
