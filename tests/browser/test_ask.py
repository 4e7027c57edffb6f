"""The author's question: nothing on the page answers it before the reader does."""

import re

import pytest

from deconvviz.player.markup import element, still
from deconvviz.player.question import answer, question
from deconvviz.player.state import trace_of
from tests.browser.reading import (
    HOST,
    cell_at,
    enter,
    heard,
    picture,
    press,
    rest,
    scrub,
    sideways,
    step,
    violations,
)

TITLE = "The claim that the figure makes"
WIDE = {"input_size": [37], "kernel_size": [11], "stride": 13}
FAR = {"input_size": [5], "kernel_size": [3], "stride": 101}
HEAVY = {"input": [[2, 3], [1, 1]], "weight": [[7919, 1], [2, 1]], "stride": 1}
DENSE = {"input": [[[1000] * 3] * 3] * 17, "weight": [[[1] * 2] * 2] * 17}
HOLEY = {"input_size": 13, "kernel_size": 2, "stride": 7}
TURNS = {"input_size": [5], "kernel_size": [17], "stride": 7}
# what is asked of which layer; each answer is a number, or a row of numbers, that nothing else has
ASKED = [
    ("size", WIDE),
    ("size", {**WIDE, "view": "gather", "step": 20}),
    ("size", {**WIDE, "input_size": [11], "view": "matrix", "step": 30}),
    ("land 4", {**FAR, "step": 5}),
    ("land 3 tap 2", {**FAR, "view": "gather", "step": 300}),
    ("land 4", {**FAR, "view": "matrix", "step": 4}),
    ("value 1,1", {**HEAVY, "bias": 7, "step": 5}),
    ("value 0,0", {**HEAVY, "view": "gather", "step": 12}),
    ("value 0,0", {**HEAVY, "view": "matrix", "step": 14}),
    ("count 2,2", {**DENSE, "view": "overlap", "step": 160}),
    ("holes", {**HOLEY, "step": 169}),
    ("pattern", {**TURNS, "view": "overlap", "step": 5}),
    ("claim false", {**WIDE, "step": 3}),
]
IDS = [f"{ask} of {words.get('view', 'scatter')} at {words.get('step', 0)}" for ask, words in ASKED]

# Every text that is painted, in its order.
PAINTED = """const { prototype } = CanvasRenderingContext2D, { fillText } = prototype;
window.painted = [];
prototype.fillText = function (text, ...rest) {
    painted.push(String(text));
    return fillText.call(this, text, ...rest);
};"""
# All of a player's own document, hidden or not, and what can be seen of the page around it.
FOUND = """(host) => {
    const all = [...host.shadowRoot.querySelectorAll("*")];
    const own = all.flatMap((one) => [
        ...[...one.childNodes].filter(({ nodeType }) => nodeType === 3).map(({ data }) => data),
        ...[...one.attributes].filter(({ name }) => name !== "style").map(({ value }) => value),
        one.value ?? "",
    ]);
    const seen = [...document.querySelectorAll("body *")].filter((one) => one.checkVisibility());
    const said = (one) => ["title", "alt", "aria-label"].map((name) => one.getAttribute(name));
    return [...own, ...seen.flatMap(said), document.title, document.body.innerText, ...painted,
        painted.join(" ")].filter(Boolean);
}"""


def truth_of(ask, words):
    """Return all ways in which the answer may be written, as one pattern."""
    trace = trace_of(words)
    asked = question(trace, ask, TITLE)
    if asked.kind == "claim":
        return "It is false|transposes"
    if asked.kind != "pattern":
        (number,) = {str(int(value)) for value in asked.answer} - {"0"}
        return rf"(?<![\d.]){number}(?!\d|\.\d)"
    row = [str(int(n)) for n in asked.answer]
    turned = [row[first:] + row[:first] for first in range(len(row))]
    return "|".join(r"\D{1,3}".join(turn) for turn in turned)


