"""The pages to look things up in hold all that they are looked up for."""

import inspect
import re
from collections.abc import Iterable
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from types import ModuleType

import pytest
import yaml

import deconvviz as dv
from deconvviz import cli, figures
from deconvviz.checkerboard import cures, gains
from deconvviz.words import NAMES

ROOT = Path(__file__).parents[1]
TOC = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
LEARN = [entry["file"] for entry in TOC["parts"][0]["chapters"]]
API, GLOSSARY, REFERENCES, TEACH = (
    (ROOT / "book" / f"{name}.md").read_text(encoding="utf-8")
    for name in ("api", "glossary", "references", "teach-with-this")
)
DOCUMENTED = re.findall(r"^\.\. auto(?:class|exception|function):: deconvviz\.(\S+)$", API, re.M)
CHINESE = (
    "转置卷积 卷积 卷积核 步长 步幅 填充 输出填充 膨胀率 空洞率 分组 裁剪 插零 卷积矩阵 伴随 相位 "
    "棋盘效应 棋盘格效应 重叠 亚像素卷积 像素重组 上采样 插值 反卷积 逆卷积 全卷积 分数步长卷积"
)


def defined_in(module: ModuleType) -> Iterable[str]:
    """Name the public functions and classes that a module defines itself."""
    for name, value in vars(module).items():
        own = inspect.isfunction(value) or inspect.isclass(value)
        if own and value.__module__ == module.__name__ and not name.startswith("_"):
            yield name


def test_every_public_name_is_in_the_api_reference() -> None:
    modules = {"cures", "figures"}
    wanted = set(dv.__all__) - modules
    wanted |= {f"cures.{name}" for name in defined_in(cures)}
    wanted |= {f"figures.{name}" for name in figures.__all__}
    wanted |= {f"checkerboard.{name}" for name in defined_in(gains) if name not in wanted}
    assert wanted <= set(DOCUMENTED)


def test_the_api_reference_names_nothing_twice_and_nothing_that_is_not_there() -> None:
    assert len(set(DOCUMENTED)) == len(DOCUMENTED)
    import_module("deconvviz.checkerboard")
    for name in DOCUMENTED:
        assert inspect.getdoc(attrgetter(name)(dv)), name


def test_the_command_line_is_described() -> None:
    section = API.split("## The command line")[1]
    words = {f"--{name.replace('_', '-')}" for name in NAMES}
    for name, command in cli.commands.commands.items():
        assert f"deconvviz {name} " in section
        options = {option for each in command.params for option in each.opts if option[0] == "-"}
        assert words <= options
        for option in options - words:
            assert option in section


def terms() -> list[tuple[list[str], str]]:
    """Give the entries of the glossary: the terms, and what is said of them."""
    found = []
    for block in re.findall(r"^```\{glossary\}\n(.*?)^```$", GLOSSARY, re.M | re.S):
        for entry in block.strip("\n").split("\n\n"):
            lines = entry.splitlines()
            names = [line for line in lines if not line.startswith("  ")]
            found.append((names, " ".join(lines[len(names) :])))
    return found


def test_every_entry_of_the_glossary_is_short_and_leads_to_its_chapter() -> None:
    assert len(terms()) > 40
    for names, text in terms():
        assert re.search(r"See +\[", text), names
        assert len(text.split()) < 75, names


def test_no_term_is_explained_twice() -> None:
    names = [name for group, _ in terms() for name in group]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("word", CHINESE.split())
def test_the_glossary_has_the_chinese_word_and_marks_its_language(word: str) -> None:
    assert any(f"[{word}]{{.language-zh}}" in names for names, _ in terms())


def test_chinese_is_marked_as_chinese_wherever_it_stands() -> None:
    text = re.sub(r"\[[^\]]*\]\{\.language-zh\}", "", GLOSSARY)
    assert re.findall(r"[\u4e00-\u9fff]+", text) == []


def test_whoever_is_cited_is_in_the_references() -> None:
    kinds = ("book/*.md", "notebooks/*.ipynb", "deconvviz/**/*.py")
    pages = [page for kind in kinds for page in ROOT.glob(kind)]
    cited = {
        name
        for page in pages
        for name in re.findall(
            r"\b([A-Z][a-zé]+)(?: et al\.| and [A-Z][a-zé]+ \(?\d{4})", page.read_text("utf-8")
        )
    }
    assert {"Odena", "Dumoulin", "Long", "Aitken"} <= cited
    assert [name for name in sorted(cited) if name not in REFERENCES] == []


def test_every_reference_can_be_linked_and_says_what_it_is_good_for() -> None:
    labels = re.findall(r"^\(([\w-]+)\)=\n\*\*", REFERENCES, re.M)
    entries = re.findall(r"^\*\*.*?(?=\n\n|\Z)", REFERENCES, re.M | re.S)
    assert len(set(labels)) == len(entries) > 20
    for entry in entries:
        assert len(re.split(r"\.\s", entry.rstrip(" .\n"))[-1].split()) >= 5, entry


@pytest.mark.parametrize("page", LEARN)
def test_every_chapter_has_a_plan_for_a_lecture(page: str) -> None:
    name = page.split("/")[1]
    plans = re.findall(r"^### (\[[^\n]*)\n\n:::\{div\} plan\n(.*?)^:::$", TEACH, re.M | re.S)
    (plan,) = [plan for heading, plan in plans if re.search(rf"\b{name}\.(md|ipynb)\)", heading)]
    assert re.findall(r"^(\w+)\n: ", plan, re.M) == ["Show", "Ask", "Expect", "Time"]


def test_the_command_line_of_the_lecture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (command,) = re.findall(r"^deconvviz (export (\S+) .*)$", TEACH, re.M)
    assert cli.main(command[0].split()) == 0
    assert "present" in Path(command[1]).read_text(encoding="utf-8")
