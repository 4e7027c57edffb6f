"""The element in a page of one's own: two files beside it, one tag, from a disk or a server."""

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

import deconvviz as dv
from deconvviz.player.state import trace_of
from tests.browser.reading import HOST, computed, picture, reason, state

STATIC = Path(dv.__file__).parent / "static"
FIRST, SECOND = STATIC / "deconvviz.js", STATIC / "deconvviz-extra.js"
PAGE = """<!doctype html><html lang="en"><title>mine</title><link rel="icon" href="data:,">
<script {kind} src="deconvviz.js"></script>
{tags}
"""


@pytest.fixture(params=["file", "http"])
def open_tags(request, tmp_path, visit, serve_folder):
    """Open a page with these tags in it, from a file and from a server."""
    for script in (FIRST, SECOND):
        shutil.copy(script, tmp_path)

    def open_tags(*tags, kind="defer"):
        page = PAGE.format(kind=kind, tags="\n".join(tags))
        (tmp_path / "page.html").write_text(page, encoding="utf-8")
        root = tmp_path.as_uri() if request.param == "file" else serve_folder(tmp_path)
        visit.page.goto(f"{root}/page.html")
        return visit.page.locator(HOST)

    yield open_tags
    assert visit.external == []
    assert visit.errors == []


def test_attributes_shape_the_player(open_tags):
    (player,) = open_tags(
        '<deconv-viz kernel-size="3,2" stride="2,1" padding="1:0,0:1" step="2" view="gather">'
        "</deconv-viz>"
    ).all()
    words = {"kernel_size": (3, 2), "stride": (2, 1), "padding": ((1, 0), (0, 1))}
    trace = trace_of({**words, "view": "gather"})
    geometry, x, w, output = computed(player)
    assert geometry == trace.geometry.to_dict()
    assert (x.tolist(), w.tolist()) == (trace.input.tolist(), trace.weight.tolist())
    assert output.tolist() == trace.output.tolist()
    assert player.locator(".sentence").inner_text() == trace.sentence(2)
    assert state(player, "step") == 2


def test_several_players_live_on_one_page_and_move_apart(open_tags):
    first, second = open_tags(
        "<deconv-viz></deconv-viz>", '<deconv-viz stride="2"></deconv-viz>'
    ).all()
    before = picture(second)
    first.get_by_role("button", name="Step forward").click()
    assert (state(first, "step"), state(second, "step")) == (1, 0)
    assert picture(second) == before


def test_a_script_in_the_head_that_does_not_wait_finds_the_tags_too(open_tags):
    (player,) = open_tags('<deconv-viz step="1"></deconv-viz>', kind="").all()
    assert state(player, "step") == 1


def test_an_impossible_tag_says_why_and_recovers(open_tags):
    (player,) = open_tags('<deconv-viz kernel-size="0"></deconv-viz>').all()
    assert player.get_by_text("kernel_size (=0) must be at least 1").is_visible()
    player.evaluate("host => host.setAttribute('kernel-size', '2')")
    assert computed(player)[3].shape == (4, 4)
    player.evaluate("host => host.setAttribute('output-padding', '1')")
    assert reason(player).startswith("output_padding (=1) must be smaller than stride (=1)")


def test_the_page_hears_what_the_reader_does(open_tags):
    (player,) = open_tags("<deconv-viz></deconv-viz>").all()
    player.page.evaluate(
        """() => {
            window.heard = [];
            document.addEventListener("deconv-viz-change", ({ detail }) => heard.push(detail));
        }"""
    )
    player.get_by_role("button", name="Step forward").click()
    player.get_by_role("button", name="more output_padding").click()
    player.get_by_role("button", name="more stride").click()
    heard = player.page.evaluate("heard")
    assert heard[0] == {"step": 1}
    told = {name: value for patch in heard for name, value in patch.items()}
    assert (told["output_padding"], told["stride"]) == ([1, 1], [2, 2])
    assert len(heard) == 2, "an impossible choice must not be told"