def page_of(bench, ask, words):
    trace = trace_of(words)
    shown = {"title": TITLE, "ask": ask, **words}
    told = {name: shown[name] for name in ("view", "step") if name in shown}
    player = element(**shown, fallback=still(trace, TITLE, ask=ask, **told))
    player = player.replace("data-title=", "title=")  # as an author writes it, who shows a tooltip
    said = answer(question(trace, ask, TITLE))
    return bench.write(
        f"<main><h1>A figure</h1><figure id='asks'>{player}<figcaption>Look at it."
        f"<details class='deconvviz-waits'><summary>Answer above first</summary>"
        f"<p>{said}</p></details></figcaption></figure>"
        f"<details class='deconvviz-waits' data-for='asks' id='below'><summary>Answer above first"
        f"</summary><pre>{said}</pre></details></main>",
        "<link rel='stylesheet' href='_static/deconvviz.css'>",
    )


def spoken(page):
    """Return every name, value and description that a screen reader may be told."""
    client = page.context.new_cdp_session(page)
    nodes = client.send("Accessibility.getFullAXTree")["nodes"]
    texts = [node.get(part, {}) for node in nodes for part in ("name", "value", "description")]
    more = [entry["value"] for node in nodes for entry in node.get("properties", [])]
    return [str(text.get("value", "")) for text in [*texts, *more]]


def told(page, pattern):
    """Return everything on a page that says what the pattern says."""
    texts = [*page.locator(HOST).evaluate(FOUND), *spoken(page)]
    assert len(texts) > 20
    return [text for text in texts if re.search(pattern, text)]


@pytest.mark.parametrize(("ask", "words"), ASKED, ids=IDS)
def test_nothing_tells_before_the_answer_and_all_is_told_after_it(open_page, bench, ask, words):
    visit = open_page(viewport={"width": 1600, "height": 900})
    page, secret = visit.page, truth_of(ask, words)
    page.add_init_script(PAINTED)
    page.goto(page_of(bench, ask, words))
    player = page.locator(HOST)
    player.locator(".ask:visible form").wait_for()
    asked = question(trace_of(words), ask, TITLE)
    assert player.locator(".title").inner_text() == asked.text
    assert player.locator(".player").get_attribute("aria-label") == asked.text
    assert player.locator(".given").inner_text() == asked.given
    assert told(page, secret) == []
    assert asked.kind == "claim" or told(page, TITLE) == []

    for key in ("End", "Shift+ArrowRight", "?"):
        player.locator(".sheet").first.press(key)
    player.evaluate("(host, step) => host.setAttribute('step', step)", len(trace_of(words)) - 1)
    player.evaluate("host => host.setAttribute('autoplay', '')")
    assert told(page, secret) == []

    enter(player)
    cell_at(
        player, page.locator("[role=gridcell]").first.get_attribute("data-panel"), 0, 0
    ).wait_for()
    assert told(page, secret) == []
    player.evaluate("host => host.shadowRoot.activeElement.blur()")

    player.evaluate("host => host.setAttribute('beside', 'gather,overlap')")
    player.evaluate("host => host.setAttribute('view', 'overlap')")
    assert player.locator(".title").inner_text() == asked.text.replace(
        "Write the index of its cell in y", "Choose its cell on the canvas"
    )
    assert told(page, secret) == []
    assert player.locator(".sheet:visible").count() == 1
    assert not page.locator("#below pre").is_visible()

    press(player, "Skip")
    verdict = player.locator(".ask.posed .verdict").inner_text()
    assert verdict == answer(asked)
    assert asked.truth in verdict
    assert asked.because in verdict
    assert player.locator(".title").inner_text() == TITLE
    assert player.locator(".size").is_visible()
    assert player.get_attribute("answered") == ""
    for waiting in page.locator("details.deconvviz-waits").all():
        assert waiting.get_attribute("open") == ""
    assert page.locator("#below pre").is_visible()
    assert told(page, secret)
    assert visit.errors == []


