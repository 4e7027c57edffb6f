"""How the tests read a player: what it shows, what it tells its page, and what it computed."""

from functools import cache
from pathlib import Path

import numpy as np

from deconvviz import Geometry, Trace

HOST = "deconv-viz"
SCRUBBER = "input[type=range]"
AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
# Keeps on every element what its events have told the page, the newest value of every word.
LISTEN = """addEventListener("deconv-viz-change", ({ target, detail }) => {
    target.heard = { ...target.heard, ...detail };
})"""
# What is painted on sheets, as one number: reading pixels is far cheaper than writing PNGs.
PRINT = """(sheets) => sheets.reduce((print, sheet) => {
    const { data } = sheet.getContext("2d").getImageData(0, 0, sheet.width, sheet.height);
    const pixels = new Uint32Array(data.buffer);
    for (let at = 0; at < pixels.length; at += 1) {
        print = Math.imul(print ^ pixels[at], 16777619);
        print ^= print >>> 15;
    }
    return Math.imul(print ^ sheet.width, 16777619) ^ sheet.height;
}, 2166136261)"""
PICTURE = f"""async (host) => {{
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
    const sheets = [...host.shadowRoot.querySelectorAll(".stages canvas")];
    const seen = sheets.filter((sheet) => sheet.checkVisibility());
    return [seen.length, ({PRINT})(seen)];
}}"""
# Both sheets of the first view, once they have stayed the same for some frames.
AT_REST = f"""async (host) => {{
    const sheets = [...host.shadowRoot.querySelector(".sheet").querySelectorAll("canvas")];
    for (let before = null, calm = 0; ;) {{
        await new Promise(requestAnimationFrame);
        const now = sheets.map((sheet) => ({PRINT})([sheet]));
        calm = String(now) === before ? calm + 1 : 0;
        if (calm === 5) return now;
        before = String(now);
    }}
}}"""
# Where the panels of a view stand on its sheet, by their grids of cells; of a large one, a part.
PANELS = """(sheet) => Object.fromEntries([...sheet.querySelectorAll("[role=grid]")].map((grid) => {
    const [on, box] = [sheet, grid].map((one) => one.getBoundingClientRect());
    const before = [box.left - on.left, box.top - on.top];
    const after = [on.right - box.right, on.bottom - box.bottom];
    return [grid.querySelector("[role=gridcell]").dataset.panel, [...before, ...after]];
}))"""
# Whether nothing has changed its size or place since the last frame, and nothing moves.
RESTS = """() => {
    const hosts = [...document.querySelectorAll("deconv-viz")];
    const roots = [document, ...hosts.flatMap(({ shadowRoot }) => shadowRoot ?? [])];
    const boxes = [document.documentElement, ...document.querySelectorAll("main *"), ...hosts]
        .map((one) => Object.values(one.getBoundingClientRect().toJSON()).join());
    const [now, before] = [boxes.join(" "), window.boxesBefore];
    window.boxesBefore = now;
    const moves = ({ playState }) => playState === "running";
    // the theme of the book says a moment after a change of width which code Tab stops at
    const scrolls = (one) =>
        one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight;
    const stops = [...document.querySelectorAll("pre[tabindex]")];
    if (stops.some((one) => scrolls(one) !== (one.tabIndex === 0))) return false;
    return document.fonts.status === "loaded" && now === before
        && !roots.some((root) => root.getAnimations().some(moves));
}"""
ARRAYS = """({ player: { trace } }) => ({
    input: [[trace.channels, ...trace.inputSize], [...trace.input]],
    weight: [[trace.channels, ...trace.geometry.kernel_size], [...trace.weight]],
    output: [trace.outputSize, [...trace.output]],
    geometry: trace.geometry.toDict(),
    rest: [trace.bias, trace.view, trace.turned],
})"""
SCRUB = """(slider, step) => {
    slider.value = step;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
}"""


# --- alive and at rest ----------------------------------------------------------------------------


def alive(player):
    """Go to a player, which wakes it, and wait until it plays."""
    player.scroll_into_view_if_needed()
    player.locator(".stages").wait_for(state="attached")
    return player


def rest(page):
    """Wait until the layout rests."""
    page.evaluate("window.boxesBefore = null")
    page.wait_for_function(RESTS)


