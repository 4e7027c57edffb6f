"""The gallery comes alive card by card, and the playground's address follows its player."""

from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest
from cards import every
from playwright.sync_api import expect

from deconvviz.player.presets import preset, table
from deconvviz.player.state import complete, trace_of
from tests.browser.reading import (
    HOST,
    alive,
    as_python,
    computed,
    picture,
    press,
    rest,
    sideways,
    step,
    type_in,
    view,
    violations,
)

CARDS = list(every())
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


@pytest.fixture
def gallery(visit, site):
    visit.page.goto(f"{site}/book/gallery.html")
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
        trace, output = trace_of(card.words), computed(alive(player))[3]
        np.testing.assert_array_equal(output, as_python(player), err_msg=card.id)
        np.testing.assert_allclose(output, trace.output, rtol=1e-12, err_msg=card.id)
        assert picture(player)
        box.locator("summary").click()
    assert gallery.errors == []
    assert gallery.external == []


def test_the_address_of_a_card_opens_it(visit, site):
    visit.page.goto(f"{site}/book/gallery.html#gallery-unet")
    player = visit.page.locator("#gallery-unet deconv-viz")
    expect(player.get_by_role("button", name="Play")).to_be_visible()
    visit.page.evaluate("location.hash = 'gallery-dcgan'")
    visit.page.locator("#gallery-dcgan deconv-viz").wait_for()
    assert visit.errors == []


def test_a_card_opens_by_keys_and_keeps_its_player(gallery):
    page = gallery.page
    summary = page.locator(f"#gallery-{CARDS[0].id} summary")
    summary.focus()
    page.keyboard.press("Enter")
    player = alive(page.locator(HOST))
    player.get_by_role("slider").focus()
    page.keyboard.press("End")
    end = step(player)
    summary.press("Enter")
    summary.press("Enter")
    assert step(page.locator(HOST)) == end > 0


def test_one_thumbnail_a_card_in_the_colours_of_the_page(gallery):
    page = gallery.page
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        expect(page.locator("html")).to_have_attribute("data-theme", scheme)
        assert thumbnails(page) == thumbnails_of(scheme)


def test_axe_finds_nothing_in_an_open_card(gallery):
    page = gallery.page
    opened(page, CARDS[0]).get_by_role("button", name="Play").wait_for()
    page.locator("#gallery-numerical-max-pooling summary").click()
    for viewport in (DESK, PHONE):
        page.set_viewport_size(viewport)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            expect(page.locator("html")).to_have_attribute("data-theme", scheme)
            rest(page)
            assert violations(page) == [], (scheme, viewport)
            assert sideways(page) == 0, (scheme, viewport)


def thumbnails(page):
    """Give the pictures on show, card by card: their files, and whether they are described."""
    return dict(
        page.locator(".gallery-card").evaluate_all("""cards => cards.map((card) =>
        [card.id, [...card.querySelectorAll("summary img")].filter((one) => one.checkVisibility())
            .map(({ src, alt }) => [src.split("/").pop(), alt !== ""])])""")
    )


def thumbnails_of(theme):
    return {f"gallery-{card.id}": [[f"{card.id}-{theme}.svg", True]] for card in CARDS}


def test_without_scripts_a_card_opens_on_its_stills(open_page, site):
    page = open_page(viewport=DESK, java_script_enabled=False).page
    page.goto(f"{site}/book/gallery.html")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert thumbnails(page) == thumbnails_of("light")
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
    page.goto(f"{site}/book/playground.html")
    links = page.locator(".start-from a").evaluate_all(
        "found => found.map(({ textContent, href }) => [textContent, href])"
    )
    assert len(links) == len(ROWS)
    for row, (text, address) in zip(table(), links, strict=True):
        page.goto(address)
        player = alive(page.locator(HOST))
        trace = trace_of(preset(row["id"]))
        geometry, *_, output = computed(player)
        assert geometry == trace.geometry.to_dict(), text
        np.testing.assert_allclose(output, trace.output, rtol=1e-12)
        sizes = [" × ".join(map(str, size)) for size in (trace.input_size, trace.output_size)]
        assert text.replace("\u00a0", " ").endswith(": {} → {}".format(*sizes))
        press(player, "Step forward")
        page.wait_for_function("address => location.href !== address", arg=address)
        press(player, "Step back")
        page.wait_for_function("address => location.href === address", arg=address)
    assert visit.errors == []


def query_of(page):
    return dict(parse_qsl(urlsplit(page.url).query))


def test_the_address_follows_the_player(visit, site):
    page = visit.page
    page.goto(f"{site}/book/playground.html")
    player = alive(page.locator(HOST))
    type_in(player, "stride", 2)
    press(player, "Gather")
    page.wait_for_url("**view=gather**")
    assert query_of(page) == {"stride": "2", "view": "gather"}
    page.reload()
    assert computed(alive(player))[0]["stride"] == [2, 2]
    assert view(player) == "gather"


def test_the_link_of_a_card_opens_it_in_the_playground(gallery, site):
    page = gallery.page
    for card in CARDS:
        if not card.words:
            continue
        link = page.locator(f"#gallery-{card.id} .gallery-link a").get_attribute("href")
        assert link == f"playground.html?{card.query}"
    page.goto(f"{site}/book/{link}")
    assert computed(alive(page.locator(HOST)))[0] == complete_geometry(card)
    assert gallery.errors == []


def complete_geometry(card):
    complete_words = complete(card.words)
    return {name: complete_words[name] for name in card.geometry.to_dict()}
