"""Data that no player can read: a sentence says so, the still picture stays, nothing runs."""

import json
from html import escape

import numpy as np
import pytest
from playwright.sync_api import expect

import deconvviz as dv
from deconvviz.player.markup import element, still
from deconvviz.words import NAMES, TABLE
from tests.browser.conftest import BARE
from tests.browser.reading import HOST, alive, press, step
from tools.golden import FOLDER

TRACE = dv.record([[1, 2], [3, 4]], [[1, 2], [3, 4]], stride=2)
STILL = still(TRACE)
HIT = "<img src=x onerror='window.hit = 1'>"
JSON = '<script type="application/json"{attribute}>{text}</script>'
# What every player on the page says of its faults, and whether it shows its still picture.
TOLD = """(hosts) => hosts.map((host) => {
    host.live();
    const alerts = [...host.shadowRoot.querySelectorAll("[role=alert]")];
    return {
        said: alerts.map((alert) => alert.textContent).filter(Boolean),
        still: host.querySelector("img").checkVisibility(),
        lives: host.player !== undefined,
    };
})"""
KNOWN = "(hosts) => hosts.map((host) => (host.live(), host.player.known))"


def golden(name):
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def broken(text="", **attributes):
    """Return an element with a text among its children for its data, and a still picture."""
    words = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    data = JSON.format(attribute="", text=text.replace("<", "\\u003c")) if text else ""
    return f"<deconv-viz{words}>{data}{STILL}</deconv-viz>"


@pytest.fixture
def open_players(visit, bench):
    """Open one page with all of these, and give what an expression tells of them."""
    style = '<link rel="stylesheet" href="_static/deconvviz.css">'

    def open_players(elements, expression=TOLD, head=""):
        body = BARE.format(players="".join(elements))
        visit.page.goto(bench.write(body, style + head))
        return visit.page.locator(HOST).evaluate_all(expression)

    yield open_players
    assert visit.errors == []
    assert visit.external == []
    assert visit.page.evaluate("window.hit") is None


def test_data_that_are_no_trace_leave_the_picture_and_say_why(open_players, page):
    rows = golden("faults.json")
    assert len(rows) >= 38
    told = open_players(broken(row["text"]) for row in rows)
    for row, found in zip(rows, told, strict=True):
        assert found == {"said": [f"{row['refused']}."], "still": True, "lives": False}, row
    assert page.get_by_role("alert").first.is_visible()


def test_data_that_never_came_are_told_too(open_players):
    """Without them another layer would stand there, unasked."""
    empty = JSON.format(attribute="", text="")
    (told,) = open_players([f'<deconv-viz stride="2">{empty}{STILL}</deconv-viz>'])
    assert not told["lives"]
    assert told["still"]
    assert "the data of this player are not JSON" in told["said"][0]


def test_an_attribute_that_may_not_be_so_is_told_beside_the_nearest_picture(open_players):
    rows = {row["name"]: row for row in golden("words.json") if "refused" in row}
    assert {TABLE[name].kind for name in rows} == {word.kind for word in TABLE.values()} - {"text"}
    told = open_players(
        broken(**{name.replace("_", "-"): row["text"]}) for name, row in rows.items()
    )
    for row, found in zip(rows.values(), told, strict=True):
        assert found["lives"], row
        (said,) = found["said"]
        assert said.startswith(f"{row['refused']}. "), row


def test_what_is_written_is_never_run(open_players, page):
    elements = [broken(title=HIT, view=HIT, lang=HIT), broken(json.dumps({"schema": HIT}))]
    first, second = open_players(elements)
    assert first["said"][0].count(HIT) == 2
    assert HIT in second["said"][0]
    assert alive(page.locator(HOST).first).get_by_text(HIT, exact=True).is_visible()


