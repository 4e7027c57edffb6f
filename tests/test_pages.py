"""The book's pages keep their promises: head, foot, checks, and numbers that are so."""

import doctest
import json
import re
from functools import cache
from itertools import pairwise, product
from math import prod
from pathlib import Path

import nbformat
import numpy as np
import pytest
import yaml
from nbclient import NotebookClient
from words import rows

import deconvviz as dv
from deconvviz.cli import main
from deconvviz.player.state import trace_of
from deconvviz.words import NAMES, SHAPING
from deconvviz.words.read import read

ROOT = Path(__file__).parents[1]
TOC = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
PARTS = {part["caption"]: [entry["file"] for entry in part["chapters"]] for part in TOC["parts"]}
CHAPTERS = PARTS["Learn"]
PAGES = [TOC["root"], *(page for part in PARTS.values() for page in part)]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PROSE = [page for page in PAGES if page.startswith("book/")]
LOOKED_UP = {"book/references", "book/api"}  # nobody reads these from the top

PLAYER = re.compile(r"^```\{deconvviz\}\n(.*?)^```$", re.M | re.S)
PICTURE = "\n(picture)\n"
# of the table in "Cures": a layer, and its score after training
ROW = r"^ *([A-Za-z, ]+?) +\d+ +\d+ or \d+ +\S+ +(\S+) +\S+$"
CHECKED = re.compile(r"(?:\{admonition\} |\*\*)(Check yourself[^\n]*)")


@cache
def source(page: str) -> str:
    """Give a page as Markdown; a notebook cell that draws becomes a mark."""
    path = ROOT / page
    if page.startswith("book/"):
        return path.with_suffix(".md").read_text(encoding="utf-8")
    cells = nbformat.read(path.with_suffix(".ipynb"), as_version=4).cells
    return "\n\n".join(map(readable, cells))


def readable(cell: nbformat.NotebookNode) -> str:
    if cell.cell_type == "markdown":
        return str(cell.source)
    shows = {"mystnb", "figure"} & set(cell.metadata) or "dv.show" in cell.source
    return PICTURE if shows else ""


def words(text: str) -> list[str]:
    return re.findall(r"\w[\w'-]*", text)


def block(text: str, name: str) -> list[str]:
    """Give what stands in the blocks of one class, however the page writes them."""
    directive = rf"^(:{{3,}})\{{(?:div\}} {name}\n|admonition\}}[^\n]*\n:class: {name}\n)(.*?)^\1$"
    html = rf'<div class="{name}">\n(.*?)\n</div>'
    found = [match[1] for match in re.findall(directive, text, re.M | re.S)]
    return found + re.findall(html, text, re.S)


def options(check: str) -> list[tuple[str, str]]:
    dropdowns = re.findall(r"^:::\{dropdown\} ([^\n]+)\n(.*?)^:::$", check, re.M | re.S)
    return dropdowns + re.findall(r"<summary>(.*?)</summary>\n(.*?)</details>", check, re.S)


@pytest.mark.parametrize("page", CHAPTERS)
def test_head_asks_a_question_and_names_two_to_four_objectives(page: str) -> None:
    (head,) = block(source(page), "chapter-head")
    assert re.search(r"^(\*\*)?Question\b.*\?$", head.replace("\n:", ""), re.M)
    assert 2 <= len(re.findall(r"^[: ]*\d\. ", head, re.M)) <= 4
    assert "You need" in head
    assert re.search(r"\b\d+ minutes", head)


@pytest.mark.parametrize("page", CHAPTERS)
def test_foot_has_three_key_points_and_a_way_on(page: str) -> None:
    (foot,) = block(source(page), "key-points")
    assert re.findall(r"^(\d)\. ", foot, re.M) == ["1", "2", "3"]
    assert "**Next.**" in foot
    assert source(page).rstrip().endswith((":::", "</div>"))


@pytest.mark.parametrize("page", CHAPTERS)
def test_three_checks_or_more_with_a_reason_for_every_option(page: str) -> None:
    checks = block(source(page), "check")
    assert len(checks) >= 3
    for check in checks:
        assert len(options(check)) >= 3
        for label, reason in options(check):
            assert len(words(reason)) >= 8, f"{label}: why?"


@pytest.mark.parametrize("page", CHAPTERS)
def test_a_prediction_before_each_figure_of_its_own(page: str) -> None:
    predictions = block(source(page), "predict")
    assert len(predictions) >= 3
    assert all(prediction.strip().startswith("**Predict.**") for prediction in predictions)


