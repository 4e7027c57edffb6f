"""A small Sphinx project with one line of configuration, as another book would have it."""

import json
import re
import sys
from pathlib import Path
from textwrap import dedent

import nbformat
import pytest
from sphinx.testing.util import SphinxTestApp

import deconvviz as dv
from deconvviz import sphinx_ext
from deconvviz.text import load
from deconvviz.words import NAMES

NOTEBOOKS = ("myst_nb", "deconvviz.sphinx_ext")
GOOD = """\
    Players
    =======

    .. deconvviz::
       :input-size: 3
       :kernel-size: 3
       :stride: 2
       :padding: 1
       :output-padding: 1
       :name: first
       :wide:

       Where to look: *here*.

    See :ref:`first`.
    """


@pytest.fixture
def build(tmp_path):
    """Build pages given as name=text and return (app, warnings)."""
    apps = []

    def build(builder="html", extensions=("deconvviz.sphinx_ext",), conf="", **pages):
        source = tmp_path / "source"
        source.mkdir(exist_ok=True)
        (source / "conf.py").write_text(
            f"extensions = {list(extensions)}\n{conf}", encoding="utf-8"
        )
        for name, text in pages.items():
            (source / f"{name}.rst").write_text(dedent(text), encoding="utf-8")
        app = SphinxTestApp(builder, srcdir=source, builddir=tmp_path / "build")
        apps.append(app)
        app.build()
        return app, re.sub(r"\x1b\[[\d;]*m", "", app.warning.getvalue())

    yield build
    for app in apps:
        app.cleanup()


def page(app, name="index"):
    return (Path(app.outdir) / f"{name}.html").read_text(encoding="utf-8")


def element_of(html):
    return re.search(r"<deconv-viz ([^>]*)>", html).group(1)


def test_one_line_of_configuration_brings_a_player(build):
    app, warnings = build(index=GOOD)
    assert warnings == ""
    html = page(app)
    assert dict(re.findall(r'([\w-]+)="([^"]*)"', element_of(html))) == {
        "input-size": "3",
        "kernel-size": "3",
        "stride": "2",
        "padding": "1",
        "output-padding": "1",
    }
    assert re.search(r'<figure class="deconvviz-wide[^"]*" id="first">', html)
    assert "Where to look: <em>here</em>." in html
    assert 'href="#first"' in html


def test_the_fallback_tells_the_same_computation(build):
    app, _ = build(index=GOOD)
    trace = dv.record(
        dv.example_input((3, 3))[0],
        dv.example_weight((3, 3))[0],
        stride=2,
        padding=1,
        output_padding=1,
    )
    assert trace.sentence(5) in page(app)


def test_only_pages_with_a_player_load_the_script(build):
    other = """\
    :orphan:

    Other
    =====
    """
    app, _ = build(index=GOOD, other=other)
    script = re.search(r'<script[^>]*src="_static/deconvviz\.js[^>]*>', page(app)).group()
    assert "defer" in script
    assert "deconvviz.js" not in page(app, "other")
    assert "deconvviz.js" not in page(app, "genindex")
    served = Path(app.outdir) / "_static"
    for name in ("deconvviz.js", "deconvviz.css"):
        assert (served / name).read_bytes() == (sphinx_ext.PACKAGE / "static" / name).read_bytes()