def test_sentences_that_are_not_json_leave_the_language_and_say_why(open_players):
    head = "".join(
        JSON.format(attribute=f' data-deconv-viz-words="{lang}"', text=text)
        for lang, text in {"de": "{", "fr": '{"ui": {"play": 3, "views": null}}'}.items()
    )
    german, french = open_players([broken(lang="de"), broken(lang="fr")], head=head)
    assert german["said"] == [
        "lang (='de'): the sentences that this page brings along are not JSON. It stays as it was."
    ]
    assert (german["lives"], french["lives"], french["said"]) == (True, True, [])


def test_a_fault_that_is_mended_gives_way_to_the_player(open_players, page):
    open_players([broken("{")])
    host = page.locator(HOST)
    expect(host.get_by_role("alert")).to_be_visible()
    host.evaluate(
        """(host, text) => {
            host.querySelector("script").textContent = text;
            host.setAttribute("step", "2");
        }""",
        json.dumps(TRACE.to_dict()),
    )
    assert step(alive(host)) == 2
    assert host.locator(".broken").count() == 0
    assert not page.locator("img").first.is_visible()


def test_other_words_of_an_address_stay_in_it(visit, bench):
    visit.page.goto(bench.embed("constructor=1&toString=2&stride=2"))
    press(alive(visit.page.locator(HOST)), "Step forward")
    visit.page.wait_for_url("**/*step=1*")
    assert visit.page.url.endswith("?constructor=1&toString=2&stride=2&step=1")
    assert visit.errors == []


HEIGHTS = """(hosts) => hosts.map((host) => {
    host.live();
    const { height } = host.shadowRoot.querySelector(".player").getBoundingClientRect();
    return [height === innerHeight, host.hasAttribute("fit")];
})"""


def test_a_player_fits_the_window_where_it_is_told_to(open_players, page):
    players = [broken(fit=""), broken(fit="true"), broken(fit="false"), broken()]
    whole, usual = [True, True], [False, False]
    assert open_players(players, HEIGHTS) == [whole, whole, usual, usual]
    last = page.locator(HOST).last
    last.evaluate("(host) => host.setAttribute('fit', '')")
    assert page.locator(HOST).evaluate_all(HEIGHTS)[-1] == whole
    last.evaluate("(host) => host.removeAttribute('fit')")
    assert page.locator(HOST).evaluate_all(HEIGHTS)[-1] == usual


WORDS = [
    {},
    {"view": "matrix", "step": 3, "selection": {"kind": "y", "index": [3, 0]}, "title": HIT},
    {"title": ' "12"\t& null ', "speed": 2.5, "loop": True, "exercise": "zeros"},
    {"beside": "gather,matrix", "theme": "dark", "controls": "none", "keys": "off", "fit": True},
]
TRACES = [
    TRACE,
    dv.record([1e-300, -0.1, 1 / 3], [2**60, 1.7e308], 1e300, stride=3),
    dv.record([[[[0.5]]]], [[[[[1e-7]], [[-3.0]]]]], dilation=2, view="gather"),
]


def test_what_python_writes_the_page_reads(open_players):
    elements = [element(TRACE, fallback=STILL, **words) for words in WORDS]
    elements += [element(trace, fallback=STILL) for trace in TRACES]
    known = open_players(elements, KNOWN)
    for words, found in zip([*WORDS, *[{}] * len(TRACES)], known, strict=True):
        usual = {name: TABLE[name].default for name in NAMES if not TABLE[name].shapes}
        told = {name: found[name] for name in usual}
        assert told == {**usual, **{k: v for k, v in words.items() if k != "view"}}
        assert found["view"] == words.get("view", found["view"])
    for trace, found in zip(TRACES, known[len(WORDS) :], strict=True):
        data = trace.to_dict()
        assert {name: found[name] for name in data["geometry"]} == data["geometry"]
        for name in ("input", "weight"):
            assert np.array_equal(np.array(found[name], float), data[name])
        for name in ("bias", "view"):
            assert found[name] == data[name]
