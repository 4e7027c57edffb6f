import json
from html.parser import HTMLParser
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

import deconvviz as dv
from deconvviz.player import markup
from deconvviz.player.question import answer, before, question
from deconvviz.player.state import story_of
from deconvviz.text import load

SQUARE = dv.record(
    dv.example_input((3, 3))[0],
    dv.example_weight((3, 3))[0],
    stride=2,
    padding=1,
    output_padding=1,
)
DIRECT = dv.record(SQUARE.output, SQUARE.weight[0], stride=2, padding=1, view="direct")


class Tree(HTMLParser):
    """Collect what a page holds: attributes of every tag, and the text in it."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.text, self._open = [], {}, []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag != "img":
            self._open.append(tag)

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        self.text.setdefault(self._open[-1], []).append(data)

    def all(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]


def test_attributes_have_dashes_and_leave_out_none():
    html = markup.element(output_padding=1, input_size=(4, 5), lang=None)
    assert Tree(html).all("deconv-viz") == [{"output-padding": "1", "input-size": "4,5"}]


def test_own_data_travel_as_json():
    html = markup.element(input=dv.example_input((2, 2))[0], weight=[[1, 2]])
    (attributes,) = Tree(html).all("deconv-viz")
    assert json.loads(attributes["input"]) == [[1.0, 3.0], [2.0, 2.0]]
    assert json.loads(attributes["weight"]) == [[1, 2]]


def test_an_unknown_word_is_refused():
    with pytest.raises(TypeError, match="strides is not a word of a player: use stride"):
        markup.element(strides=2)


def test_an_attribute_cannot_break_out():
    html = markup.element(title='"><script>alert(1)</script>')
    assert [tag for tag, _ in Tree(html).tags] == ["deconv-viz"]


def test_the_trace_inside_is_the_trace():
    (data,) = Tree(markup.element(SQUARE)).text["script"]
    assert dv.Trace.from_dict(json.loads(data)).output.tolist() == SQUARE.output.tolist()


def test_no_tag_can_open_inside_the_data():
    class Named:
        def to_dict(self):
            return {"name": "</script><script>alert(1)"}

    html = markup.element(Named())
    assert html.count("<script") == html.count("</script") == 1
    assert json.loads(Tree(html).text["script"][0]) == Named().to_dict()


def test_the_fallback_holds_takeaway_frames_and_words():
    tree = Tree(markup.still(SQUARE))
    assert tree.text["figcaption"] == [load()["titles"]["scatter"]]
    assert tree.text["p"] == [f" {SQUARE.sentence(t)}" for t in (1, 5, 13, 15)]
    assert tree.text["b"] == [f"step {t + 1} of 16" for t in (1, 5, 13, 15)]
    for image in tree.all("img"):
        kind, picture = image["src"].split(",", 1)
        assert kind == "data:image/svg+xml"
        svg = ElementTree.fromstring(unquote(picture))
        assert (svg.get("width"), svg.get("height")) == (image["width"], image["height"])


def test_the_words_beside_a_picture_say_what_it_shows():
    alts = [image["alt"] for image in Tree(markup.still(SQUARE)).all("img")]
    assert alts[1] == "step 6 of 16, drawn: input 3 × 3, kernel 3 × 3, canvas 7 × 7"


def test_the_overlap_view_is_one_picture_of_the_counts():
    tree = Tree(markup.still(SQUARE, view="overlap"))
    assert tree.text["figcaption"] == [load()["titles"]["overlap"]]
    (image,) = tree.all("img")
    assert "stamps in each cell, 6 × 6" in image["alt"]
    assert len(tree.all("li")) == 9


@pytest.mark.parametrize("view", ["scatter", "gather", "matrix", "overlap", "direct"])
def test_what_stands_in_for_a_player_is_light(view):
    trace = DIRECT if view == "direct" else SQUARE.with_view(story_of(view))
    assert len(markup.still(trace, view=view)) < 20_000


def test_a_long_phase_is_told_by_its_ends():
    told = list(markup.transcript(SQUARE))
    assert [step for step, _ in told] == [0, 1, None, 9, 10, None, 13, 14, 15]
    assert told[2][1] == "… and 7 more like this"
    assert all(text == SQUARE.sentence(step) for step, text in told if step is not None)


def test_a_phase_of_three_is_told_whole():
    steps = [step for step, _ in markup.transcript(dv.record([1, 2, 3], [1]))]
    assert steps == [0, 1, 2, 3]


def test_list_numbers_are_those_of_the_player():
    values = [item.get("value") for item in Tree(markup.still(SQUARE)).all("li")]
    assert values == ["1", "2", None, "10", "11", None, "14", "15", "16"]


def test_a_large_map_stays_a_small_page():
    trace = dv.record(dv.example_input((256, 256))[0], dv.example_weight((4, 4))[0], stride=2)
    html = markup.still(trace)
    assert len(Tree(html).all("li")) == 4
    assert len(html) < 20_000


def test_three_axes_are_drawn_too():
    cube = dv.Trace(
        dv.Geometry((2, 2, 2)), dv.example_input((2, 2, 2)), dv.example_weight((2, 2, 2))
    )
    tree = Tree(markup.still(cube))
    assert len(tree.all("img")) == 2
    assert len(tree.all("li")) == 4


ASKED = ["size", "land 2,1", "land 2,1 tap 1,2", "value 3,3", "count 3,3", "holes", "pattern"]


@pytest.mark.parametrize("view", ["scatter", "gather", "matrix", "overlap"])
@pytest.mark.parametrize("ask", [*ASKED, "claim false"])
def test_what_stands_in_for_a_question_asks_first_and_folds_the_answer(ask, view):
    trace = SQUARE if view == "overlap" else SQUARE.with_view(view)
    asked = question(trace, ask, "All is well")
    html = markup.still(trace, "All is well", view=view, ask=ask, step=len(trace) - 1)
    first, rest = html.split("<details", 1)
    assert Tree(first).text["figcaption"] == [asked.text]
    assert Tree(first).text["p"] == [asked.given]
    assert asked.because not in first or not asked.because
    assert answer(asked) in Tree(f"<details{rest}").text["p"]
    assert markup.still(trace, "All is well", view=view) in rest
    assert html.endswith(f'<p class="deconvviz-answer" hidden>The answer: {answer(asked)}</p>')


def test_what_a_reader_must_know_stands_with_the_question():
    padding = ((1, 2), (0, 0))
    trace = dv.record([[1, 2]] * 3, [[1] * 3] * 3, stride=(2, 1), padding=padding, bias=7)
    given = "input 3 × 2, kernel_size 3, stride (2, 1), padding (1:2, 0), bias 7"
    assert question(trace, "size").given == given


def test_the_picture_before_an_answer_does_not_hold_it():
    def letters(view, ask, step):
        trace = SQUARE.with_view(view)
        return [panel.letter for panel in before(trace, question(trace, ask), step)]

    assert letters("scatter", "size", 9) == ["x", "w"]
    assert letters("gather", "size", 30) == ["x", "w"]
    gathered = SQUARE.with_view("gather")
    (read, *_) = before(gathered, question(gathered, "size"), 30)
    assert read.values.shape == gathered.input_size  # not stretched
    assert letters("matrix", "land 2,1", 20) == ["x", "w"]
    assert letters("matrix", "value 0,0", 0) == ["C", "x", "w"]
    asked = question(SQUARE, "value 3,3")
    (held,) = [p for p in before(SQUARE, asked, len(SQUARE) - 1) if p.letter == "y"]
    assert held.values[4, 4] != asked.answer[0]
    assert asked.until <= 9


def test_a_title_that_waits_is_no_tooltip():
    assert 'data-title="It grows"' in markup.element(title="It grows", ask="size")
    assert ' title="It grows"' in markup.element(title="It grows")
