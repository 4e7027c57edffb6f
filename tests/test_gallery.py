"""The gallery shows every figure of conv_arithmetic, and each card is what it is called."""

import re
from pathlib import Path
from urllib.parse import parse_qsl
from xml.etree import ElementTree

import numpy as np
import pytest
from cards import cards, every
from sphinx.testing.util import SphinxTestApp

from deconvviz import conv
from deconvviz.figures.svg import picture
from deconvviz.geometry import Geometry
from deconvviz.player.presets import preset, table
from deconvviz.player.state import complete, trace_of
from deconvviz.words.read import read

# conv_arithmetic's animations of direct convolutions: i, k, s, p, d, o
DIRECT = {
    "no_padding_no_strides": (4, 3, 1, 0, 1, 2),
    "arbitrary_padding_no_strides": (5, 4, 1, 2, 1, 6),
    "same_padding_no_strides": (5, 3, 1, 1, 1, 5),
    "full_padding_no_strides": (5, 3, 1, 2, 1, 7),
    "no_padding_strides": (5, 3, 2, 0, 1, 2),
    "padding_strides": (5, 3, 2, 1, 1, 3),
    "padding_strides_odd": (6, 3, 2, 1, 1, 3),
    "dilation": (7, 3, 1, 0, 2, 3),
}
# and of transposed ones: input, output, (k, s, p, op), zeros between, size when opened, border
TRANSPOSED = {
    "no_padding_no_strides_transposed": (2, 4, (3, 1, 0, 0), 0, 2, (2, 2)),
    "arbitrary_padding_no_strides_transposed": (6, 5, (4, 1, 2, 0), 0, 6, (1, 1)),
    "same_padding_no_strides_transposed": (5, 5, (3, 1, 1, 0), 0, 5, (1, 1)),
    "full_padding_no_strides_transposed": (7, 5, (3, 1, 2, 0), 0, 7, (0, 0)),
    "no_padding_strides_transposed": (2, 5, (3, 2, 0, 0), 1, 3, (2, 2)),
    "padding_strides_transposed": (3, 5, (3, 2, 1, 0), 1, 5, (1, 1)),
    "padding_strides_odd_transposed": (3, 6, (3, 2, 1, 1), 1, 5, (1, 2)),
}
NUMERIC = {
    "numerical_no_padding_no_strides": (5, 3, 1, 0, 1, 3),
    "numerical_padding_strides": (5, 3, 2, 1, 1, 3),
    "numerical_average_pooling": (5, 3, 1, 0, 1, 3),
    "numerical_max_pooling": (5, 3, 1, 0, 1, 3),
}
CARDS = {card.id: card for card in every()}
FIGURES = {card.figure: card for card in every() if card.figure}
ALIVE = [card.id for card in every() if card.words]


def test_every_figure_of_conv_arithmetic_is_there():
    assert len(DIRECT) + len(TRANSPOSED) == 15
    assert set(FIGURES) == {*DIRECT, *TRANSPOSED, *NUMERIC}


@pytest.mark.parametrize("name", [*DIRECT, *NUMERIC])
def test_a_direct_figure_has_its_sizes(name):
    i, k, s, p, d, o = {**DIRECT, **NUMERIC}[name]
    windows = FIGURES[name].windows
    assert windows.map.shape == (i, i)
    assert windows.kernel.shape == (k, k)
    assert (windows.stride, windows.padding, windows.dilation) == (s, p, d)
    assert FIGURES[name].sizes == ((i, i), (o, o))
    if name != "numerical_max_pooling":
        layers = {f"Conv2d(k {k}, s {s}, p {p})", f"Conv2d(k {k}, s {s}, p {p}, d {d})"}
        assert FIGURES[name].direct in layers


@pytest.mark.parametrize("name", TRANSPOSED)
def test_a_transposed_figure_has_its_sizes(name):
    before, after, parameters, zeros, opened, border = TRANSPOSED[name]
    card = FIGURES[name]
    assert card.geometry == Geometry(*parameters)
    assert card.sizes == ((before, before), (after, after))
    assert card.geometry.stride[0] - 1 == zeros
    assert card.geometry.stretched_size(before) == (opened, opened)
    assert card.geometry.border() == (border, border)
    assert card.words["view"] == "gather"
    k, s, p, op = parameters
    assert card.ours == f"ConvTranspose2d(k {k}, s {s}, p {p}{f', op {op}' * (op > 0)})"
    assert card.direct == f"Conv2d(k {k}, s {s}, p {p})"


@pytest.mark.parametrize("name", DIRECT)
def test_a_figure_and_its_transpose_go_there_and_back(name):
    there, back = CARDS[name.replace("_", "-")], CARDS[name.replace("_", "-") + "-transposed"]
    assert there.sizes == back.sizes[::-1]
    assert there.geometry == back.geometry
    assert (there.ours, there.direct) == (back.ours, back.direct)


def test_the_transposed_figures_are_the_presets_of_the_menu():
    arithmetic = [row["id"] for row in table() if row["group"] == "arithmetic"]
    shown = [card for card in cards()["transposed"] if card.figure]
    assert len(shown) == len(arithmetic)
    for name, card in zip(arithmetic, shown, strict=True):
        whole = complete(preset(name))
        assert tuple(whole["input_size"]) == card.small
        assert trace_of(preset(name)).geometry == card.geometry