WRONG = [
    ({"stride": "2", "output-padding": "2"}, "output_padding (=2) must be smaller than stride"),
    ({"kernel-size": "0"}, "kernel_size (=0) must be at least 1"),
    ({"view": "sideways"}, "view (='sideways') must be one of scatter, gather, matrix"),
    ({"padding": "9"}, "output size"),
    ({"kernel-size": "3,", "input-size": "3,3"}, "input_size"),
    ({"stride": "two"}, "stride (='two') must be a whole number"),
    ({"step": "99"}, "step (=99) must be smaller than 10: use 0 to 9"),
    ({"lang": "xx"}, "lang (='xx') must be one of en"),
    ({"strides": "2"}, "strides is not a word of a player: use stride, or another of input-size"),
    ({"constructor": ""}, "constructor is not a word of a player: use one of input-size"),
    ({"lang": "../words"}, "lang (='../words') must be one of en"),
    ({"selection": "y:9,9"}, "selection (=y:9,9) must be a cell that is there: y:0,0 to y:4,4"),
    ({"input": "1,5 2,5"}, "input holds 1,5: write 1.5 if that is one number, 1 5 if it is"),
    ({"input": "[" * 3000}, "input nests more than 5 lists"),
    ({"stride": "9" * 5000}, "stride (='999"),
    ({"wide": "very"}, "wide (='very') must be one of '', true, false"),
    ({"speed": "fast"}, "speed (='fast') must be a number from 0.1 to 10"),
    ({"input": "[[1, 2], [3]]"}, "input: row 2 has 1 number, row 1 has 2"),
    ({"input": "[1, 2]", "kernel-size": "3,3"}, "input (shape (2,)) must have 2 axes"),
]


def test_a_wrong_option_is_a_warning_with_file_and_line(build):
    lines = ["Title", "=====", ""]
    starts = []
    for options, _ in WRONG:
        starts.append(len(lines) + 1)
        lines += [".. deconvviz::", *(f"   :{name}: {text}" for name, text in options.items()), ""]
    app, warnings = build(index="\n".join(lines))
    told = dict(re.findall(r"index\.rst:(\d+): (?:WARNING|ERROR): (.*)", warnings))
    assert [*map(int, told)] == starts
    for (_, reason), sentence in zip(WRONG, told.values(), strict=True):
        assert reason in sentence
    assert "<deconv-viz" not in page(app)


@pytest.mark.parametrize(("written", "holds"), [("", True), (" true", True), (" false", False)])
def test_a_flag_of_the_page_may_be_spelled_out(build, written, holds):
    text = GOOD.replace(":wide:", f":wide:{written}\n       :url:{written}")
    app, warnings = build(index=text)
    assert warnings == ""
    assert ("deconvviz-wide" in page(app)) == element_of(page(app)).endswith("url") == holds


def test_a_wrong_option_takes_nothing_else_from_the_page(build):
    text = GOOD.replace(":stride: 2", ":stride: two")
    app, warnings = build(index=text)
    assert warnings.count("WARNING") == 1
    assert "must be a whole number of at least 1" in page(app)
    assert "Where to look: <em>here</em>." in page(app)
    assert 'href="#first"' in page(app)


TITLES = ["12", "null", "[1]", "true", "{a: 1}", "a: b", "~"]
TITLED = {
    "rst": ("Page\n====\n\n", ".. deconvviz::\n   :title: {}\n\n"),
    "md": ("# Page\n\n", "```{{deconvviz}}\n:title: '{}'\n```\n\n"),
}


@pytest.mark.parametrize("kind", TITLED)
def test_a_title_stays_text(build, tmp_path, kind):
    folder = tmp_path / "source"
    folder.mkdir()
    head, player = TITLED[kind]
    text = head + "".join(map(player.format, TITLES))
    (folder / f"index.{kind}").write_text(text, encoding="utf-8")
    app, warnings = build(extensions=NOTEBOOKS)
    assert "WARNING" not in warnings
    captions = re.findall(r"<figcaption>(.*?)</figcaption>", page(app))
    assert captions == TITLES


def test_an_impossible_choice_is_explained_on_the_page(build):
    text = "Title\n=====\n\n.. deconvviz::\n   :output-padding: 1\n"
    app, _ = build(index=text)
    assert "must be smaller than stride (=1) or dilation (=1)" in page(app)


