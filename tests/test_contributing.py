"""The map of the house in CONTRIBUTING.md names what exists: all of it, and nothing else."""

import re
import subprocess
from pathlib import Path

import pytest

from deconvviz.text import load
from tests.test_imports import FLOOR, name_of

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
MAP = GUIDE.partition("## The map of the house")[2].partition("\n## ")[0]
FOLDERS = {"deconvviz": "deconvviz", "frontend/src": "frontend/src", "Around them": "."}


def named(text):
    """Return the paths in the first columns, each below the folder that its heading names."""
    for heading, section in re.findall(r"^### (.+)$([\s\S]*?)(?=^### |\Z)", text, re.MULTILINE):
        for cell in re.findall(r"^\| (`.+?`) \|", section, re.MULTILINE):
            for path in re.findall(r"`(.+?)`", cell):
                yield ROOT / FOLDERS[heading] / path


PATHS = list(named(MAP))
BEGIN = GUIDE.partition("## Where to begin")[2].partition("\n## ")[0]


def tracked(pattern):
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--", pattern],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return {ROOT / name for name in listed.stdout.split("\0") if name}


def test_all_that_the_map_names_exists():
    assert [path for path in PATHS if not path.exists()] == []


def test_all_files_to_begin_with_exist():
    files = set(re.findall(r"`(\S+/\S+)`", BEGIN))
    assert len(files) > 5
    assert [name for name in files if not (ROOT / name).is_file()] == []


def test_all_sentences_to_begin_with_exist():
    words = re.findall(r"`(\w+(?:\.\w+)?)`", BEGIN)
    sections = [word.split(".") for word in words if word not in ("keys", "REFUSED", "WORDS")]
    assert ["titles"] in sections
    for first, *rest in sections:
        assert {*rest} <= load()[first].keys()


def test_the_map_names_nothing_twice():
    assert len(PATHS) == len(set(PATHS))


@pytest.mark.parametrize(
    "pattern", ["deconvviz/*.py", "deconvviz/*.json", "frontend/src/*", "tools/[!_]*.py"]
)
def test_all_that_is_tracked_is_on_the_map(pattern):
    there = tracked(pattern)
    assert there
    assert [path for path in there if not {path, *path.parents} & set(PATHS) - {ROOT}] == []


@pytest.mark.parametrize("folder", ["tests", "book", "notebooks", "benchmarks", "tools"])
def test_every_folder_is_on_the_map(folder):
    assert any((ROOT / folder) in (path, *path.parents) for path in PATHS)


def test_the_map_has_the_order_of_the_house():
    files = [path for path in PATHS if path.is_relative_to(ROOT / "deconvviz")]
    floors = [FLOOR[name_of(path)] for path in files if path.suffix == ".py"]
    assert floors == sorted(floors)
    assert len(floors) == len(FLOOR)


def test_a_path_that_is_not_there_would_be_seen():
    (path,) = named(
        "### deconvviz\n\n| file | what |\n|---|---|\n| `solve.py` | sizes, `geometry.py` |\n"
    )
    assert path == ROOT / "deconvviz" / "solve.py"
    assert not path.exists()