@cache
def axe():
    return AXE.read_text(encoding="utf-8")


def violations(page, without=""):
    """Return what axe finds on a page, with every rule of it; ``without`` leaves elements out."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe())
    found = page.evaluate(
        """(without) => axe.run(
            { exclude: without ? [[without]] : [] }, { resultTypes: ["violations"] },
        ).then(({ violations }) => violations)""",
        without,
    )
    return [(rule["id"], node["html"][:120]) for rule in found for node in rule["nodes"]]


def sideways(page):
    """Return by how many pixels a page can be scrolled sideways."""
    root = "document.documentElement"
    return page.evaluate(f"{root}.scrollWidth - {root}.clientWidth")


# --- what a player shows --------------------------------------------------------------------------


def picture(player):
    """Return what tells apart all that is painted, once it is painted."""
    count, seen = player.evaluate(PICTURE)
    assert count
    return seen


def at_rest(player):
    """Return both sheets of the first view once nothing moves on them any more."""
    return tuple(player.evaluate(AT_REST))


def enter(player):
    """Open the picture cell by cell, as Enter does."""
    player.locator(".sheet").first.focus()
    player.page.keyboard.press("Enter")


def leave(player):
    """Close the picture cell by cell; not by Escape, which the page around hears too."""
    player.evaluate("host => host.shadowRoot.activeElement.blur()")
    player.locator(".cells").wait_for(state="detached")


def panels(player):
    """Return how far every panel stays from the edges of its sheet: left, top, right, bottom."""
    enter(player)
    found = player.locator(".sheet").first.evaluate(PANELS)
    leave(player)
    return found


def cell_at(player, panel, row, col):
    """Find a cell of the picture that is open cell by cell."""
    place = f'[data-panel="{panel}"][data-row="{row}"][data-col="{col}"]'
    return player.locator(f"[role=gridcell]{place}")


def box_of(player, panel, row, col):
    """Return where a cell of a panel stands in the window."""
    enter(player)
    box = cell_at(player, panel, row, col).bounding_box()
    leave(player)
    return box


def middle(box):
    """Return the middle of a box, where a click goes."""
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def step(player):
    """Return the step on show, as the scrubber has it."""
    return int(player.locator(SCRUBBER).input_value())


def last(player):
    """Return the last step, where the scrubber ends."""
    return int(player.locator(SCRUBBER).get_attribute("max"))


def scrub(player, to):
    """Pull the scrubber to a step."""
    player.locator(SCRUBBER).evaluate(SCRUB, to)
    assert step(player) == to


def view(player):
    """Return the view that is chosen."""
    return player.locator('.head .views [aria-pressed="true"]').get_attribute("value")


def plays(player):
    """Whether the button that plays would pause."""
    return player.locator(".play").inner_text() == "Pause"


def reason(player):
    """Return what the player says against an impossible choice, "" if nothing."""
    return player.locator(".parameters > .reason").text_content()


def heard(player, word):
    """Return the value of a word that the page was told last."""
    return player.evaluate("({ heard }, word) => heard?.[word] ?? null", word)


# --- what a reader does ---------------------------------------------------------------------------


def press(player, name):
    """Press the button with this name."""
    player.get_by_role("button", name=name, exact=True).click()


def type_in(player, name, text):
    """Type a parameter as a reader does, and leave the field."""
    field = player.get_by_label(name, exact=True)
    field.fill(str(text))
    field.press("Enter")


# --- what a player computed -----------------------------------------------------------------------


def numbers(player):
    """Return the parameters and exact numbers behind the picture, which rounds them.

    The only place that looks behind what a page or its reader can see.
    """
    return player.evaluate(ARRAYS)


def computed(player):
    """Return (geometry, input, weight, output) of what is on show."""
    read = numbers(player)
    arrays = (np.reshape(read[name][1], read[name][0]) for name in ("input", "weight", "output"))
    return read["geometry"], *arrays


def as_python(player):
    """Return what Python computes from the same parameters, input, weight and bias."""
    geometry, x, w, _ = computed(player)
    return Trace(Geometry(**geometry), x, w, *numbers(player)["rest"]).output