def test_own_data_play_and_stand_in_the_fallback(build):
    app, warnings = build(
        index="""\
        Title
        =====

        .. deconvviz::
           :input: [1, 2]
           :weight: [1, 10, 100]
           :stride: 2
           :bias: 0.5
           :title: One & one
           :step: 1
        """
    )
    assert warnings == ""
    html = page(app)
    data = json.loads(re.search(r'<script type="application/json">(.*?)</script>', html).group(1))
    assert dv.Trace.from_dict(data).output.tolist() == [1.5, 10.5, 102.5, 20.5, 200.5]
    assert element_of(html) == 'step="1" title="One &amp; one"'
    assert "<figcaption>One &amp; one</figcaption>" in html
    assert "x[1] = 2 stamps 2·w onto canvas cells 2–4" in html


def test_the_address_can_follow_the_player(build):
    app, warnings = build(index=GOOD.replace(":wide:", ":url:"))
    assert warnings == ""
    assert element_of(page(app)).endswith('output-padding="1" url')
    other, _ = build(index=GOOD)
    assert not element_of(page(other)).endswith("url")


def test_every_attribute_is_an_option():
    options = sphinx_ext.PlayerDirective.option_spec
    assert set(options) == {name.replace("_", "-") for name in NAMES} | {
        "class",
        "name",
        "url",
        "wide",
    }


def test_own_data_keep_their_numbers_at_another_size(build):
    app, _ = build(
        index="""\
        Title
        =====

        .. deconvviz::
           :input: [[7, 8]]
           :input-size: 2
           :kernel-size: 2
        """
    )
    data = json.loads(re.search(r'<script type="application/json">(.*?)</script>', page(app))[1])
    assert data["input"] == [[[7, 8], dv.example_input((2, 2))[0, 1].tolist()]]


def test_the_overlap_view_shows_its_counts(build):
    text = "Title\n=====\n\n.. deconvviz::\n   :stride: 2\n   :view: overlap\n"
    app, warnings = build(index=text)
    assert warnings == ""
    assert 'view="overlap"' in element_of(page(app))
    assert page(app).count("<img ") == 1
    assert "stamps in each cell, 7 × 7" in page(app)


@pytest.mark.parametrize("view", ["scatter", "overlap"])
def test_latex_prints_key_frames(build, view):
    app, warnings = build("latex", index=GOOD.replace(":wide:", f":view: {view}"))
    assert warnings == ""
    (tex,) = Path(app.outdir).glob("*.tex")
    (name,) = re.findall(r"includegraphics[^{]*\{\{([0-9a-f]+)\}", tex.read_text(encoding="utf-8"))
    assert (Path(app.outdir) / f"{name}.pdf").read_bytes().startswith(b"%PDF")


BUILDERS = {
    "html": ("index.html", "x[0, 0] = 1 stamps 1·w"),
    "dirhtml": ("index.html", "x[0, 0] = 1 stamps 1·w"),
    "singlehtml": ("index.html", "x[0, 0] = 1 stamps 1·w"),
    "latex": ("*.tex", "includegraphics"),
    "epub": ("index.xhtml", "<img"),
    "texinfo": ("*.texi", "@image"),
    "text": ("index.txt", "x[0, 0] = 1 stamps 1·w"),
    "man": ("*.1", "stamps"),
    "xml": ("index.xml", "x[0, 0] = 1 stamps 1·w"),
    "gettext": ("index.pot", "Where to look"),
    "linkcheck": ("output.txt", ""),
    "dummy": ("", ""),
}
# where a picture would stand, and none can be drawn
WORDS = {
    "latex": "stamps",
    "epub": "x[0, 0] = 1 stamps 1·w",
    "texinfo": "x[0, 0] = 1 stamps 1·w",
}