# --- as the reader meets it -----------------------------------------------------------------------


@pytest.fixture
def asking(open_page, bench):
    """Give a player that asks: asking(attributes, width=..., **options) -> locator."""

    def asking(attributes, body="{}", width=1280, height=900, **options):
        page = open_page(viewport={"width": width, "height": height}, **options).page
        player = f'<deconv-viz kernel-size="3" stride="2" {attributes}></deconv-viz>'
        page.goto(bench.write(f"<main><h1>A player</h1>{body.format(player)}</main>"))
        page.locator(HOST).locator(".ask:visible form").wait_for()
        return page.locator(HOST)

    return asking


def verdict(player):
    return player.locator(".ask.posed .verdict").inner_text()


def focused(player):
    return player.evaluate("host => host.shadowRoot.activeElement?.className ?? ''")


def test_a_guess_stands_beside_the_truth_with_its_reason(asking):
    player = asking('padding="1" ask="size" title="It grows"')
    field = player.locator(".ask input")
    assert violations(player.page) == []
    field.fill("a lot")
    press(player, "Check")
    assert verdict(player) == "A whole number, please."
    field.fill("6")
    field.press("Enter")
    assert verdict(player).startswith("You said 6; it is 5 × 5. Rows (3 − 1)·2 − 1 − 1 + 3")
    assert player.locator(".title").inner_text() == "It grows"
    assert focused(player) == "ask posed"
    assert violations(player.page) == []


def test_the_map_over_which_a_size_could_be_counted_is_not_drawn(asking):
    player = asking('view="gather" step="9" ask="size"')
    enter(player)
    sizes = "host => host.player.stage.layout.boxes.map(({ panel }) => [panel.id, panel.rows])"
    assert player.evaluate(sizes)[:2] == [["x", 3], ["w", 3]]
    player.page.keyboard.press("ArrowRight")
    press(player, "Skip")
    assert dict(player.evaluate(sizes))["map"] == 9


def test_a_row_of_numbers_may_begin_anywhere(asking):
    player = asking('ask="pattern"', width=358, height=700)
    field = player.locator(".ask input")
    assert field.get_attribute("inputmode") == "text"
    field.fill("?")
    field.press("Enter")
    assert verdict(player) == "Whole numbers, please, with spaces between them."
    field.fill("1 2 1 2")
    field.press("Enter")
    assert verdict(player).startswith(
        "Yes, 2, 1. From one to the next, these take turns: taps 0, 2;"
    )
    assert sideways(player.page) == 0


def test_a_claim_is_true_or_false(asking):
    player = asking('ask="claim false" title="It shrinks"')
    assert player.locator(".title").inner_text() == "True or false? It shrinks"
    assert violations(player.page) == []
    press(player, "true")
    assert verdict(player) == "You said true; it is false."
    assert player.locator(".title").inner_text() == "It shrinks"