def test_a_tag_that_goes_and_comes_back_plays_on(open_tags):
    (player,) = open_tags('<deconv-viz step="2"></deconv-viz>').all()
    player.evaluate(
        "host => { const parent = host.parentNode; host.remove(); parent.append(host); }"
    )
    player.get_by_role("button", name="Step forward").click()
    assert state(player, "step") == 3
    assert player.locator(".player").count() == 1


@pytest.fixture
def without_second(tmp_path, browser):
    """Open a page beside which only the first script lies."""
    shutil.copy(FIRST, tmp_path)
    page = browser.new_page()

    def open_tag(tag):
        (tmp_path / "page.html").write_text(PAGE.format(kind="defer", tags=tag), encoding="utf-8")
        page.goto((tmp_path / "page.html").as_uri())
        return page.locator(HOST)

    yield open_tag
    page.close()


def test_the_first_script_alone_draws_and_plays(without_second):
    player = without_second('<deconv-viz stride="2" controls="transport"></deconv-viz>')
    first = picture(player)
    player.get_by_role("button", name="Step forward").click()
    assert state(player, "step") == 1
    assert picture(player) != first
    player.page.wait_for_timeout(300)  # what was asked for when the page was idle has failed by now
    player.get_by_role("button", name="Step forward").click()
    assert state(player, "step") == 2


def test_a_button_that_needs_a_second_script_that_is_missing_says_so(without_second):
    player = without_second('<deconv-viz stride="2"></deconv-viz>')
    player.page.wait_for_timeout(300)
    player.get_by_role("button", name="Step forward").click()
    player.get_by_role("button", name="Predict").click()
    expect(player.get_by_role("alert").first).to_contain_text("deconvviz-extra.js must lie beside")


def test_what_needs_a_second_script_that_is_missing_says_so(without_second):
    player = without_second('<deconv-viz view="matrix" stride="2"></deconv-viz>')
    expect(player.get_by_role("alert").first).to_contain_text("deconvviz-extra.js must lie beside")
    assert player.evaluate("(host) => host.player.good.view") == "scatter"


@pytest.mark.parametrize("words", ['view="matrix" step="9"', "predict", 'exercise="stamp"'])
def test_what_opens_with_the_second_script_is_as_if_it_had_been_there(open_tags, words):
    (player,) = open_tags(f'<deconv-viz stride="2" {words}></deconv-viz>').all()
    expect(player.locator(".stages")).to_be_visible()
    told = player.evaluate("(host) => ({ ...host.player.told })")
    assert told == player.evaluate("(host) => ({ ...host.player.state })")
    assert state(player, "step") == (9 if "step" in words else 0)
    assert player.evaluate("(host) => !host.player.fault")


def test_the_second_script_comes_without_a_reader(open_tags):
    (player,) = open_tags("<deconv-viz></deconv-viz>").all()
    expect(player.locator("select").last.locator("option").nth(3)).to_be_attached()
    expect(player.get_by_role("group", name="Share")).to_have_count(0)


def test_a_click_before_the_second_script_is_not_lost(open_tags):
    (player,) = open_tags('<deconv-viz controls="full"></deconv-viz>').all()
    player.evaluate("""(host) => {
        const [more] = [...host.shadowRoot.querySelectorAll("button")]
            .filter(({ textContent }) => textContent === "More");
        more.focus();
        more.click();
    }""")
    expect(player.get_by_text("input channels")).to_be_visible()


def test_a_script_that_is_there_twice_is_as_good_as_one(open_tags):
    again = '<script defer src="deconvviz.js"></script>'
    (player,) = open_tags(again, '<deconv-viz view="matrix"></deconv-viz>').all()
    expect(player.get_by_role("button", name="Matrix")).to_have_attribute("aria-pressed", "true")