def test_every_preset_is_in_the_gallery():
    others = {row["id"] for row in table() if row["group"] != "arithmetic"}
    assert others <= set(CARDS)


@pytest.mark.parametrize("name", [*DIRECT, *NUMERIC])
def test_the_stills_of_a_direct_figure_show_its_convolution(name):
    windows = FIGURES[name].windows
    if windows.take == "max":
        assert windows.output[1, 1] == windows.map[1:4, 1:4].max()
        return
    words = {"stride": windows.stride, "padding": windows.padding, "dilation": windows.dilation}
    expected = conv(windows.map[None], windows.kernel[None, None], **words)[0]
    np.testing.assert_allclose(windows.output, expected, rtol=1e-12)


@pytest.mark.parametrize("name", [*DIRECT, *NUMERIC])
def test_the_player_of_a_direct_figure_computes_it_too(name):
    card = FIGURES[name]
    windows, words = card.windows, card.words
    if windows.take == "max":
        assert words == {}
        return
    trace = trace_of(words)
    assert words["view"] == "direct"
    assert trace.geometry == card.geometry
    assert trace.output_size == card.small
    assert trace[words["step"]].target == (0, 0)
    assert np.array_equal(trace.weight[0], windows.kernel)
    np.testing.assert_allclose(trace.output, windows.output, rtol=1e-12)


@pytest.mark.parametrize("name", CARDS)
def test_a_card_has_its_words_and_its_pictures(name):
    card = CARDS[name]
    assert card.title[0].isupper() or card.title[0].isdigit()
    assert card.note.endswith(".")
    assert re.fullmatch(r"[a-z0-9-]+", name)
    assert 0 <= card.thumbnail < len(card.stills)
    for still in card.stills:
        assert still.sentence
        drawn = picture(still.panels, "dark", plate=False)
        ElementTree.fromstring(drawn)
        assert "nan" not in drawn.lower()


def test_no_two_cards_have_one_name():
    assert len(list(every())) == len(CARDS)
    titles = [(group, card.title) for group, found in cards().items() for card in found]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("name", ALIVE)
def test_the_address_of_a_card_says_the_same(name):
    card = CARDS[name]
    words = {key.replace("-", "_"): read(key, text) for key, text in parse_qsl(card.query)}
    opened, meant = trace_of(words), trace_of(card.words)
    assert opened.geometry == meant.geometry
    assert opened.view == meant.view
    assert words.get("view", "scatter") == card.words.get("view", "scatter")
    np.testing.assert_array_equal(opened.output, meant.output)


def test_what_conv_arithmetic_lacks_is_there():
    geometries = [card.geometry for card in every() if card.geometry and not card.figure]
    axes = [geometry.axes[0] for geometry in geometries]
    seen = [(axis.kernel_size, axis.stride, axis.padding_begin) for axis in axes]
    assert {(4, 2, 1), (2, 2, 0)} <= set(seen)
    assert any(axis.kernel_size < axis.stride for axis in axes)
    assert any(axis.dilation > 1 for axis in axes)
    assert {geometry.ndim for geometry in geometries} == {1, 2, 3}
    assert any(len(set(geometry.stride)) > 1 for geometry in geometries)
    assert any(card.words.get("view") == "matrix" for card in every() if not card.figure)
    assert CARDS["two-channels"].geometry is not None
    assert trace_of(CARDS["two-channels"].words).channels == 2


@pytest.fixture
def build(tmp_path):
    """Build one page in a small project of its own, and return (html, warnings, folder)."""
    apps = []

    def build(text):
        (tmp_path / "conf.py").write_text("extensions = ['gallery']", encoding="utf-8")
        (tmp_path / "index.rst").write_text(f"Title\n=====\n\n{text}\n", encoding="utf-8")
        apps.append(SphinxTestApp("html", srcdir=tmp_path, builddir=tmp_path / "_build"))
        apps[-1].build()
        folder = Path(apps[-1].outdir)
        html = (folder / "index.html").read_text(encoding="utf-8")
        return html, apps[-1].warning.getvalue(), folder

    yield build
    for app in apps:
        app.cleanup()


def test_a_group_is_its_cards_and_their_pictures_lie_beside_the_page(build):
    html, warnings, folder = build(".. gallery:: more\n\nSee :ref:`it <gallery-one-axis>`.")
    assert warnings == ""
    assert html.count('class="gallery-details"') == len(cards()["more"])
    assert html.count("<template><deconv-viz ") == len(cards()["more"])
    assert 'href="#gallery-one-axis"' in html
    sources = re.findall(r'<img src="([^"]+)"', html)
    assert len(sources) > 2 * len(cards()["more"])
    assert all((folder / source).is_file() for source in sources)
    assert html.count(" loading=") == len(sources)


def test_an_unknown_group_is_named_with_those_that_there_are(build):
    _, warnings, _ = build(".. gallery:: transpose")
    assert "'transpose' is no group of the gallery: direct, transposed" in warnings


def test_the_playground_offers_every_preset(build):
    html, warnings, _ = build(".. start-from::")
    assert warnings == ""
    assert html.count('href="playground.html') == len(table())
