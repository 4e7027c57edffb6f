"""Every page of the built book as a reader meets it: one visit with scripts, one without."""

import gzip
from pathlib import Path

import numpy as np
import pytest
import yaml
from playwright.sync_api import expect

from tests.browser.reading import (
    HOST,
    alive,
    as_python,
    computed,
    picture,
    rest,
    sideways,
    step,
    violations,
)

ROOT = Path(__file__).parents[2]
CONFIG = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
MOVED = CONFIG["sphinx"]["config"]["moved"]
SITE = ROOT / "_build" / "html"
PAGES = sorted(path.relative_to(SITE).as_posix() for path in SITE.glob("[!_]*/**/*.html"))
PAGES = [page for page in PAGES if page.removesuffix(".html") not in MOVED]
PAGES = [page for page in PAGES if not (ROOT / "book" / "_root" / page).exists()]
PAGES = [*PAGES, "search.html", "genindex.html"] if PAGES else ["missing"]
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
STATES = [(scheme, size) for size in (DESK, PHONE) for scheme in ("light", "dark")]
AIR = 8
RAW, WIRE = 1_300_000, 450_000  # bytes of all answers: as they are, and compressed
RENDERED = {".css", ".js", ".html", ".svg", ".json"}
FORMULA_ENDS = "found => found.map(part => part.getBoundingClientRect().right)"


def weight(answer):
    path = Path(answer.url.partition("?")[0])
    body = answer.body()
    return len(gzip.compress(body)) if path.suffix in RENDERED else len(body)


def wrong_with_weight(answers):
    """Yield what a page weighs, if it is too heavy."""
    raw, wire = sum(len(answer.body()) for answer in answers), sum(map(weight, answers))
    if raw >= RAW or wire >= WIRE:
        yield f"weighs {raw} bytes raw, {wire} compressed"


def wrong_in_every_state(page):
    """Yield what is wrong in light and dark, on a desk and on a phone.

    Players are looked at with their page in one state; in all of them they are by tests of their
    own, in every view.
    """
    for scheme, size in STATES:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(size)
        expect(page.locator("html")).to_have_attribute("data-theme", scheme)
        for player in page.locator(f"{HOST} .player").all():
            expect(player).to_have_attribute("data-theme", scheme)
        rest(page)
        without = "" if (scheme, size) == STATES[0] else HOST
        found = [f"axe: {rule}: {html}" for rule, html in violations(page, without)]
        if wide := sideways(page):
            found.append(f"scrolls sideways by {wide} pixels")
        ends = page.locator(".katex-display .base").evaluate_all(FORMULA_ENDS)
        if size == PHONE and max(ends, default=0) > PHONE["width"]:
            found.append("a formula is cut")
        yield from (f"{scheme}, {size['width']} pixels wide: {fault}" for fault in found)


