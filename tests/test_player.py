"""The player in Python: what may be assigned, what follows from it, and what a cell shows."""

import json
import subprocess
import sys
from collections import Counter
from html.parser import HTMLParser
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from anywidget import AnyWidget
from ipywidgets import IntSlider, interactive, jslink, link

import deconvviz as dv
from deconvviz.player import cell
from deconvviz.player.markup import element
from deconvviz.player.state import complete, computation, trace_of
from deconvviz.words import NAMES, SHAPING, TABLE
from deconvviz.words.read import read

MISSPELT = {
    "view": "walk",
    "speed": 0,
    "theme": "drak",
    "controls": "some",
    "keys": "none",
    "lang": "xx",
    "exercise": "stamps",
    "beside": "gather,none",
    "ask": "whether",
    **dict.fromkeys(("playing", "answered", "autoplay", "loop", "predict", "present"), "no"),
}
IMPOSSIBLE = [
    ({"stride": 2}, {"output_padding": 2}),
    ({}, {"kernel_size": 0}),
    ({}, {"stride": -1}),
    ({}, {"stride": "abc"}),
    ({}, {"padding": 9}),
    ({}, {"input_size": 2.5}),
    ({}, {"dilation": [1, 1, 1]}),
    ({}, {"input": [[1, 2], [3]]}),
    ({}, {"input": [[["a"]]]}),
    ({}, {"weight": 5}),
    ({}, {"groups": 0}),
    ({"weight": [[[1]], [[2]], [[3]]]}, {"groups": 2}),
    *(({}, {name: value}) for name, value in MISSPELT.items()),
    ({}, {"selection": "y"}),
    ({}, {"selection": {"kind": "q", "index": [1, 1]}}),
    ({"input": [[[1]], [[2]]], "groups": 2}, {"groups": 0}),
    ({"input": [[[1]], [[2]]], "groups": 2}, {"out_channel": 2}),
    ({}, {"step": 10}),
    ({}, {"step": -1}),
    ({}, {"step": 1.5}),
]


def words(player):
    return {name: getattr(player, name) for name in ("stride", "output_padding", "step", "input")}


def test_import_of_the_package_loads_no_guest_and_no_widget():
    heavy = {"torch", "matplotlib", "anywidget", "ipywidgets"}
    code = f"import deconvviz, sys; print(sorted({heavy} & set(sys.modules)))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


@pytest.mark.parametrize("groups", [1, 2, 4])
def test_groups_show_what_a_layer_of_torch_computes(groups):
    rng = np.random.default_rng(groups)
    x, w = rng.integers(-3, 4, (4, 3, 2)), rng.integers(-3, 4, (4, 1, 3, 3))
    tensors = (torch.tensor(data, dtype=torch.float64) for data in (x[None], w))
    layer = torch.nn.functional.conv_transpose2d(*tensors, stride=2, groups=groups)[0].numpy()
    player = dv.Player(input=x.tolist(), weight=w[:, 0].tolist(), stride=2, groups=groups)
    for channel, expected in enumerate(layer):
        player.out_channel = channel
        assert np.array_equal(player.output, expected)
    written = player._repr_mimebundle_()[0]["text/html"]
    assert (f'groups="{groups}"' in written) == (groups > 1)


def test_the_package_has_the_names_that_come_later():
    assert {"Player", "show", "export"} <= set(dv.__all__)
    for module in (dv, dv.figures):
        offered = [name for name in dir(module) if not name.startswith("__")]
        assert offered == sorted(module.__all__), "what Tab offers"
    assert callable(dv.show)
    assert callable(dv.export)
    with pytest.raises(AttributeError, match="nothing_here"):
        dv.nothing_here  # noqa: B018


def test_a_number_stays_a_number_and_a_list_a_list():
    player = dv.Player(kernel_size=3, stride=2, padding=(1, 0))
    assert (player.stride, player.padding) == (2, [1, 0])
    player.padding = ((1, 2), (0, 1))
    assert player.padding == [[1, 2], [0, 1]]
    player.stride = np.int64(3)
    assert player.stride == 3
    player.stride = np.array([2, 3])
    assert player.stride == [2, 3]
    json.dumps(player.get_state(["stride", "padding", "input_size"]))


def test_sizes_of_others_are_read_through_the_door_of_arrays():
    two = torch.tensor([2, 3])
    for value in (two, two.to_sparse(), range(2, 4), [np.int8(2), torch.tensor(3)]):
        assert dv.Player(stride=value).stride == [2, 3]
    with pytest.raises(dv.GeometryError, match="stride lies on the device meta"):
        dv.Player(stride=two.to("meta"))


