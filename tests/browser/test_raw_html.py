"""The element in a page of one's own: two files beside it, one tag, from a disk or a server."""

import shutil

import pytest
from playwright.sync_api import expect

from deconvviz import GeometryError
from deconvviz.player.state import trace_of
from tests.browser.conftest import STATIC
from tests.browser.reading import (
    HOST,
    alive,
    computed,
    picture,
    press,
    reason,
    step,
    view,
)

PAGE = """<!doctype html><html lang="en"><title>mine</title><link rel="icon" href="data:,">
<script {kind} src="deconvviz.js"></script>
{tags}
"""


@pytest.fixture
def open_tags(tmp_path, visit, serve_folder):
    """Open a page with these tags in it, from a disk or from a server."""
    shutil.copy(STATIC / "deconvviz.js", tmp_path)

    def open_tags(*tags, kind="defer", served=False):
        page = PAGE.format(kind=kind, tags="\n".join(tags))
        (tmp_path / "page.html").write_text(page, encoding="utf-8")
        root = serve_folder(tmp_path) if served else tmp_path.as_uri()
        visit.page.goto(f"{root}/page.html")
        for player in visit.page.locator(HOST).all():
            alive(player)
        return visit.page.locator(HOST)

    yield open_tags
    assert visit.external == []
    assert visit.errors == []


@pytest.mark.parametrize("served", [False, True], ids=["from a disk", "from a server"])
def test_attributes_shape_the_player(open_tags, served):
    (player,) = open_tags(
        '<deconv-viz kernel-size="3,2" stride="2,1" padding="1:0,0:1" step="2" view="gather">'
        "</deconv-viz>",
        served=served,
    ).all()
    words = {"kernel_size": (3, 2), "stride": (2, 1), "padding": ((1, 0), (0, 1))}
    trace = trace_of({**words, "view": "gather"})
    geometry, x, w, output = computed(player)
    assert geometry == trace.geometry.to_dict()
    assert (x.tolist(), w.tolist()) == (trace.input.tolist(), trace.weight.tolist())
    assert output.tolist() == trace.output.tolist()
    assert player.locator(".sentence").inner_text() == trace.sentence(2)
    assert step(player) == 2


def test_several_players_live_on_one_page_and_move_apart(open_tags):
    first, second = open_tags(
        "<deconv-viz></deconv-viz>", '<deconv-viz stride="2"></deconv-viz>'
    ).all()
    before = picture(second)
    press(first, "Step forward")
    assert (step(first), step(second)) == (1, 0)
    assert picture(second) == before


@pytest.mark.parametrize("served", [False, True], ids=["from a disk", "from a server"])
def test_a_script_in_the_head_that_does_not_wait_finds_the_tags_too(open_tags, served):
    (player,) = open_tags('<deconv-viz step="1"></deconv-viz>', kind="", served=served).all()
    assert step(player) == 1


def refusal(**words):
    """Python's words for the same choice."""
    with pytest.raises(GeometryError) as refused:
        trace_of(words)
    return str(refused.value)


def test_an_impossible_tag_says_why_and_recovers(open_tags):
    (player,) = open_tags('<deconv-viz kernel-size="0"></deconv-viz>').all()
    assert player.get_by_text(refusal(kernel_size=0)).is_visible()
    player.evaluate("host => host.setAttribute('kernel-size', '2')")
    assert computed(player)[3].shape == (4, 4)
    player.evaluate("host => host.setAttribute('output-padding', '1')")
    assert reason(player).startswith(refusal(output_padding=1))


def test_the_page_hears_what_the_reader_does(open_tags):
    (player,) = open_tags("<deconv-viz></deconv-viz>").all()
    player.page.evaluate(
        """() => {
            window.heard = [];
            document.addEventListener("deconv-viz-change", ({ detail }) => heard.push(detail));
        }"""
    )
    press(player, "Step forward")
    press(player, "more output_padding")
    press(player, "more stride")
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
    press(player, "Step forward")
    assert step(player) == 3
    assert player.locator(".player").count() == 1


@pytest.mark.parametrize("words", ['view="matrix" step="9"', "predict", 'exercise="stamp"'])
def test_every_word_holds_from_the_start(open_tags, words):
    (player,) = open_tags(f'<deconv-viz stride="2" {words}></deconv-viz>').all()
    expect(player.locator(".stages")).to_be_visible()
    assert step(player) == (9 if "step" in words else 0)
    assert view(player) == ("matrix" if "view" in words else "scatter")
    assert player.locator(".ask:visible").count() == (0 if "view" in words else 1)
    assert reason(player) == ""
    assert player.locator(".notice").inner_text() == ""


def test_a_script_that_is_there_twice_is_as_good_as_one(open_tags):
    again = '<script defer src="deconvviz.js"></script>'
    (player,) = open_tags(again, '<deconv-viz view="matrix"></deconv-viz>').all()
    expect(player.get_by_role("button", name="Matrix")).to_have_attribute("aria-pressed", "true")
    assert player.locator(".player").count() == 1


def test_an_element_that_is_moved_goes_on_where_it_was(open_tags):
    (player,) = open_tags('<deconv-viz stride="2"></deconv-viz>', "<main></main>").all()
    for _ in range(3):
        press(player, "Step forward")
    press(player, "more padding")
    player.evaluate("(host) => document.querySelector('main').append(host)")
    assert step(player) == 3
    assert computed(player)[0]["padding"] == [[1, 1], [1, 1]]
    player.evaluate("""(host) => {
        host.remove();
        host.setAttribute("step", "5");
        document.querySelector("main").append(host);
    }""")
    assert step(player) == 5