def wrong_with_heading(page):
    """Yield the widths at which the header covers the heading."""
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    for width in (390, 820, 1100, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        heading = page.locator("main h1:visible").first.bounding_box()
        header = page.locator(".bd-header-article").first.bounding_box()
        if heading["y"] < header["y"] + header["height"] + AIR:
            yield f"{width} pixels wide: the header covers the heading"


def wrong_with_players(page):
    """Yield the players that are blank or do not compute what Python computes."""
    page.set_viewport_size(DESK)
    folds = "article details:has(deconv-viz), deconv-viz details:has(img)"  # or an answer
    page.locator(folds).evaluate_all("all => all.forEach((one) => { one.open = true })")
    for number, player in enumerate(page.locator(HOST).all(), 1):
        output = computed(alive(player))[3]
        if not np.array_equal(output, as_python(player)):
            yield f"player {number} computes {output}, Python {as_python(player)}"
        if not picture(player):
            yield f"player {number} is blank"


def wrong_with_doors(page):
    """Yield what does not open: the dark side by its switch, the search by its button."""
    switch = page.locator("button.theme-switch-button")
    for _ in range(3):  # the reader's system, light, dark
        if page.locator("html").get_attribute("data-theme") == "dark":
            break
        switch.click()
    if page.locator("html").get_attribute("data-theme") != "dark":
        yield "the switch does not darken the page"
    page.locator("button.search-button-field").click()
    expect(page.locator("input[type=search]:focus")).to_have_count(1)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_with_scripts(open_page, site, path):
    visit = open_page(viewport=DESK, color_scheme="light")
    page, answers = visit.page, []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(f"{site}/{path}")
    for player in page.locator(f"{HOST}:visible").all():
        alive(player)
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    rest(page)
    wrong = list(wrong_with_weight(answers))  # before axe fetches every style sheet once more
    wrong += wrong_in_every_state(page)
    wrong += wrong_with_heading(page)
    wrong += wrong_with_players(page)
    wrong += wrong_with_doors(page)
    wrong += [f"{one.url} is answered with {one.status}" for one in answers if one.status >= 400]
    wrong += [f"asks another host: {url}" for url in visit.external]
    wrong += [f"an error: {text}" for text in visit.errors]
    assert wrong == []


# What is wrong in one state of a page that runs no scripts of its own.
UNSCRIPTED = """(width) => {
    const wrong = [];
    const seen = (one) => one.checkVisibility() && one.getBoundingClientRect().width > 0;
    const header = document.querySelector(".bd-header-article");
    const paper = getComputedStyle(header).backgroundColor;
    // else the text scrolls through its buttons
    if (paper !== "rgb(255, 255, 255)") wrong.push(`the header is ${paper}`);
    const [heads, players] = ["article :is(h1, h2)", "deconv-viz"]
        .map((one) => [...document.querySelectorAll(one)]);
    if (players.length && !heads.some(seen)) wrong.push("no heading");
    players.forEach((player, at) => {
        const say = (what) => wrong.push(`player ${at + 1}: ${what}`);
        const images = [...player.querySelectorAll("img")];
        const caption = player.querySelector("figcaption");
        if (!caption || !seen(caption) || !caption.textContent.trim()) say("no takeaway");
        if (!images.length) say("no frames");
        const words = player.querySelectorAll("figure.deconvviz-fallback p");
        if (words.length !== images.length) say("frames without words");
        if (player.querySelectorAll("details li").length < 2) say("no story");
        for (const image of images) {
            const { left, right } = image.getBoundingClientRect();
            if (!seen(image)) say(`${image.alt} cannot be seen`);
            if (!image.alt) say("a frame without a description");
            if (left < 0 || right > width) say(`${image.alt} reaches from ${left} to ${right}`);
        }
    });
    return wrong;
}"""


@pytest.mark.parametrize("path", PAGES)
def test_a_page_without_scripts(open_page, site, path):
    """It keeps its colours, its pictures, their takeaways and the story in words."""
    page = open_page(viewport=DESK, java_script_enabled=False).page
    page.goto(f"{site}/{path}")
    folds = "article details:has(deconv-viz), deconv-viz details:has(img)"  # or an answer
    page.locator(folds).evaluate_all("all => all.forEach((one) => { one.open = true })")
    wrong = []
    for scheme, size in STATES:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(size)
        found = page.evaluate(UNSCRIPTED, size["width"])
        wrong += [f"{scheme}, {size['width']} pixels wide: {fault}" for fault in found]
    assert wrong == []


def test_without_scripts_the_landing_page_tells_the_story(open_page, site):
    page = open_page(viewport=DESK, java_script_enabled=False).page
    page.goto(f"{site}/book/index.html")
    frames = page.locator("deconv-viz img")
    assert frames.count() == 4
    assert all(frame.is_visible() for frame in frames.all())
    assert "stamps" in page.locator("deconv-viz figure p").nth(1).inner_text()
    assert page.locator("deconv-viz details li").count() == 9


def test_the_landing_page_with_scripts(open_page, site):
    visit = open_page(viewport=DESK)
    page, asked = visit.page, []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site}/index.html")
    expect(page.locator("article h1")).to_be_visible()
    assert page.url == f"{site}/book/index.html"

    player = page.locator(HOST)
    play = player.get_by_role("button", name="Play")
    expect(play).to_be_visible()
    box = play.bounding_box()
    assert box["y"] + box["height"] <= DESK["height"] - 3 * AIR, "Play is on the first screen"
    assert not page.locator("deconv-viz img").first.is_visible(), "it takes the pictures' place"

    width = "element => element.getBoundingClientRect().width"
    assert page.locator("figure.deconvviz-wide").first.evaluate(width) > 900
    assert page.locator("article section section p").first.evaluate(width) <= 700

    icons = page.locator(":is(i, span):is(.fa-solid, .fas)")
    drawn = icons.evaluate_all(
        "found => found.map(icon => getComputedStyle(icon, '::before').maskImage)"
    )
    assert drawn
    assert all("svg" in image for image in drawn)
    assert [url for url in asked if "fontawesome" in url] == []
    assert visit.errors == []


def test_a_word_typed_into_the_search_finds_pages(open_page, site):
    page = open_page(viewport=DESK).page
    page.goto(f"{site}/book/index.html")
    page.locator("button.search-button-field").click()
    page.keyboard.type("stride")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=stride")
    expect(page.locator("#search-results li a").first).to_be_visible()


def test_search_finds_english_and_chinese_words_and_functions(open_page, site):
    page = open_page(viewport=DESK).page
    glossary, reference = "book/glossary.html#term-", "book/api.html#deconvviz.phase_gains"
    wanted = dict.fromkeys(["转置卷积", "转置", "棋盘", "步长", "反卷积"], glossary)
    for word, place in {**wanted, "phase_gains": reference, "stamp": ".html"}.items():
        page.goto(f"{site}/search.html?q={word}")
        first = page.locator("#search-results li a").first
        first.wait_for()
        assert place in first.get_attribute("href"), word


def test_the_page_without_chrome_has_an_address_at_the_root(visit, site):
    page = visit.page
    page.goto(f"{site}/embed?stride=2&step=3")
    page.wait_for_url(f"{site}/_static/embed.html?stride=2&step=3")
    assert step(alive(page.locator(HOST))) == 3
    assert visit.errors == []
