"""Every question, figure and claim has its answer on a page, or says why there is none yet."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
import pytest
import yaml
from cards import every
from docutils.nodes import make_id

ROOT = Path(__file__).parents[1]
ANSWERS = yaml.safe_load((ROOT / "book" / "_answers.yml").read_text(encoding="utf-8"))
TOC = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
PAGES = [TOC["root"], *(entry["file"] for part in TOC["parts"] for entry in part["chapters"])]

WANTED = {
    "questions": list(range(1, 21)),
    "conv_arithmetic": [
        *("no_padding_no_strides", "arbitrary_padding_no_strides", "same_padding_no_strides"),
        *("full_padding_no_strides", "no_padding_strides", "padding_strides"),
        *("padding_strides_odd", "dilation", "no_padding_no_strides_transposed"),
        *("arbitrary_padding_no_strides_transposed", "same_padding_no_strides_transposed"),
        *("full_padding_no_strides_transposed", "no_padding_strides_transposed"),
        *("padding_strides_transposed", "padding_strides_odd_transposed"),
        *("numerical_no_padding_no_strides", "numerical_padding_strides"),
        *("numerical_average_pooling", "numerical_max_pooling"),
    ],
    "distill": list(range(2, 8)),
    "claims": [
        *("A1", "A5", "A6", "A16", "B5", "B7", "B10", "B11", "B14", "C1", "C4", "C5", "C6"),
        *("D1", "D2", "D3", "D7", "D8", "D10", "D14", "D17", "D18", "D19", "D22", "D23"),
        *("E1", "E2", "E3", "E4", "E8", "E10", "E12"),
    ],
}
ENTRIES = [
    pytest.param(kind, name, id=f"{kind}-{name}") for kind in WANTED for name in WANTED[kind]
]


def entry(kind: str, name: Any) -> dict[str, Any]:
    """Give one entry; a bare address is an answer without words."""
    found = ANSWERS[kind][name]
    return {"answer": found} if isinstance(found, str) else found


def addresses(found: dict[str, Any]) -> list[str]:
    answer = [found["answer"]] if "answer" in found else []
    return [*answer, *found.get("also", []), *found.get("so_far", [])]


@cache
def anchors(page: str) -> set[str]:
    """Give what the source of a page can be linked at: labels, headings, players, cards."""
    path = ROOT / page
    notebook, prose = path.with_suffix(".ipynb"), path.with_suffix(".md")
    names: list[str] = []
    if notebook.is_file():
        cells = nbformat.read(notebook, as_version=4).cells
        text = "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
        figures = (cell.metadata.get("mystnb", {}).get("figure", {}) for cell in cells)
        names = [figure["name"] for figure in figures if "name" in figure]
        names += [cell.metadata["figure"] for cell in cells if "figure" in cell.metadata]
    else:
        text = prose.read_text(encoding="utf-8")
    if "{gallery}" in text:
        names += [f"gallery-{card.id}" for card in every()]
    text = re.sub(r"^(`{3,}).*?^\1$", _names_only, text, flags=re.M | re.S)
    headings = [make_id(heading) for heading in re.findall(r"^#+ (.+)$", text, re.M)]
    labels = re.findall(r"^\(([\w-]+)\)=$", text, re.M)
    return {*names, *headings, *labels, *re.findall(r"^:name: *(\S+)$", text, re.M)}


def _names_only(block: re.Match[str]) -> str:
    """Keep what a block is called: a comment in its code is no heading."""
    return "\n".join(re.findall(r"^:name: .*$", block[0], re.M))


@pytest.mark.parametrize("kind", WANTED)
def test_the_list_is_whole(kind: str) -> None:
    missing = [name for name in WANTED[kind] if name not in ANSWERS[kind]]
    unknown = [name for name in ANSWERS[kind] if name not in WANTED[kind]]
    assert not missing, f"book/_answers.yml: {kind} says nothing of {missing}"
    assert not unknown, f"book/_answers.yml: {kind} has unknown entries {unknown}"


@pytest.mark.parametrize(("kind", "name"), ENTRIES)
def test_an_entry_is_answered_or_says_why_not(kind: str, name: Any) -> None:
    found = entry(kind, name)
    assert ("answer" in found) != ("later" in found), f"{kind} {name}: either answer or later"
    if "later" in found:
        assert len(found["later"].split()) >= 5, f"{kind} {name}: later, but why?"
    if kind == "questions":
        assert found["asked"].endswith("?"), f"question {name} does not ask"


@pytest.mark.parametrize(("kind", "name"), ENTRIES)
def test_the_place_of_an_answer_exists(kind: str, name: Any) -> None:
    for address in addresses(entry(kind, name)):
        page, _, anchor = address.partition("#")
        assert page in PAGES, f"{kind} {name} is answered on {page}, which _toc.yml does not list"
        if anchor:
            known = ", ".join(sorted(anchors(page)))
            assert anchor in anchors(page), f"{kind} {name}: {page} has no #{anchor}, only {known}"


def test_all_but_the_dialects_are_answered() -> None:
    later = {name for name in WANTED["questions"] if "later" in entry("questions", name)}
    assert later <= {9, 11, 12, 13, 14}