@pytest.mark.parametrize("page", [*CHAPTERS, *sorted({*PARTS["Use"]} - LOOKED_UP)])
def test_a_figure_within_250_words(page: str) -> None:
    text = source(page)
    places = [text.find(mark) for mark in ("```{deconvviz}", PICTURE) if mark in text]
    assert places, "no figure at all"
    assert len(words(text[: min(places)])) <= 250


# what people believe of it, and words of the self-check that trips them
MISCONCEPTIONS = {
    "it inverts the convolution": "invert",
    "stride puts zeros in the output": "stride put zeros",
    "output_padding adds a border of zeros": "border of zeros",
    "padding pads": "padding pad?",
    "checkerboards come from stride alone": "stride alone",
    "divisible means safe": "divisible mean safe",
    "upsampling and a convolution are something else": "something else",
}


@pytest.mark.parametrize("belief", MISCONCEPTIONS)
def test_every_misconception_has_an_item_that_trips_it(belief: str) -> None:
    asked = "\n".join(match for page in CHAPTERS for match in CHECKED.findall(source(page)))
    assert MISCONCEPTIONS[belief] in asked


@pytest.mark.parametrize(("page", "following"), list(pairwise(CHAPTERS)))
def test_the_way_on_leads_to_the_next_chapter(page: str, following: str) -> None:
    (foot,) = block(source(page), "key-points")
    target = re.search(r"\*\*Next\.\*\* \[[^]]+\]\(([^)]+)\)", foot)
    assert target
    place = (ROOT / page).parent / target[1]
    assert place.resolve() == (ROOT / following).with_suffix(place.suffix)


def players(text: str) -> list[tuple[int, dv.Trace]]:
    """Give the place and the trace of every player that a page of prose shows."""
    text = re.sub(r"^````.*?^````$", lambda match: " " * len(match[0]), text, flags=re.M | re.S)
    return [(found.end(), recorded(found[1])) for found in PLAYER.finditer(text)]


def recorded(options: str) -> dv.Trace:
    written = dict(re.findall(r"^:([\w-]+): *(.*)$", options, re.M))
    texts = {name.replace("-", "_"): text for name, text in written.items()}
    assert set(texts) <= {*NAMES, "name", "url", "wide"}
    return trace_of({name: read(name, texts[name]) for name in SHAPING if name in texts})


@pytest.mark.parametrize("page", PROSE)
def test_every_player_opens_inside_its_story(page: str) -> None:
    text = source(page)
    for found, (_, trace) in zip(PLAYER.finditer(text), players(text), strict=False):
        step = re.search(r"^:step: (\d+)$", found[1], re.M)
        assert step is None or int(step[1]) < len(trace)


@pytest.mark.parametrize("page", PROSE)
def test_outputs_that_prose_quotes_are_what_the_player_above_shows(page: str) -> None:
    text = source(page)
    shown = players(text)
    for found in re.finditer(r"`y\[([\d, ]+)\] = (-?\d+)`", text):
        trace = [trace for end, trace in shown if end < found.start()][-1]
        index = tuple(int(number) for number in found[1].split(","))
        assert trace.output[index] == int(found[2]), found[0]


@pytest.mark.parametrize("page", PAGES)
def test_sums_that_prose_quotes_add_up(page: str) -> None:
    for left, right in re.findall(r"`([\d·+ ]+) = (\d+)`", source(page)):
        products = [[int(factor) for factor in term.split("·")] for term in left.split("+")]
        assert sum(map(prod, products)) == int(right), left


def test_the_numbers_of_every_input_paints() -> None:
    first, plane, cropped, given, gathered, back, _, turn = (
        trace for _, trace in players(source("book/every-input-paints"))
    )
    assert first.frame(1).values.tolist()[:3] == [1, 10, 100]
    assert (plane.output == 9).sum() == 3
    assert (cropped.output == 9).sum() == 2
    assert cropped.output.shape == (5, 5)
    assert given.output[-1].tolist() == [0, 2, 0, 7, 0, 3]
    assert np.array_equal(gathered.output, given.output)
    assert gathered[16].target == (1, 1)
    assert back.output.tolist() == [0, 10, 100, 1000, 0]
    assert turn.output.tolist() == [20, 0, 1, 10, 0, 3, 30, 0]
    assert dv.conv_transpose([[2, 1]], [[[1, 10, 100]]]).tolist() == [[2, 21, 210, 100]]
    for size in (5, 6):
        smaller = dv.conv(np.ones((1, size, size)), np.ones((1, 1, 3, 3)), stride=2, padding=1)
        assert smaller.shape == (1, 3, 3)