@pytest.mark.parametrize(
    ("builder", "matplotlib"),
    [*((name, False) for name in BUILDERS), *((name, True) for name in WORDS)],
)
def test_every_builder_works_with_and_without_matplotlib(
    build, tmp_path, monkeypatch, builder, matplotlib
):
    if not matplotlib:
        monkeypatch.setitem(sys.modules, "matplotlib", None)
    write_outputs(tmp_path / "source", "notebook")
    conf = "nb_execution_mode = 'off'\nproject = author = copyright = version = 'book'"
    index = GOOD + "\n    .. toctree::\n\n       notebook\n"
    app, warnings = build(builder, NOTEBOOKS, conf, index=index)
    assert [line for line in warnings.splitlines() if "mime_type" not in line] == []
    name, said = BUILDERS[builder]
    if builder != "dummy":  # which writes nothing
        (path,) = Path(app.outdir).glob(name)
        assert (said if matplotlib else WORDS.get(builder, said)) in path.read_text(
            encoding="utf-8"
        )
    if builder == "epub":
        assert "deconv-viz" not in (Path(app.outdir) / "notebook.xhtml").read_text(encoding="utf-8")


ASKS = """\
    Title
    =====

    .. deconvviz::
       :stride: 2
       :ask: size
       :title: Seven by seven

       Look at the input.

       It is seven, since the last stamp begins at four.
    """


def test_a_figure_that_asks_lets_the_end_of_its_caption_wait(build):
    app, warnings = build(index=ASKS)
    assert warnings == ""
    html = page(app)
    caption = html.split("<figcaption>")[-1]
    assert caption.index("Look at the input.") < caption.index('<details class="deconvviz-waits">')
    assert caption.index("Answer above first</summary>") < caption.index("It is seven")
    assert 'ask="size"' in element_of(html)
    assert " title=" not in f" {element_of(html)}"


def test_a_question_about_a_cell_that_is_not_there_is_a_warning(build):
    _, warnings = build(index=ASKS.replace("size", "value 9,9"))
    assert "ask (='value 9,9') must name a cell of y, whose size is 7 × 7" in warnings


def test_latex_asks_first_and_answers_in_small_print_last(build):
    app, warnings = build("latex", index=ASKS)
    assert warnings == ""
    (tex,) = Path(app.outdir).glob("*.tex")
    text = tex.read_text(encoding="utf-8")
    asks, shows = text.index("What size will the output have?"), text.index("includegraphics")
    small = text.index("sphinxlegend", text.index("begin{sphinxlegend}") + 20)
    assert asks < shows < text.index("Look at the input.") < text.index("The answer: It is 7 × 7.")
    assert small < text.index("The answer: It is 7 × 7.")


def test_a_claim_in_print_is_the_title_that_the_page_has(build):
    asks = ASKS.replace(":ask: size", ":ask: claim true")
    index = asks.replace(":title: Seven by seven", ":view: gather\n       :turned: false")
    app, warnings = build("text", index=index)
    assert warnings == ""
    written = (Path(app.outdir) / "index.txt").read_text(encoding="utf-8")
    assert load()["titles"]["unturned"] in " ".join(written.split())


def test_plain_text_says_where_to_look(build):
    app, _ = build("text", index=GOOD)
    written = (Path(app.outdir) / "index.txt").read_text(encoding="utf-8")
    assert "Where to look: *here*." in written


VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"


def shown(model, text, **more):
    view = {"model_id": model, "version_major": 2, "version_minor": 0}
    return nbformat.v4.new_output("display_data", data={VIEW: view, "text/plain": text, **more})


def write_outputs(folder, name):
    """Write a notebook as Jupyter saves it: somebody's slider, and a player of ours."""
    folder.mkdir(exist_ok=True)
    ours = shown("ours", "Player()", **{"text/html": "<deconv-viz stride='2'></deconv-viz>"})
    theirs = shown("theirs", "Chart()", **{"text/html": "<b>what print gets</b>"})
    slider = shown("slider", "IntSlider(value=3)")
    cell = nbformat.v4.new_code_cell("show()", outputs=[slider, theirs, ours])
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Book"), cell])
    notebook.metadata["language_info"] = {"name": "python", "pygments_lexer": "python"}
    model = {"model_name": "IntSliderModel", "model_module": "@jupyter-widgets/controls"}
    notebook.metadata["widgets"] = {
        STATE: {"state": {"slider": {**model, "state": {}}}, "version_major": 2, "version_minor": 0}
    }
    nbformat.write(notebook, folder / f"{name}.ipynb")