@pytest.mark.parametrize("value", [np.array([]), np.array(["gather", "matrix"]), torch.zeros(2)])
def test_an_array_is_no_choice(value):
    with pytest.raises(dv.GeometryError, match=r"^view \(=.*\) must be one of scatter"):
        dv.Player(view=value)
    for layer in ([[[1.0]], [[[1.0]]]], [torch.nn.ConvTranspose2d(1, 1, 2)]):
        with pytest.raises(dv.GeometryError, match=r"^view \(="):
            dv.show(*layer, view=value)


@pytest.mark.parametrize("name", sorted(set(TABLE) - {*SHAPING, "selection"}))
def test_none_is_refused_where_it_means_nothing(name):
    player = dv.Player()
    before = player.get_state()
    with pytest.raises(dv.GeometryError, match=f"{name} .=.?None"):
        setattr(player, TABLE[name].trait, None)
    assert player.get_state() == before


@pytest.mark.parametrize("name", SHAPING)
def test_none_is_the_default_at_the_start_and_assigned(name):
    player = dv.Player(kernel_size=4, stride=2, padding=1, view="gather")
    setattr(player, name, None)
    assert getattr(player, name) == getattr(dv.Player(**{name: None}), name) == TABLE[name].default


@pytest.mark.parametrize(("state", "change"), IMPOSSIBLE)
def test_an_impossible_assignment_says_why_and_changes_nothing(state, change):
    player = dv.Player(**state)
    before = player.get_state()
    ((name, value),) = change.items()
    name = TABLE[name].trait
    with pytest.raises(dv.GeometryError):
        setattr(player, name, value)
    assert player.get_state() == before


@pytest.mark.parametrize(("state", "change"), IMPOSSIBLE)
def test_an_impossible_start_is_refused(state, change):
    with pytest.raises(dv.GeometryError):
        dv.Player(**{**state, **change})


@pytest.mark.parametrize(("name", "value"), MISSPELT.items())
def test_a_word_of_appearance_is_refused_alike_by_player_and_element(name, value):
    with pytest.raises(dv.GeometryError, match=name) as of_player:
        dv.Player(**{name: value})
    if name in NAMES and name != "lang":
        with pytest.raises(dv.GeometryError) as of_element:
            element(**{name: value})
        assert str(of_element.value) == str(of_player.value)


@pytest.mark.parametrize("value", [0, -1, 11, "x", None, float("nan")])
def test_a_speed_has_bounds(value):
    with pytest.raises(dv.GeometryError, match=r"speed .* must be a number from 0.1 to 10"):
        dv.Player(speed=value)


def test_the_reason_is_that_of_geometry():
    player = dv.Player(stride=2)
    with pytest.raises(dv.GeometryError) as of_geometry:
        dv.Geometry(3, stride=2, output_padding=2)
    with pytest.raises(dv.GeometryError) as of_player:
        player.output_padding = 2
    assert str(of_player.value) == str(of_geometry.value)


def assign(player, **words):
    with player.hold_trait_notifications():
        for name, value in words.items():
            setattr(player, name, value)


def test_changes_made_together_are_judged_together():
    player = dv.Player(stride=2, output_padding=1)
    assign(player, stride=1, output_padding=0)
    assert (player.stride, player.output_padding) == (1, 0)
    with pytest.raises(dv.GeometryError, match=r"output_padding \(=3\)"):
        assign(player, stride=3, output_padding=3)
    assert (player.stride, player.output_padding) == (1, 0)


def test_the_page_hears_of_changes_made_together_in_one_message(monkeypatch):
    player = dv.Player(stride=2)
    told = []
    monkeypatch.setattr(player, "_send", lambda message, buffers=None: told.append(message))
    assign(player, kernel_size=6, stride=4)
    assert [message["state"] for message in told] == [{"kernel_size": 6, "stride": 4}]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("strides", "strides is not a word of a player: use stride, or another of input_size, "),
        ("constructor", "constructor is not a word of a player: use one of input_size, "),
    ],
)
def test_unknown_words_are_named_alike_everywhere(name, said, tmp_path):
    for made in (dv.Player, element, lambda **word: dv.export(None, tmp_path / "x.html", **word)):
        with pytest.raises(TypeError) as refused:
            made(**{name: 2})
        assert str(refused.value).startswith(said)


