"""The gallery comes alive card by card, and the playground's address follows its player."""

from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest
from cards import every

from deconvviz.player.presets import preset, table
from deconvviz.player.state import complete, trace_of
from tests.browser.reading import computed, picture, type_in, whole

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
CARDS = list(every())
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


@pytest.fixture
def gallery(visit, site):
    visit.page.goto(f"{site}/book/gallery.html", wait_until="networkidle")
    return visit


def opened(page, card):
    """Open a card, and give its player."""
    box = page.locator(f"#gallery-{card.id}")
    box.locator("summary").click()
    return box.locator("deconv-viz")


def test_no_player_is_made_before_its_card_is_opened(gallery):
    page = gallery.page
    assert page.locator(".gallery-card").count() == len(CARDS)
    alive = sum(bool(card.words) for card in CARDS)
    assert page.get_by_text("Play", exact=True).count() == alive == len(CARDS) - 1
    assert page.locator("deconv-viz").count() == 0
    opened(page, CARDS[0]).get_by_role("button", name="Play").wait_for()
    assert page.locator("deconv-viz").count() == 1


def test_every_card_shows_what_it_says(gallery):
    page = gallery.page
    for card in CARDS:
        box = page.locator(f"#gallery-{card.id}")
        if card.geometry is not None:
            facts = box.locator("dl").inner_text()
            assert card.ours in facts, card.id
            assert card.direct in facts, card.id
        player = opened(page, card)
        if not card.words:
            assert box.locator(".gallery-stills img").first.is_visible()
            continue
        trace = trace_of(card.words)
        np.testing.assert_allclose(computed(player)[3], trace.output, rtol=1e-12, err_msg=card.id)
        assert picture(player)
        box.locator("summary").click()
    assert gallery.errors == []
    assert gallery.external == []


def test_the_address_of_a_card_opens_it(visit, site):
    visit.page.goto(f"{site}/book/gallery.html#gallery-unet", wait_until="networkidle")
    player = visit.page.locator("#gallery-unet deconv-viz")
    assert player.get_by_role("button", name="Play").is_visible()
    visit.page.evaluate("location.hash = 'gallery-dcgan'")
    visit.page.locator("#gallery-dcgan deconv-viz").wait_for()
    assert visit.errors == []


def test_a_card_opens_by_keys_and_keeps_its_player(gallery):
    page = gallery.page
    summary = page.locator(f"#gallery-{CARDS[0].id} summary")
    summary.focus()
    page.keyboard.press("Enter")
    player = whole(page.locator("deconv-viz"))
    player.get_by_role("slider").focus()
    page.keyboard.press("End")
    last = player.evaluate("host => host.player.state.step")
    summary.press("Enter")
    summary.press("Enter")
    assert page.locator("deconv-viz").evaluate("host => host.player.state.step") == last > 0


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_an_open_card(open_page, site, scheme, viewport):
    page = open_page(viewport=viewport, color_scheme=scheme).page
    page.goto(f"{site}/book/gallery.html", wait_until="networkidle")
    opened(page, CARDS[0]).get_by_role("button", name="Play").wait_for()
    page.locator("#gallery-numerical-max-pooling summary").click()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations)"
    )
    assert [(rule["id"], node["html"]) for rule in found for node in rule["nodes"]] == []
    root = "document.documentElement"
    assert page.evaluate(f"{root}.scrollWidth - {root}.clientWidth") == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_one_thumbnail_a_card_in_the_colours_of_the_page(open_page, site, scheme, script):
    page = open_page(viewport=DESK, color_scheme=scheme, java_script_enabled=script).page
    page.goto(f"{site}/book/gallery.html", wait_until="networkidle")
    theme = scheme if script else "light"
    for card in CARDS:
        thumbs = page.locator(f"#gallery-{card.id} summary img:visible")
        assert thumbs.count() == 1
        assert thumbs.get_attribute("src").endswith(f"{card.id}-{theme}.svg")
        assert thumbs.get_attribute("alt")


def test_without_scripts_a_card_opens_on_its_stills(open_page, site):
    page = open_page(viewport=DESK, java_script_enabled=False).page
    page.goto(f"{site}/book/gallery.html", wait_until="networkidle")
    for card in CARDS:
        box = page.locator(f"#gallery-{card.id}")
        assert "Play" not in box.locator("summary").inner_text()
        box.locator("summary").click()
        stills = box.locator(".gallery-stills > div")
        assert stills.count() == len(card.stills)
        for still in stills.all():
            still.scroll_into_view_if_needed()
            assert still.locator("img").is_visible()
            assert still.locator("img").evaluate("image => image.decode().then(() => true)")
            assert still.locator("p").inner_text()


ROWS = {row["id"]: row for row in table()}


def test_every_deep_link_opens_what_it_names_and_the_address_keeps_it(visit, site):
    page = visit.page
    page.goto(f"{site}/book/playground.html", wait_until="networkidle")
    links = page.locator(".start-from a").evaluate_all(
        "found => found.map(({ textContent, href }) => [textContent, href])"
    )
    assert len(links) == len(ROWS)
    for row, (text, address) in zip(table(), links, strict=True):
        page.goto(address)
        player = page.locator("deconv-viz")
        trace = trace_of(preset(row["id"]))
        geometry, *_, output = computed(player)
        assert geometry == trace.geometry.to_dict(), text
        np.testing.assert_allclose(output, trace.output, rtol=1e-12)
        sizes = [" × ".join(map(str, size)) for size in (trace.input_size, trace.output_size)]
        assert text.replace("\u00a0", " ").endswith(": {} → {}".format(*sizes))
        player.evaluate("host => { host.player.move(1); host.player.move(-1); }")
        page.wait_for_timeout(500)  # the address is written a few times a second at most
        assert query_of(page) == dict(parse_qsl(urlsplit(address).query)), text
        assert page.url == address, text
    assert visit.errors == []


def query_of(page):
    return dict(parse_qsl(urlsplit(page.url).query))


def test_the_address_follows_the_player(visit, site):
    page = visit.page
    page.goto(f"{site}/book/playground.html")
    player = page.locator("deconv-viz")
    type_in(player, "stride", 2)
    player.get_by_role("button", name="Gather", exact=True).click()
    page.wait_for_function("location.search.includes('view=gather')")
    page.wait_for_timeout(500)
    assert query_of(page) == {"stride": "2", "view": "gather"}
    page.reload()
    assert computed(player)[0]["stride"] == [2, 2]
    assert player.evaluate("host => host.player.state.view") == "gather"


def test_the_link_of_a_card_opens_it_in_the_playground(gallery, site):
    page = gallery.page
    for card in CARDS:
        if not card.words:
            continue
        link = page.locator(f"#gallery-{card.id} .gallery-link a").get_attribute("href")
        assert link == f"playground.html?{card.query}"
    page.goto(f"{site}/book/{link}")
    assert computed(page.locator("deconv-viz"))[0] == complete_geometry(card)
    assert gallery.errors == []


def complete_geometry(card):
    complete_words = complete(card.words)
    return {name: complete_words[name] for name in card.geometry.to_dict()}
