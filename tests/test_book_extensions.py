"""What only our own book does with its pages: figures of notebooks, old addresses, doors."""

import json
import re
import subprocess
from pathlib import Path

import nbformat
import pytest
import yaml
from no_kernel import WIDGET_STATE
from repository import VARIABLE
from sphinx.errors import ConfigError
from sphinx.testing.util import SphinxTestApp

ROOT = Path(__file__).parents[1]
BOOK = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
CONFIG = BOOK["sphinx"]["config"]
BRANCH = BOOK["repository"]["branch"]

PLAYER = "import deconvviz as dv\nplayer = dv.Player(kernel_size=2)\nplayer"
BOX = "dv.Box([player], adds='nothing')"
IMAGE = "from PIL import Image\nImage.new('L', (2, 2))"


@pytest.fixture
def build(tmp_path):
    """Build a small project of pages given as name=text or name=cells, and return (app, warnings).

    A text is Markdown; cells are (source, the name of its figure or "") for code, text for prose.
    """
    apps = []

    def build(*extensions, conf="", **pages):
        for name, page in pages.items():
            write(tmp_path, name, page)
        names = ["myst_nb", "deconvviz.sphinx_ext", *extensions]
        settings = f"extensions = {names}\nnumfig = True\n{conf}"
        (tmp_path / "conf.py").write_text(settings, encoding="utf-8")
        apps.append(SphinxTestApp("html", srcdir=tmp_path, builddir=tmp_path / "_build"))
        apps[-1].build()
        return apps[-1], re.sub(r"\x1b\[\d+m", "", apps[-1].warning.getvalue())

    yield build
    for app in apps:
        app.cleanup()


def write(folder, name, page):
    if isinstance(page, str):
        (folder / f"{name}.md").write_text(page, encoding="utf-8")
        return
    notebook = nbformat.v4.new_notebook(cells=list(map(cell, page)))
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, folder / f"{name}.ipynb")


def cell(content):
    if isinstance(content, dict):  # a cell of nbformat's
        return content
    if isinstance(content, str):
        return nbformat.v4.new_markdown_cell(content)
    source, name = content
    return nbformat.v4.new_code_cell(source, metadata={"figure": name} if name else {})


def html(app, name="index"):
    return (Path(app.outdir) / f"{name}.html").read_text(encoding="utf-8")


def figures(page):
    """Give id, what is shown, and caption of every numbered figure."""
    found = r'<figure class="[^"]*" id="([^"]*)">(.*?)<figcaption>\s*<p>(.*?)</p>\s*</figcaption>'
    numbered = re.findall(found, page, re.S)
    return [(name, shown, re.sub(r"<[^>]+>", "", caption)) for name, shown, caption in numbered]


def test_a_cell_and_the_paragraph_below_it_are_one_figure(build):
    directive = "```{deconvviz}\n:name: of-a-page\n\nWhere to look. (Objective 3)\n```"
    app, warnings = build(
        "notebook_figures",
        index=[
            "# Page",
            (PLAYER, "a-player"),
            "Where *you* look. (Objective 1)\n\nMore words, [here](#a-box).",
            (BOX, "a-box"),
            "Move it.",
            (IMAGE, "an-image"),
            "Grey. See {numref}`of-a-page`.",
            directive,
        ],
    )
    assert "WARNING: " not in warnings
    page = html(app)
    player, box, image, other = figures(page)
    assert [found[0] for found in (player, box, image, other)] == [
        *("a-player", "a-box", "an-image", "of-a-page"),
    ]
    assert "<deconv-viz" in player[1]
    assert "deconvviz-box" in box[1]
    assert "<img" in image[1]
    assert player[2].startswith("Fig. 1 Where you look. (Objective 1)")
    assert box[2].startswith("Fig. 2 Move it.")
    assert image[2].startswith("Fig. 3 Grey. See Fig. 4.")
    assert other[2].startswith("Fig. 4 Where to look. (Objective 3)")
    assert page.count("Objective 1") == 1  # the caption is said once
    assert re.search(r'<p>More words, <a[^>]* href="#a-box">', page)


def test_another_page_can_refer_to_a_figure_of_a_notebook(build):
    other = "---\norphan: true\n---\n# Other\n\n{numref}`grey` and [this](#grey)."
    cells = ["# Page", (IMAGE, "grey"), "A grey square."]
    app, warnings = build("notebook_figures", index=cells, other=other)
    assert "WARNING: " not in warnings
    assert html(app, "other").count('href="index.html#grey"') == 2
    assert "Fig. 1" in html(app, "other")


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ([("x = 1", "nothing"), "Words."], "figure 'nothing' shows nothing"),
        ([(IMAGE, "bare"), "* no paragraph"], "figure 'bare' has no paragraph below it"),
        ([(IMAGE, "last")], "figure 'last' has no paragraph below it"),
    ],
)
def test_a_figure_without_picture_or_caption_is_a_warning(build, cells, why):
    _, warnings = build("notebook_figures", index=["# Page", *cells])
    assert re.search(rf"index\.ipynb:\d+: WARNING: {re.escape(why)}", warnings)


ASKS = "```{deconvviz}\n:ask: size\n:name: asks-first\n\nLook.\n```"


def waiting(source, name):
    return nbformat.v4.new_code_cell(source, metadata={"waits-for": name})