def test_a_place_is_chosen_by_keys(asking):
    player = asking('ask="land 1,0 tap 1,1"')
    enter(player)
    for key in ("Control+ArrowLeft", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowRight", "Enter"):
        player.page.keyboard.press(key)
    assert verdict(player).startswith("Yes, y[3, 1]. By the rule")
    assert step(player) == 4


@pytest.mark.parametrize("key", ["ArrowRight", " "])
def test_to_move_on_is_to_skip_and_all_other_keys_do_nothing(asking, key):
    player = asking('ask="value 2,2" step="2"')
    for other in ("ArrowLeft", "Home", "End", "Shift+ArrowRight"):
        player.locator(".sheet").first.press(other)
        assert player.locator(".ask form").is_visible()
    player.locator(".sheet").first.press(key)
    assert verdict(player).startswith("It is ")
    assert heard(player, "answered") is True


def test_autoplay_waits_and_no_host_moves_past_the_question(asking):
    player = asking('ask="holes" autoplay step="3"')
    assert player.evaluate("host => host.player.state.playing") is False
    before = picture(player)
    player.evaluate("host => host.setAttribute('step', 8)")
    player.evaluate("host => host.player.set({ playing: true })")
    assert player.locator(".ask form").is_visible()
    player.evaluate("host => host.setAttribute('step', 3)")
    assert picture(player) == before


def test_the_host_may_tell_and_ask_again(asking):
    player = asking('ask="count 2,2"')
    player.evaluate("host => host.player.set({ answered: true })")
    assert verdict(player).startswith("It is 4. ")
    player.evaluate("host => host.player.set({ answered: false })")
    assert player.locator(".ask form").is_visible()
    assert not player.locator(".transport").count()


def test_it_is_asked_once_and_stays_told_where_it_is_moved(asking):
    player = asking('ask="size" title="It grows"', "<div>{}</div><section></section>")
    assert player.get_attribute("title") is None
    press(player, "Skip")
    player.evaluate("host => document.querySelector('section').append(host)")
    player.locator(".transport").wait_for()
    assert player.locator(".title").inner_text() == "It grows"
    assert not player.locator(".ask form").is_visible()


def test_predictions_go_on_afterwards(asking):
    player = asking('ask="holes" predict')
    press(player, "Skip")
    assert verdict(player).startswith("It is 0. ")
    scrub(player, 0)
    press(player, "Step forward")
    assert (
        player.locator(".question").first.inner_text().startswith("Where does the next stamp land")
    )
    assert player.locator(".transport").is_visible()


def test_a_cell_that_is_not_there_is_refused_by_name(mount):
    player = mount('kernel-size="3" ask="value 9,9"').first
    assert (
        player.locator(".notice")
        .inner_text()
        .startswith(
            "ask (='value 9,9') must name a cell of y, whose size is 5 × 5: use 0,0 to 4,4."
        )
    )
    assert player.locator(".transport").is_visible()


def test_a_clicker_answers_first_and_then_turns_the_slide(asking):
    player = asking('ask="size" keys="fragments"')
    page = player.page
    page.evaluate("addEventListener('keydown', ({ key }) => { window.turned = key })")
    page.keyboard.press("PageUp")
    assert page.evaluate("window.turned") == "PageUp"
    page.keyboard.press("PageDown")
    assert page.evaluate("window.turned") == "PageUp"
    assert verdict(player).startswith("It is 7 × 7. ")


@pytest.mark.parametrize("attributes", ["", "present", 'controls="none"'])
@pytest.mark.parametrize("width", [358, 690, 1190])
def test_question_picture_and_form_fit_where_they_stand(asking, attributes, width):
    player = asking(f'ask="land 1,1" {attributes}', width=width, color_scheme="dark")
    rest(player.page)
    assert sideways(player.page) == 0
    assert violations(player.page) == []
    press(player, "Skip")
    assert violations(player.page) == []


def test_in_a_lecture_the_verdict_gives_way_to_the_story(asking):
    player = asking('ask="land 1,0" present', width=960, height=700)
    assert player.locator(".play").count() == 0
    press(player, "Skip")
    said, story = player.locator(".ask.posed .verdict"), player.locator(".story")
    assert [said.is_visible(), story.is_visible()] == [True, False]
    player.page.keyboard.press("ArrowRight")
    assert [said.is_visible(), story.is_visible()] == [False, True]
    player.page.keyboard.press("ArrowLeft")
    assert [said.is_visible(), story.is_visible()] == [True, False]


def test_without_script_the_question_comes_first_and_the_answer_is_folded(open_page, bench):
    for media in ("screen", "print"):
        page = open_page(java_script_enabled=False, viewport={"width": 690, "height": 900}).page
        page.emulate_media(media=media)
        page.goto(page_of(bench, "size", WIDE))
        texts = page.locator("main").inner_text()
        assert texts.index("What size will the output have?") < texts.index("The answer")
        assert texts.index("stride 13") < texts.index("The answer")
        assert ("479" in texts) == (media == "print")
        assert page.locator("img").first.is_visible()
