"""With JavaScript off, every page still has its pictures, its takeaways and its text."""

from pathlib import Path

import pytest

SITE = Path(__file__).parents[2] / "_build" / "html"
SHOWN = "deconv-viz:not(details:not([open]) *)"  # what a reader has not folded


@pytest.fixture(scope="module")
def pages():
    found = [path for folder in ("book", "notebooks") for path in SITE.glob(f"{folder}/**/*.html")]
    return [path for path in found if "<deconv-viz" in path.read_text(encoding="utf-8")]


def test_every_player_leaves_frames_a_takeaway_and_the_story(pages, open_page, site):
    assert SITE / "book" / "index.html" in pages
    page = open_page(java_script_enabled=False).page
    for path in pages:
        page.goto(f"{site}/{path.relative_to(SITE).as_posix()}")
        assert page.locator("article h1, article h2").first.is_visible(), path
        for player in page.locator(SHOWN).all():
            frames = player.locator("img")
            assert frames.first.is_visible(), path
            assert all(frame.get_attribute("alt") for frame in frames.all()), path
            assert player.locator("figcaption").inner_text().strip(), path
            assert player.locator("details li").count() > 1, path
