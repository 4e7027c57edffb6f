"""What comes out of a printer: the picture in the colours of paper, its sentence, no controls."""

import pypdfium2
import pytest
from playwright.sync_api import expect

import deconvviz as dv
from deconvviz.figures.looks import tokens
from tests.browser.reading import HOST, alive, at_rest, picture, type_in
from tests.browser.test_slides import PACKAGE

STEP = "stride=2 step=4"
CONTROLS = ("Play", "Share", "Present", "padding\n", "Scatter")
DARK = {"color_scheme": "dark", "viewport": {"width": 1280, "height": 900}}
DECK = """<!doctype html><html lang="en"><meta charset="utf-8"><title>A deck</title>
<link rel="stylesheet" href="reveal/reset.css"><link rel="stylesheet" href="reveal/reveal.css">
<link rel="stylesheet" href="reveal/theme/white.css"><link rel="icon" href="data:,">
<script defer src="_static/deconvviz.js"></script>
<div class="reveal"><div class="slides">{slides}</div></div>
<script src="reveal/reveal.js"></script>
<script>Reveal.initialize({{ hash: true }})</script></html>"""


@pytest.fixture
def deck(bench):
    """Write a deck as reveal.js comes, a slide for each element, and return its address."""
    if not (bench.folder / "reveal").exists():
        (bench.folder / "reveal").symlink_to(PACKAGE / "dist")

    def deck(*slides):
        sections = "".join(f"<section>{slide}</section>" for slide in slides)
        (bench.folder / "deck.html").write_text(DECK.format(slides=sections), encoding="utf-8")
        return f"{bench.address}/deck.html"

    return deck


def printed(page, **options):
    """Print a page; return its sheets of paper, each as (pixels, text)."""
    sheets = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True, **options))
    return [
        (sheet.render(scale=2).to_pil().convert("RGB"), sheet.get_textpage().get_text_range())
        for sheet in sheets
    ]


def area(pixels, colour):
    """Return which part of a picture has exactly this colour."""
    rgb = tuple(bytes.fromhex(colour[1:]))
    found = [count for count, one in pixels.getcolors(2**24) if one == rgb]
    return sum(found) / (pixels.width * pixels.height)


def shows_the_picture(sheet, sentence="x[1, 0] = 2 stamps"):
    pixels, text = sheet
    light = tokens("light")
    assert area(pixels, "#ffffff") + area(pixels, light["stage"]) > 0.5, "paper is light"
    for thing in ("input", "kernel", "output"):
        assert area(pixels, light[thing]["fill"]) > 0.001, thing
        assert area(pixels, light[thing]["line"]) > 0.0001, thing
    assert sentence in text.replace("\r\n", " ")
    assert [word for word in CONTROLS if word in text] == []


@pytest.fixture
def exported(tmp_path):
    trace = dv.record(dv.example_input((3, 3))[0], dv.example_weight((3, 3))[0], stride=2)
    return dv.export(trace, tmp_path / "player.html", step=4).as_uri()


def test_a_printed_page_shows_every_picture_and_no_controls(bench, open_page):
    page = open_page(**DARK).page
    players = f"<deconv-viz {STEP}></deconv-viz><deconv-viz {STEP} beside=gather></deconv-viz>"
    page.goto(bench.write(players))
    first, second = (alive(player) for player in page.locator(HOST).all())
    before = at_rest(first)
    sheets = printed(page)
    assert len(sheets) == 2
    for sheet in sheets:
        shows_the_picture(sheet)
    assert "The same numbers, gathered" in sheets[1][1]
    expect(first.locator(".player")).to_have_attribute("data-theme", "dark")
    assert at_rest(first) == before, "the screen is as it was"
    assert second.locator("canvas").first.is_visible()
    page.emulate_media(media="print")
    expect(first.locator(".paper svg").first).to_be_visible()
    assert not first.locator("canvas").first.is_visible()


def test_the_page_without_chrome_prints_on_one_sheet(bench, open_page):
    page = open_page(**DARK).page
    page.goto(bench.embed("stride=2&step=4"))
    picture(page.locator(HOST))
    (sheet,) = printed(page)
    shows_the_picture(sheet)


def test_an_exported_page_prints_its_frames_until_the_reader_moves_on(exported, open_page):
    page = open_page(**DARK).page
    page.goto(exported)
    picture(page.locator(HOST))
    (sheet,) = printed(page)
    shows_the_picture(sheet, "step 10 of 10")
    type_in(page.locator(HOST), "stride", 1)
    picture(page.locator(HOST))
    (sheet,) = printed(page)
    shows_the_picture(sheet)


@pytest.mark.parametrize("words", [STEP, f"{STEP} present"])
def test_a_printed_deck_has_a_sheet_for_each_slide(deck, open_page, words):
    page = open_page(viewport={"width": 1280, "height": 720}).page
    players = [f"<h3>Slide {at}</h3><deconv-viz {words}></deconv-viz>" for at in range(2)]
    page.goto(deck("<h2>First</h2>", *players) + "?print-pdf")
    page.wait_for_function("document.querySelectorAll('.pdf-page').length === 3")
    page.locator(".paper svg").nth(1).wait_for()
    title, *slides = printed(page)
    assert "FIRST" in title[1].upper()
    assert len(slides) == 2
    for slide in slides:
        shows_the_picture(slide)