@pytest.fixture
def slowly(tmp_path, visit, serve_folder):
    """Open a page whose second script comes only when it is let through."""
    for script in (FIRST, SECOND):
        shutil.copy(script, tmp_path)
    held = []

    def open_tag(tag):
        (tmp_path / "page.html").write_text(PAGE.format(kind="defer", tags=tag), encoding="utf-8")
        visit.page.route("**/deconvviz-extra.js*", lambda route: held.append(route))
        visit.page.goto(f"{serve_folder(tmp_path)}/page.html", wait_until="commit")
        return visit.page.locator(HOST)

    def let_through():
        visit.page.wait_for_timeout(200)
        for route in held:
            route.continue_()

    yield open_tag, let_through
    assert visit.errors == []


def test_keys_that_come_too_early_are_heard_later(slowly):
    open_tag, let_through = slowly
    player = open_tag('<deconv-viz stride="2"></deconv-viz>')
    player.get_by_role("button", name="Step forward").focus()
    for key in ("ArrowRight", "ArrowRight", "End", "ArrowLeft"):
        player.page.keyboard.press(key)
    assert state(player, "step") == 0
    let_through()
    last = player.evaluate("(host) => host.player.trace.length - 1")
    player.page.wait_for_function(
        "(step) => document.querySelector('deconv-viz').player.state.step === step", arg=last - 1
    )


def test_until_a_view_is_here_the_one_before_follows_the_parameters(slowly):
    open_tag, let_through = slowly
    player = open_tag('<deconv-viz stride="2"></deconv-viz>')
    player.get_by_role("button", name="Matrix").click()
    player.get_by_role("button", name="more stride").click()
    assert player.evaluate("(host) => host.player.trace.geometry.stride") == [3, 3]
    assert player.evaluate("(host) => host.player.trace.view") == "scatter"
    expect(player.get_by_role("button", name="Matrix")).to_have_attribute("aria-pressed", "true")
    let_through()
    player.page.wait_for_function(
        "() => document.querySelector('deconv-viz').player.trace.view === 'matrix'"
    )
    assert player.evaluate("(host) => host.player.trace.geometry.stride") == [3, 3]


def test_a_word_that_cannot_be_explained_is_not_passed_over(without_second):
    player = without_second('<deconv-viz stride="2" speed="x"></deconv-viz>')
    expect(player.get_by_role("alert").first).to_contain_text("could not be fetched")
    assert state(player, "speed") == 1


def test_keys_that_nobody_will_hear_stay_the_pages(without_second):
    player = without_second('<deconv-viz stride="2"></deconv-viz>')
    player.get_by_role("button", name="Predict").click()
    expect(player.get_by_role("alert").first).to_contain_text("could not be fetched")
    page = player.page
    page.evaluate(
        "addEventListener('keydown', (event) => { window.kept = !event.defaultPrevented })"
    )
    player.locator(".sheet").first.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("window.kept") is True


def test_a_second_script_that_failed_is_fetched_again_when_it_is_wanted(without_second, tmp_path):
    player = without_second('<deconv-viz stride="2"></deconv-viz>')
    player.get_by_role("button", name="Predict").click()
    expect(player.get_by_role("alert").first).to_contain_text("could not be fetched")
    shutil.copy(SECOND, tmp_path)
    player.get_by_role("button", name="Overlap").click()
    expect(player.locator(".sheet").first).to_have_attribute("aria-label", re.compile("cell"))
    assert player.evaluate("(host) => host.player.good.view") == "overlap"
    expect(player.get_by_text("could not be fetched")).to_have_count(0)


def test_an_element_that_is_moved_goes_on_where_it_was(open_tags):
    (player,) = open_tags('<deconv-viz stride="2"></deconv-viz>', "<main></main>").all()
    for _ in range(3):
        player.get_by_role("button", name="Step forward").click()
    player.get_by_role("button", name="more padding").click()
    player.evaluate("(host) => document.querySelector('main').append(host)")
    assert state(player, "step") == 3
    assert player.evaluate("(host) => host.player.trace.geometry.padding") == [[1, 1], [1, 1]]
    assert (
        player.evaluate(
            """(host) => {
            host.remove();
            host.setAttribute("step", "5");
            document.querySelector("main").append(host);
            return host.player.state.step;
        }"""
        )
        == 5
    )
