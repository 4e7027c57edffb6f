"""An exported page, opened from the disk."""

import pytest
from playwright.sync_api import expect

import deconvviz as dv
from tests.browser.reading import (
    HOST,
    alive,
    at_rest,
    computed,
    picture,
    press,
    step,
    type_in,
    violations,
)


@pytest.fixture
def exported(tmp_path):
    trace = dv.record([[1.5, 2], [3, 4]], [[1, 0], [0, 1]], 10, stride=2)
    return dv.export(trace, tmp_path / "x.html", title="Four stamps, far apart", step=2)


def test_it_plays_from_a_disk_and_asks_for_nothing(exported, visit):
    asked = []
    visit.page.on("request", lambda request: asked.append(request.url))
    visit.page.goto(exported.as_uri())
    player = alive(visit.page.locator(HOST))
    assert visit.page.title() == "Four stamps, far apart"
    assert step(player) == 2
    assert computed(player)[3].tolist()[0] == [11.5, 10, 12, 10]
    before = at_rest(player)
    press(player, "Step forward")
    assert at_rest(player) != before
    type_in(player, "stride", 1)
    assert computed(player)[3].shape == (3, 3)
    assert not visit.page.locator("img").first.is_visible()
    assert [url for url in asked if not url.startswith(("data:", exported.as_uri()))] == []
    assert visit.external == []
    assert visit.errors == []


def test_without_scripts_it_shows_frames_takeaway_and_words(exported, open_page):
    visit = open_page(java_script_enabled=False)
    visit.page.goto(exported.as_uri())
    assert visit.page.locator("img").first.is_visible()
    assert visit.page.get_by_text("Four stamps, far apart").is_visible()
    assert visit.page.locator("details li").count() == 5


def test_on_paper_it_is_its_frames_until_the_reader_changes_it(exported, visit):
    page = visit.page
    page.goto(exported.as_uri())
    player, frames = alive(page.locator(HOST)), page.locator("figure img")
    press(player, "Step forward")
    page.emulate_media(media="print")
    expect(frames.first).to_be_visible()
    assert frames.count() > 1
    assert all(frame.is_visible() for frame in frames.all())
    assert not player.locator(".stages").is_visible()
    page.emulate_media(media="screen")
    expect(frames.first).not_to_be_visible()
    type_in(player, "stride", 1)
    page.emulate_media(media="print")
    expect(player.locator(".paper svg").first).to_be_visible()
    assert not frames.first.is_visible()


def test_it_is_accessible_and_follows_the_system(exported, open_page):
    visit = open_page(color_scheme="light", bypass_csp=True)
    page = visit.page
    page.goto(exported.as_uri())
    element = alive(page.locator(HOST)).locator(".player")
    for scheme, paper in {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 23, 28)"}.items():
        page.emulate_media(color_scheme=scheme)
        expect(element).to_have_attribute("data-theme", scheme)
        picture(page.locator(HOST))
        assert violations(page) == [], scheme
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == paper