@pytest.mark.parametrize("page", PROSE)
def test_the_code_of_a_page_says_what_is_printed_under_it(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code = "\n".join(re.findall(r"^```pycon\n(.*?)^```$", source(page), re.M | re.S))
    test = doctest.DocTestParser().get_doctest(code, {}, page, page, 0)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    assert runner.run(test).failed == 0


def test_the_command_line_of_use_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (command,) = re.findall(r"^deconvviz (export (\S+) .*)$", source("book/use-it"), re.M)
    assert main(command[0].split()) == 0
    assert "<deconv-viz" in Path(command[1]).read_text(encoding="utf-8")


def test_use_it_shows_the_table_of_words() -> None:
    assert "```{words}\n```" in source("book/use-it").split("## Words")[1]
    table = rows()
    names = [row.split("|")[1].strip(" `").replace("-", "_") for row in table[2:]]
    assert names == list(NAMES)
    assert {row.count("|") for row in table} == {5}


def test_the_source_shown_in_use_it_is_that_of_its_player() -> None:
    text = source("book/use-it")
    shown, asks = re.findall(r"^````md\n(.*?)^````$", text, re.M | re.S)
    assert shown.replace("\n\n", "\n:name: your-own-player\n\n", 1) in text
    assert text.count(asks) == 2


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_stripped_and_its_cells_are_short(path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    for cell in (cell for cell in cells if cell["cell_type"] == "code"):
        assert cell["outputs"] == []
        assert cell["execution_count"] is None
        assert 1 <= len("".join(cell["source"]).splitlines()) <= 4
        drawn = cell["metadata"].get("mystnb", {})
        if "figure" in drawn:
            assert drawn["image"]["alt"]
            assert drawn["figure"]["caption"]


INSTALL = "%pip install -q deconvviz"  # by name: it knows no repository


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_installs_the_package_where_it_is_missing(path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    first = next(cell for cell in cells if cell["cell_type"] == "code")
    assert first["metadata"]["tags"] == ["remove-cell"]
    source = "".join(first["source"])
    assert re.findall(r"except ModuleNotFoundError:\n    (.+)", source) == [INSTALL]


@cache
def run(path: Path) -> nbformat.NotebookNode:
    """Run a notebook in a fresh kernel; give it with its outputs."""
    notebook = nbformat.read(path, as_version=4)
    place = {"metadata": {"path": str(path.parent)}}
    return NotebookClient(notebook, timeout=None, resources=place).execute()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs_in_a_fresh_kernel(path: Path) -> None:
    notebook = run(path)
    for output in outputs_of(notebook):
        assert output.get("name") != "stderr", output.text
        if output.get("data", {}).keys() == {"text/plain"}:
            assert " at 0x" not in output.data["text/plain"], "says nothing to a reader"


def outputs_of(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


def agrees_twice_with_torch(outputs: list[nbformat.NotebookNode]) -> None:
    """Hold the differences that a notebook prints to rounding."""
    printed = "".join(output.get("text", "") for output in outputs)
    differences = [float(value) for value in re.findall(r"largest difference (\S+)", printed)]
    assert len(differences) == 2
    assert max(differences) < 1e-12


def test_flat_fields_through_torch_are_as_what_weights_do_predicts() -> None:
    notebook = run(ROOT / "notebooks" / "what-weights-do.ipynb")
    agrees_twice_with_torch(outputs_of(notebook))


def test_the_photograph_agrees_with_torch_and_has_a_player() -> None:
    notebook = run(ROOT / "notebooks" / "photograph.ipynb")
    outputs = outputs_of(notebook)
    agrees_twice_with_torch(outputs)
    shown = [output.data for output in outputs if "data" in output]
    assert shown[-1]["text/plain"] == "True"
    (player,) = [data for data in shown if "<deconv-viz" in data.get("text/html", "")]
    assert "application/vnd.jupyter.widget-view+json" not in player, "nobody could answer it"
    (data,) = re.findall(r'"application/json">(.*?)</script>', player["text/html"], re.S)
    trace = dv.Trace.from_dict(json.loads(data))
    assert trace.input[0, 1:3, 1:3].tolist() == [[4, 5], [4, 3]]
    assert trace.output[3, 3] == 66


def said(notebook: nbformat.NotebookNode) -> tuple[str, list[str]]:
    """Give what a notebook printed, and the values that its cells end with."""
    outputs = outputs_of(notebook)
    printed = "".join(output.get("text", "") for output in outputs)
    return printed, [output.data["text/plain"] for output in outputs if "data" in output]


def test_stride_changes_no_product_and_its_phases_agree_with_torch() -> None:
    printed, values = said(run(ROOT / "notebooks" / "stride-is-a-gap.ipynb"))
    assert re.findall(r"\] (\d+)$", printed, re.M) == ["666"] * 4
    assert printed.count("(14, 14)") == 6
    assert "(True, [(2, 2), (2, 1), (1, 2), (1, 1)])" in values


def test_the_matrix_is_what_its_chapter_says() -> None:
    notebook = run(ROOT / "notebooks" / "the-matrix-and-its-transpose.ipynb")
    printed, values = said(notebook)
    assert values.count("True") == 3  # the stamps, and PyTorch's backward passes
    assert "False" not in values
    assert "(618, 618)" in values
    assert "(array([ 51,  61,  91, 101]), array([ 51,  61,  91, 101]))" in values
    assert "InverseCheck(rank=4, columns=16, distance=13.0)" in values
    assert "mismatch" in printed
    c = dv.convolution_matrix(dv.Geometry(3), dv.example_weight((3, 3))[0], 2)
    assert (c.T @ dv.example_input((2, 2))[0].ravel())[[0, 5]].tolist() == [1, 7]
    ours = dv.convolution_matrix(dv.Geometry((3,), 3, 1), [1, 10, 100], 2)
    assert ours.tolist() == [[10, 100, 0, 0], [0, 0, 1, 10]]
    assert (ours.T @ [2, 1]).tolist() == [20, 200, 1, 10]


def ones(*layers: tuple[int, int]) -> list[int]:
    """Give the counts in one period of layers of ones, each a kernel and a stride."""
    stack = [{"weight": np.ones((1, 1, k)), "stride": s} for k, s in layers]
    return dv.flat_response([1], stack)[0].astype(int).tolist()


def test_overlap_counts_as_its_chapter_says() -> None:
    printed, values = said(run(ROOT / "notebooks" / "overlap.ipynb"))
    assert "(array([2, 2, 1]), array([2, 2, 2]), array([1, 1, 0]))" in values
    assert "[1 2 2 2 2 2 2 2 2 2 1]\n[1 2 4 6 4 6 4 6 4 6 3 4]" in printed
    assert "([0.0, 0.5, 0.6666666666666667, 0.0], 0.75)" in values
    assert "0.75" in values  # zeros in a layer of PyTorch's
    assert "array([2, 2, 1, 2, 2, 1, 2, 2, 1])" in values
    assert "kernel 4, then 3: [4 2 4 2]\nkernel 3, then 4: [3 3 3 3]" in printed
    assert "(625, 121, 21)" in values
    assert dv.overlap(dv.Geometry((3,), stride=2, padding=1), 4).tolist() == [1, 2, 1, 2, 1, 2, 1]
    assert dv.overlap(dv.Geometry((3,), stride=2, dilation=2), 5)[4:8].tolist() == [3, 0, 3, 0]
    assert ones((3, 2), (3, 2)) == [3, 2, 3, 1]
    assert np.unique(np.multiply.outer(ones((7, 3)), ones((7, 3)))).tolist() == [4, 6, 9]


def test_the_rule_for_two_layers_of_ones_in_overlap() -> None:
    cases = product(range(1, 9), (2, 3), range(1, 19), (2, 3, 4))
    for k, s, then_k, then_s in cases:
        even = len(set(ones((k, s), (then_k, then_s)))) == 1
        rule = then_k % then_s == 0 and (k % s == 0 or then_k % (s * then_s) == 0)
        assert even == rule, (k, s, then_k, then_s)


def test_gradients_agree_with_torch_and_show_the_pattern() -> None:
    printed, values = said(run(ROOT / "notebooks" / "gradients.ipynb"))
    assert float(re.findall(r"largest difference (\S+)", printed)[0]) < 1e-12
    assert values[1] == "True"
    spread = dict(re.findall(r"^(\S+(?: \d)?): (\d\.\d\d)$", printed, re.M))
    assert float(spread["kernel 3"]) > 2 * float(spread["kernel 4"]) > 0
    assert float(spread["maximum"]) < 0.2
    still, shifted = map(float, re.findall(r"^(\d\.\d\d)$", printed, re.M))
    assert still > 2 * shifted
    assert "2015: 75%" in printed
    assert "torchvision: 0%" in printed


def test_cures_agree_with_torch_and_keep_what_they_promise() -> None:
    printed, values = said(run(ROOT / "notebooks" / "cures.ipynb"))
    differences = list(map(float, re.findall(r"largest difference (\S+)", printed)))
    assert len(differences) == 3
    assert max(differences) < 1e-11  # grey levels up to 255
    assert float(re.findall(r"inside (\S+),", printed)[0]) < 1e-11
    assert values.count("True") == 2
    assert "False" not in [*values, *printed.split()]
    table = {name.strip(): trained for name, trained in re.findall(ROW, printed, re.M)}
    exact = {name for name, trained in table.items() if trained == "0.000"}
    assert exact == {"equal gains", "copy, conv", "bilinear, conv"}
    assert max(map(float, table.values())) < 0.05