def test_a_player_shows_no_list():
    with pytest.raises(TypeError, match="list"):
        dv.Player([1, 2])


def test_trace_and_output_are_those_of_the_words():
    player = dv.Player(kernel_size=3, stride=2, padding=1, output_padding=1, view="gather")
    assert player.trace.view == "gather"
    expected = torch.nn.functional.conv_transpose2d(
        torch.tensor(player.trace.input)[None],
        torch.tensor(player.trace.weight)[:, None],
        stride=2,
        padding=1,
        output_padding=1,
    )
    np.testing.assert_array_equal(player.output, expected[0, 0].numpy())
    player.bias = 5
    np.testing.assert_array_equal(player.output, expected[0, 0].numpy() + 5)


def test_overlap_is_a_view_of_the_stamps():
    assert dv.Player(view="overlap").trace.view == "scatter"


def test_own_data_bring_their_size_and_keep_their_numbers():
    player = dv.Player(stride=2)
    player.input = np.arange(20.0).reshape(4, 5)
    assert player.input_size == [4, 5]
    player.input_size = [2, 6]
    assert player.trace.input[0, :, :5].tolist() == [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9]]
    np.testing.assert_array_equal(player.trace.input[0, :, 5], dv.example_input((2, 6))[0, :, 5])
    player.input_size = [4, 5]
    np.testing.assert_array_equal(player.trace.input[0], np.arange(20.0).reshape(4, 5))
    player.weight = [[1, 2], [3, 4]]
    assert player.kernel_size == 2
    player.input = None
    assert player.trace.input.shape == (1, 4, 5)


def test_channels_come_from_own_data():
    player = dv.Player(input=np.ones((2, 3, 3)))
    assert player.trace.channels == 2
    assert player.trace.weight.shape == (2, 3, 3)
    with pytest.raises(dv.GeometryError, match="channels"):
        dv.Player(input=np.ones((2, 3, 3)), weight=np.ones((3, 2, 2)))


def test_a_trace_becomes_the_players_own():
    trace = dv.record([1.5, 2, 3], [1, 10], 7, stride=2, view="matrix")
    player = dv.Player(trace, step=2)
    assert player.trace.to_dict() == trace.to_dict()
    assert player.step == 2


def test_the_step_stays_inside_a_story_that_became_shorter():
    player = dv.Player(input_size=4)
    player.step = len(player.trace) - 1
    player.input_size = 2
    assert player.step == len(player.trace) - 1 == 4


def test_the_page_changes_several_words_at_once():
    player = dv.Player(stride=2, output_padding=1)
    heard = []
    player.observe(lambda change: heard.append((change.name, player.output.shape)), ["stride"])
    player.set_state({"stride": 1, "output_padding": 0, "step": 3})
    assert (player.stride, player.output_padding, player.step) == (1, 0, 3)
    assert heard == [("stride", (5, 5))]


@pytest.mark.parametrize(
    "said",
    [{"output_padding": [2, 2]}, {"stride": "abc"}, {"step": 999}, {"input": "x", "step": 2}],
)
def test_what_a_page_cannot_mean_is_left_out(said):
    player = dv.Player(stride=2, step=1)
    before = words(player)
    player.set_state({**said, "playing": True})
    assert words(player) == before
    assert player.playing


def test_data_of_the_page_come_with_their_size():
    player = dv.Player()
    player.set_state({"input": np.ones((1, 4, 4)).tolist(), "input_size": [2, 2]})
    assert player.input_size == [2, 2]
    assert np.shape(player.input) == (1, 4, 4)


def test_errors_of_an_observer_are_not_swallowed():
    player = dv.Player()
    player.observe(lambda _: setattr(player, "stride", 0), "step")
    with pytest.raises(dv.GeometryError):
        player.set_state({"step": 2})


def test_it_composes_with_ipywidgets():
    player, slider = dv.Player(), IntSlider(value=1, min=1, max=4)
    jslink((slider, "value"), (player, "speed"))
    link((slider, "value"), (player, "step"))
    slider.value = 4
    assert player.step == 4

    def choose(stride):
        player.stride = stride

    interactive(choose, stride=slider).update()
    assert player.stride == 4


class Elements(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))


def element_of(player):
    bundle, metadata = player._repr_mimebundle_()
    assert metadata == {}
    assert bundle["text/plain"] == repr(player)
    assert "application/vnd.jupyter.widget-view+json" in bundle
    found = Elements(bundle["text/html"]).found
    assert found[0][0] == "deconv-viz"
    assert "img" in dict(found)
    return found[0][1], bundle["text/html"]