def test_what_a_cell_prints_waits_for_the_answer_above(build):
    cells = ["# Page", ASKS, waiting("print(7919)", "asks-first"), "Words."]
    app, warnings = build("waiting_outputs", index=cells)
    assert "WARNING: " not in warnings
    page = html(app)
    (name,) = re.findall(r'<figure class="[^"]*" id="([^"]*)">', page)
    opening = f'<details class="deconvviz-waits" data-for="{name}">'
    inside = page.split(opening)[1].split("</details>")[0]
    assert re.search(r"<pre>.*7919.*</pre>", inside, re.S)
    assert page.index("print") < page.index(opening)


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        (waiting("x = 1", "asks-first"), "a cell for 'asks-first' prints nothing that could wait"),
        (waiting("print(1)", "elsewhere"), "a cell for 'elsewhere' waits for no figure"),
    ],
)
def test_a_cell_that_waits_in_vain_is_a_warning(build, cell, why):
    _, warnings = build("waiting_outputs", index=["# Page", ASKS, cell])
    assert why in warnings


MOVED = "moved = {'old/page': 'new', 'gone': 'index'}"
INDEX = "# Book\n\n```{toctree}\nnew\n```\n"


def test_an_old_address_leads_on(build):
    app, warnings = build("moved", conf=MOVED, index=INDEX, new="# New & better\n\nquokka")
    assert "WARNING: " not in warnings
    page = html(app, "old/page")
    assert '<meta http-equiv="refresh" content="0; url=../new.html">' in page
    assert '<link rel="canonical" href="../new.html">' in page
    assert '<a href="../new.html">New &amp; better</a>' in page
    assert '<a href="index.html">Book</a>' in html(app, "gone")


def test_with_an_address_of_its_own_the_book_names_the_new_one_in_full(build):
    conf = f"{MOVED}\nhtml_baseurl = 'https://book.example/en/'"
    app, _ = build("moved", conf=conf, index=INDEX, new="# New")
    expected = '<link rel="canonical" href="https://book.example/en/new.html">'
    assert expected in html(app, "old/page")


def test_an_old_address_is_in_no_list_of_pages(build):
    app, _ = build("moved", conf=MOVED, index=INDEX, new="# New")
    script = (Path(app.outdir) / "searchindex.js").read_text(encoding="utf-8")
    index = json.loads(re.fullmatch(r"Search\.setIndex\((.*)\)", script)[1])
    assert sorted(index["docnames"]) == ["index", "new"] == sorted(app.env.found_docs)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [("new", "index", "new is still a page"), ("old", "nowhere", "old leads to nowhere")],
)
def test_an_old_address_that_cannot_lead_on_stops_the_build(build, old, new, why):
    with pytest.raises(ConfigError, match=why):
        build("moved", conf=f"moved = {{{old!r}: {new!r}}}", index=INDEX, new="# New")


def test_pages_carry_no_state_of_widgets(build):
    conf = f"nb_ipywidgets_js = {CONFIG['nb_ipywidgets_js']}"
    cells = ["# Page", (PLAYER, ""), (BOX, "")]
    carried, _ = build(conf=conf, index=cells)
    assert WIDGET_STATE in html(carried)
    app, _ = build("no_kernel", conf=conf, index=cells)
    assert html(app).count("<deconv-viz") == 2
    assert WIDGET_STATE not in html(app)
    assert "require" not in html(app)


def test_folded_code_is_called_what_its_row_says(build):
    folded = nbformat.v4.new_code_cell("1", metadata={"tags": ["hide-input"]})
    app, _ = build("folded_code", index="# Pages\n\n```{toctree}\nnotes\n```", notes=[folded])
    (row,) = re.findall(r"<summary[^>]*>", (app.outdir / "notes.html").read_text("utf-8"))
    assert row == "<summary>"


BUTTONS = r'<a href="(https://(?:mybinder|colab|github)[^"]*)"'


@pytest.fixture
def notebook_page(build, monkeypatch):
    """Build a notebook in the book's own theme, published from an address or from none."""

    def notebook_page(address):
        monkeypatch.delenv(VARIABLE, raising=False)
        if address:
            monkeypatch.setenv(VARIABLE, address)
        options = {"launch_buttons": BOOK["launch_buttons"], "repository_branch": BRANCH}
        conf = f"html_theme = 'sphinx_book_theme'\nhtml_theme_options = {options}"
        app, warnings = build("repository", conf=conf, index=["# Page", ("1 + 1", "")])
        return html(app), warnings

    return notebook_page


@pytest.mark.parametrize("address", [None, ""])
def test_a_book_of_no_address_has_no_door_out(notebook_page, address):
    page, warnings = notebook_page(address)
    assert "btn-download-source-button" in page
    assert re.findall(BUTTONS, page) == []
    assert warnings == ""


def test_a_published_book_opens_its_notebooks_from_its_own_address(notebook_page):
    page, warnings = notebook_page("https://github.com/someone/copy")
    assert re.findall(BUTTONS, page) == [
        f"https://mybinder.org/v2/gh/someone/copy/{BRANCH}?urlpath=lab/tree/index.ipynb",
        f"https://colab.research.google.com/github/someone/copy/blob/{BRANCH}/index.ipynb",
    ]
    assert warnings == ""


def test_the_workflow_that_publishes_hands_the_address_in():
    text = (ROOT / ".github/workflows/pages.yml").read_text(encoding="utf-8")
    steps = yaml.safe_load(text)["jobs"]["publish"]["steps"]
    builds = [step["env"][VARIABLE] for step in steps if "make site" in step.get("run", "")]
    assert builds == ["${{ github.server_url }}/${{ github.repository }}"]


def test_no_file_but_the_workflow_knows_an_address_of_the_repository():
    known = "github.com/" + "deconvviz"  # in two parts: this file is searched, too
    searched = subprocess.run(
        ["git", "grep", "--name-only", "--fixed-strings", known],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert (searched.returncode, searched.stdout) == (1, ""), searched.stderr