def test_widgets_of_others_stay_beside_a_player(build, tmp_path):
    write_outputs(tmp_path / "source", "index")
    off = "nb_execution_mode = 'off'"
    views = re.compile(rf'<script type="{re.escape(VIEW)}">(.*?)</script>', re.DOTALL)
    models, configs = [], []
    for extensions in (["myst_nb"], NOTEBOOKS):
        app, _ = build(extensions=extensions, conf=off)
        html = page(app)
        models.append([json.loads(view)["model_id"] for view in views.findall(html)])
        configs.append((app.config.nb_ipywidgets_js, app.config.nb_mime_priority_overrides))
    assert configs[0] == configs[1]
    assert models == [["slider", "theirs", "ours"], ["slider", "theirs"]]
    assert "<deconv-viz stride='2'>" in html
    assert STATE in html
    assert "html-manager" in html


def write_notebook(folder, code):
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_markdown_cell("# Page"), nbformat.v4.new_code_cell(code)]
    )
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    folder.mkdir(exist_ok=True)
    nbformat.write(notebook, folder / "index.ipynb")


CODE = """\
import ipywidgets

class Both(ipywidgets.IntSlider):
    def _repr_mimebundle_(self, **options):
        return {**super()._repr_mimebundle_(**options), "text/html": "<deconv-viz></deconv-viz>"}

Both()
"""


def test_notebook_outputs_live_without_a_kernel(build, tmp_path):
    write_notebook(tmp_path / "source", CODE)
    app, warnings = build(extensions=NOTEBOOKS)
    assert "WARNING: " not in warnings
    html = page(app)
    assert "<deconv-viz>" in html
    assert re.search(r'src="_static/deconvviz\.js', html)


def test_the_cache_of_outputs_belongs_to_these_sources(build, tmp_path, monkeypatch):
    write_notebook(tmp_path / "source", "1 + 1")
    cached = "nb_execution_mode = 'cache'"
    first, _ = build(extensions=NOTEBOOKS, conf=cached)
    monkeypatch.setattr(sphinx_ext, "sources_digest", lambda: "changed")
    second, _ = build(extensions=NOTEBOOKS, conf=cached)
    paths = [Path(app.config.nb_execution_cache_path) for app in (first, second)]
    assert paths[0] != paths[1]
    assert all((path / "global.db").is_file() for path in paths)
    assert paths[1].name == "changed"


def test_the_digest_follows_the_sources(tmp_path, monkeypatch):
    monkeypatch.setattr(sphinx_ext, "PACKAGE", tmp_path)
    digest = sphinx_ext.sources_digest.__wrapped__
    (tmp_path / "a.py").write_text("one", encoding="utf-8")
    one = digest()
    (tmp_path / "notes.txt").write_text("not a source", encoding="utf-8")
    assert digest() == one
    (tmp_path / "a.py").write_text("two", encoding="utf-8")
    two = digest()
    (tmp_path / "a.py").rename(tmp_path / "b.py")
    assert len({one, two, digest()}) == 3


def test_markdown_pages_name_file_and_line_too(build, tmp_path):
    (tmp_path / "source").mkdir()
    text = "# Page\n\n```{deconvviz}\n:kernel-size: 3,\n:stride: 2\n:output-padding: 2\n```\n"
    (tmp_path / "source" / "index.md").write_text(text, encoding="utf-8")
    _, warnings = build(extensions=NOTEBOOKS)
    assert "index.md:3: WARNING: output_padding (=2) must be smaller than stride" in warnings


def test_it_may_be_read_in_parallel(build):
    app, _ = build(index=GOOD)
    assert app.extensions["deconvviz.sphinx_ext"].parallel_read_safe