def test_a_cell_also_shows_an_element_that_needs_no_kernel():
    player = dv.Player(kernel_size=(3, 2), stride=2, padding=((1, 0), (0, 1)), step=3, keys="off")
    attributes, html = element_of(player)
    assert "application/json" not in html
    words = {name.replace("-", "_"): read(name, text) for name, text in attributes.items()}
    assert words["step"] == 3
    assert words["keys"] == "off"
    assert trace_of(words).to_dict() == player.trace.to_dict()


def test_own_data_travel_with_the_element():
    player = dv.show([[1.5, 2], [3, 4]], [[1, 0], [0, 1]], stride=2, title="Mine & yours")
    attributes, html = element_of(player)
    assert attributes == {"title": "Mine & yours"}
    start = html.index(">", html.index("<script")) + 1
    data = json.loads(html[start : html.index("</script>")])
    assert data == player.trace.to_dict()


def test_a_widget_without_a_view_still_shows_the_element(monkeypatch):
    monkeypatch.setattr(AnyWidget, "_repr_mimebundle_", lambda _: None)
    bundle, _ = dv.Player()._repr_mimebundle_()
    assert sorted(bundle) == ["text/html", "text/plain"]


LAYERS = [
    torch.nn.ConvTranspose1d(2, 3, 4, stride=2, padding=1),
    torch.nn.ConvTranspose2d(1, 1, 3, stride=2, padding=1, output_padding=1),
    torch.nn.ConvTranspose2d(4, 6, (3, 2), stride=(2, 1), groups=2, dilation=2, bias=False),
]


@pytest.mark.parametrize("layer", LAYERS, ids=str)
def test_show_follows_a_layer_of_torch(layer):
    size = (5, 4)[: len(layer.kernel_size)]
    x = torch.randn(2, layer.in_channels, *size, requires_grad=True)
    for channel in range(layer.out_channels):
        player = dv.show(layer, input=x, batch=1, out_channel=channel)
        expected = layer(x)[1, channel].detach().numpy()
        np.testing.assert_allclose(player.output, expected, atol=1e-6)


@pytest.mark.parametrize(
    ("channels", "groups", "shown", "title"),
    [
        ((4, 1), 1, 0, ""),
        ((4, 2), 1, 1, "Output channel 1 of 2, counted from 0"),
        (
            (4, 4),
            2,
            3,
            "Output channel 3 of 4, counted from 0: its group 1 sees input channels 2–3",
        ),
        (
            (3, 3),
            3,
            2,
            "Output channel 2 of 3, counted from 0: its group 2 sees input channel 2 alone",
        ),
        (
            (2, 6),
            2,
            2,
            "Output channel 2 of 6, counted from 0: its group 0 sees input channel 0 alone",
        ),
    ],
)
def test_show_names_the_output_channel_and_what_its_group_sees(channels, groups, shown, title):
    layer = torch.nn.ConvTranspose2d(*channels, 3, groups=groups)
    player = dv.show(layer, out_channel=shown)
    assert player.title.startswith(title)
    assert bool(player.title) == bool(title)
    said = str(player._repr_mimebundle_()[0]["text/html"])
    assert f"<figcaption>{title}" in said
    assert dv.show(layer, out_channel=shown, title="Mine").title == "Mine"
    assert player.trace.channels == channels[0] // groups


def test_show_fills_a_layer_with_example_data():
    assert dv.show(LAYERS[1], input_size=4, step=2).trace.input_size == (4, 4)
    assert dv.show(LAYERS[0]).trace.input.shape == (2, 3)


def test_show_takes_what_is_at_hand():
    geometry = dv.Geometry(3, stride=2)
    trace = dv.record(torch.ones(2, 2), torch.ones(2, 2))
    assert dv.show(geometry).trace.geometry == geometry
    assert dv.show(trace).trace.to_dict() == trace.to_dict()
    assert dv.show().trace.output_size == (5, 5)
    with pytest.raises(TypeError, match="Linear"):
        dv.show(torch.nn.Linear(2, 2))
    with pytest.raises(TypeError, match="Conv2d"):
        dv.show(torch.nn.Conv2d(1, 1, 3))


