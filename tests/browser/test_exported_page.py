"""An exported page, opened from the disk."""

from pathlib import Path

import pytest

import deconvviz as dv
from tests.browser.reading import HOST, computed, picture, state, type_in

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture
def exported(tmp_path):
    trace = dv.record([[1.5, 2], [3, 4]], [[1, 0], [0, 1]], 10, stride=2)
    return dv.export(trace, tmp_path / "x.html", title="Four stamps, far apart", step=2)


def test_it_plays_from_a_disk_and_asks_for_nothing(exported, visit):
    asked = []
    visit.page.on("request", lambda request: asked.append(request.url))
    visit.page.goto(exported.as_uri())
    player = visit.page.locator(HOST)
    assert visit.page.title() == "Four stamps, far apart"
    assert state(player, "step") == 2
    assert computed(player)[3].tolist()[0] == [11.5, 10, 12, 10]
    before = picture(player)
    player.get_by_role("button", name="Step forward").click()
    visit.page.wait_for_timeout(700)  # longer than any motion
    assert picture(player) != before
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
    player, frames = page.locator(HOST), page.locator("figure img")
    player.get_by_role("button", name="Step forward").click()
    page.emulate_media(media="print")
    assert frames.count() > 1
    assert all(frame.is_visible() for frame in frames.all())
    assert not player.locator(".stages").is_visible()
    page.emulate_media(media="screen")
    assert not frames.first.is_visible()
    type_in(player, "stride", 1)
    page.emulate_media(media="print")
    assert player.locator(".stages").is_visible()
    assert not frames.first.is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible_and_follows_the_system(exported, open_page, scheme):
    visit = open_page(color_scheme=scheme, bypass_csp=True)
    visit.page.goto(exported.as_uri())
    visit.page.evaluate(AXE.read_text(encoding="utf-8"))
    found = visit.page.evaluate(
        "axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations)"
    )
    assert [(rule["id"], node["html"]) for rule in found for node in rule["nodes"]] == []
    assert visit.page.locator(HOST).locator(".player").get_attribute("data-theme") == scheme
    paper = visit.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 23, 28)"}[scheme]
