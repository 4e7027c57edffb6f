"""Every page of the built book, as a reader meets it: light and dark, on a desk and on a phone."""

import gzip
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
CONFIG = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
MOVED = CONFIG["sphinx"]["config"]["moved"]
SITE = ROOT / "_build" / "html"
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
PAGES = sorted(path.relative_to(SITE).as_posix() for path in SITE.glob("*/**/*.html")) or [
    "missing"
]
PAGES = [
    page for page in PAGES if not page.startswith("_") and page.removesuffix(".html") not in MOVED
] + ["search.html", "genindex.html"]
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
AIR = 8
RAW, WIRE = 1_200_000, 450_000  # bytes of all answers: as they are, and compressed
RENDERED = {".css", ".js", ".html", ".svg", ".json"}


def look_at(open_page, site, page, scheme="light", viewport=DESK, until="networkidle", **options):
    visit = open_page(viewport=viewport, color_scheme=scheme, **options)
    visit.page.goto(f"{site}/{page}", wait_until=until)
    return visit


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_whole(open_page, site, page, scheme, viewport):
    visit = look_at(open_page, site, page, scheme, viewport)
    assert visit.external == []
    assert visit.errors == []
    root = "document.documentElement"
    assert visit.page.evaluate(f"{root}.dataset.theme") == scheme
    assert visit.page.evaluate(f"{root}.scrollWidth - {root}.clientWidth") == 0
    visit.page.evaluate(AXE.read_text(encoding="utf-8"))
    found = visit.page.evaluate(
        "axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations)"
    )
    assert [(rule["id"], node["html"]) for rule in found for node in rule["nodes"]] == []


@pytest.mark.parametrize("page", PAGES)
def test_the_heading_stands_clear_of_the_header(open_page, site, page):
    visit = look_at(open_page, site, page, until="load")
    for width in (390, 820, 1100, 1280):
        visit.page.set_viewport_size({"width": width, "height": 800})
        heading = visit.page.locator("main h1:visible").first.bounding_box()
        header = visit.page.locator(".bd-header-article").first.bounding_box()
        assert heading["y"] >= header["y"] + header["height"] + AIR, width


def test_play_is_on_the_first_screen(open_page, site):
    visit = look_at(open_page, site, "book/index.html")
    play = visit.page.locator("deconv-viz").get_by_role("button", name="Play").bounding_box()
    assert play["y"] + play["height"] <= DESK["height"] - 3 * AIR


@pytest.mark.parametrize("page", PAGES)
def test_on_a_phone_formulas_are_not_cut(open_page, site, page):
    visit = look_at(open_page, site, page, viewport=PHONE, until="load")
    ends = visit.page.locator(".katex-display .base").evaluate_all(
        "found => found.map(part => part.getBoundingClientRect().right)"
    )
    assert max(ends, default=0) <= PHONE["width"]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_light(open_page, site, page):
    visit = open_page(viewport=DESK)
    answers = []
    visit.page.on("response", lambda answer: answers.append(answer))
    visit.page.goto(f"{site}/{page}", wait_until="networkidle")
    assert [answer.url for answer in answers if answer.status >= 400] == []
    assert sum(len(answer.body()) for answer in answers) < RAW
    assert sum(map(weight, answers)) < WIRE


def weight(answer):
    path = Path(answer.url.partition("?")[0])
    body = answer.body()
    return len(gzip.compress(body)) if path.suffix in RENDERED else len(body)


def test_without_scripts_the_landing_page_tells_the_story(open_page, site):
    visit = look_at(open_page, site, "book/index.html", java_script_enabled=False)
    frames = visit.page.locator("deconv-viz img")
    assert frames.count() == 4
    assert all(frame.is_visible() for frame in frames.all())
    assert "stamps" in visit.page.locator("deconv-viz figure p").nth(1).inner_text()
    assert visit.page.locator("deconv-viz details li").count() == 9


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_without_scripts_a_page_keeps_its_colours_and_pictures(
    open_page, site, page, scheme, viewport
):
    how = {"until": "load", "java_script_enabled": False}
    visit = look_at(open_page, site, page, scheme, viewport, **how)
    header = visit.page.locator(".bd-header-article").first
    background = header.evaluate("element => getComputedStyle(element).backgroundColor")
    assert background == "rgb(255, 255, 255)"  # else the text scrolls through its buttons
    for details in visit.page.locator("article details:has(deconv-viz)").all():
        details.evaluate("element => (element.open = true)")
    for player in visit.page.locator("deconv-viz").all():
        assert player.locator("figcaption").first.is_visible()
        assert player.locator("figure p").count() == player.locator("img").count() > 0
        for image in player.locator("img").all():
            assert image.is_visible()
            box = image.bounding_box()
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= viewport["width"]


def test_icons_are_drawn_and_no_font_of_icons_is_fetched(open_page, site):
    visit = open_page(viewport=DESK)
    asked = []
    visit.page.on("request", lambda request: asked.append(request.url))
    visit.page.goto(f"{site}/book/index.html", wait_until="networkidle")
    assert [url for url in asked if "fontawesome" in url] == []
    icons = visit.page.locator(":is(i, span):is(.fa-solid, .fas)")
    drawn = icons.evaluate_all(
        "found => found.map(icon => getComputedStyle(icon, '::before').maskImage)"
    )
    assert drawn
    assert all("svg" in image for image in drawn)


def test_with_scripts_the_player_takes_the_place(open_page, site):
    visit = look_at(open_page, site, "book/index.html")
    assert not visit.page.locator("deconv-viz img").first.is_visible()
    assert visit.page.locator("deconv-viz").get_by_role("button", name="Play").is_visible()


def test_the_wide_player_leaves_the_column_and_its_prose_does_not(open_page, site):
    visit = look_at(open_page, site, "book/index.html")
    width = "element => element.getBoundingClientRect().width"
    assert visit.page.locator("figure.deconvviz-wide").first.evaluate(width) > 900
    assert visit.page.locator("article section section p").first.evaluate(width) <= 700


def test_the_first_root_page_leads_to_the_book(visit, site):
    visit.page.goto(f"{site}/index.html", wait_until="networkidle")
    assert visit.page.locator("article h1").is_visible()
    assert visit.errors == []


def test_search_finds_a_page(open_page, site):
    visit = look_at(open_page, site, "search.html?q=stamp")
    visit.page.locator("#search-results li a").first.wait_for(timeout=10_000)