CHANGES = {
    "the start": lambda: dv.Player(kernel_size=3, stride=2, padding=1),
    "a start with data": lambda: dv.Player(input=[[1, 2], [3, 4]], stride=2),
    "one word": lambda player: setattr(player, "stride", 3),
    "data": lambda player: setattr(player, "input", [[1, 2, 3], [4, 5, 6]]),
    "several words": lambda player: assign(player, stride=3, padding=0, kernel_size=2),
    "the page": lambda player: player.set_state({"stride": 3, "padding": 1, "step": 2}),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_is_checked_once(monkeypatch, what):
    change = CHANGES[what]
    player = None if "start" in what else dv.Player(input_size=4)
    made = Counter()
    begin = dv.Geometry.__init__

    def counted(self, *arguments, **words):
        made["geometries"] += 1
        begin(self, *arguments, **words)

    def judged(words):
        made["checks"] += 1
        return computation(words)

    monkeypatch.setattr(dv.Geometry, "__init__", counted)
    monkeypatch.setattr("deconvviz.player.widget.computation", judged)
    change() if player is None else change(player)
    assert made == {"geometries": 1, "checks": 1}


def test_a_slider_may_drive_the_kernel_of_a_row():
    player = dv.Player(kernel_size=(3,), stride=2)
    for size in (4, 2):
        player.kernel_size = size
        assert (player.kernel_size, player.trace.geometry.kernel_size) == (size, (size,))
    player.input_size = 5
    assert (player.input_size, player.trace.input_size) == ([5], (5,))
    player.stride = 3
    assert player.stride == 3


@pytest.mark.parametrize("words", [{}, {"kernel_size": (3,)}, {"kernel_size": (2, 2, 2)}])
def test_complete_words_stay_as_they_are(words):
    whole = complete(words)
    assert complete(whole) == whole
    assert trace_of(whole).to_dict() == trace_of(words).to_dict()


@pytest.fixture
def in_a_cell(monkeypatch):
    """Run a cell of a notebook as a host does that says whether somebody can answer input()."""

    def in_a_cell(answered):
        asked = {"content": {"allow_stdin": answered}}
        shell = SimpleNamespace(get_parent=lambda: asked)
        monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
        monkeypatch.setattr(cell, "_brought", False)
        return [dv.Player(stride=2)._repr_mimebundle_()[0] for _ in range(2)]

    return in_a_cell


def test_a_cell_that_nobody_answers_shows_the_element_and_brings_the_script_once(in_a_cell):
    first, second = in_a_cell(False)
    assert {*first} == {*second} == {"text/plain", "text/html"}
    brought = f"<script data-deconv-viz>{cell.script()}</script>"
    assert first["text/html"] == second["text/html"] + brought
    assert second["text/html"].startswith("<deconv-viz")


@pytest.mark.parametrize("variable", ["VOILA_KERNEL_ID", "SERVER_SOFTWARE"])
def test_a_cell_with_somebody_behind_it_is_a_widget(in_a_cell, monkeypatch, variable):
    for data in in_a_cell(True):
        assert cell.VIEW in data
        assert "<script data-deconv-viz>" not in data["text/html"]
    monkeypatch.setenv(variable, "voila/0.5.12")
    for data in in_a_cell(False):
        assert cell.VIEW in data


def test_a_cell_goes_with_the_size_that_it_stood_in():
    cell = {"kind": "x", "index": [2, 2]}
    player = dv.Player(selection=cell)
    player.input_size = 4
    assert player.selection == cell
    player.input_size = 2
    assert player.selection is None
    with pytest.raises(
        dv.GeometryError, match=r"\(=x:2,2\) must be a cell that is there: x:0,0 to x:1"
    ):
        player.selection = cell
    player.set_state({"selection": cell, "theme": "dark"})
    assert (player.selection, player.theme) == (None, "dark")


def test_python_hears_of_the_answer_and_may_tell_or_ask_again():
    player = dv.show(dv.Geometry(3, stride=2), ask="value 2,2")
    told = []
    player.observe(told.append, "answered")
    player.set_state({"answered": True})
    assert [change["new"] for change in told] == [True]
    player.answered = False
    assert not player.answered
    assert "answered" not in player.words
    assert 'ask="value 2,2"' in player.html


def test_a_question_about_a_cell_that_is_not_there_is_refused():
    reason = r"ask \(='value 9,9'\) must name a cell of y, whose size is 7 × 7: use 0,0 to 6,6"
    with pytest.raises(dv.GeometryError, match=reason):
        dv.Player(dv.Geometry(3, stride=2), ask="value 9,9")
    player = dv.Player(dv.Geometry(3, stride=2))
    with pytest.raises(dv.GeometryError, match=reason):
        player.ask = "value 9,9"
    assert player.ask == ""
