"""Arrows point down: each file imports only from lower floors of the house, and nothing heavy."""

import ast
import subprocess
import sys
from importlib.util import resolve_name
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "deconvviz"
GUESTS = {"torch", "keras", "tensorflow", "jax", "onnx", "matplotlib", "anywidget", "scipy", "PIL"}

# Lowest first; files in one row do not import each other.
HOUSE = [
    ["text"],
    ["errors"],
    ["geometry"],
    ["words"],
    ["words.numbers"],
    ["words.read", "words.write"],
    ["words.check", "words.describe"],
    ["example", "layer"],
    ["places", "planes"],
    ["engine"],
    ["adjoint"],
    ["matrix", "checkerboard"],
    ["cures"],
    ["steps"],
    ["sentences"],
    ["stories.gather"],
    ["stories.scatter"],
    ["stories.matrix"],
    ["stories"],
    ["trace"],
    ["figures.looks", "figures.moments", "figures.scenes"],
    ["figures.pixels"],
    ["figures.svg", "figures.grid"],
    ["figures.strip", "figures.entries", "figures.stamps"],
    ["figures"],
    ["markup"],
    ["state"],
    ["player"],
    ["box"],
    ["exports.page"],
    ["exports"],
    ["presets"],
    ["notebook"],
    ["deconvviz"],
    ["sphinx_ext"],
    ["cli"],
]
FLOOR = {name: number for number, row in enumerate(HOUSE) for name in row}


def name_of(path):
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return short(".".join(parts[:-1] if parts[-1] == "__init__" else parts))


def short(module):
    return module.removeprefix("deconvviz.")


FILES = sorted(PACKAGE.rglob("*.py"), key=name_of)
NAMES = set(map(name_of, FILES))
LOWER = [path for path in FILES if name_of(path) != "cli"]


def imported(path, program):
    """Return the files of the package that a program in this place imports when it is loaded."""
    package = ".".join(path.relative_to(PACKAGE.parent).parent.parts)
    for node in walked(ast.parse(program)):
        for module in modules(node, package):
            if module.split(".")[0] == "deconvviz":
                yield short(module)


def modules(node, package):
    """Name what one statement imports: the module itself where it is one, else where it lies."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        source = resolve_name("." * node.level + (node.module or ""), package)
        for alias in node.names:
            inner = f"{source}.{alias.name}"
            yield inner if short(inner) in NAMES else source


def walked(node):
    """Walk all that runs at import: not the bodies of functions, not what only types need."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.If) and getattr(child.test, "id", "") == "TYPE_CHECKING":
            continue
        yield child
        yield from walked(child)


def upward(path, program):
    """Return the imports that do not come from a lower floor."""
    mine = FLOOR[name_of(path)]
    return {name for name in imported(path, program) if FLOOR[name] >= mine}


def test_every_file_has_its_floor():
    assert set(FLOOR) == NAMES
    assert len(FLOOR) == sum(map(len, HOUSE))


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_arrow_points_up(path):
    assert upward(path, path.read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize("arrow", ["from deconvviz.cli import main", "import deconvviz.cli"])
@pytest.mark.parametrize("path", LOWER, ids=name_of)
def test_an_arrow_that_points_up_would_be_seen(path, arrow):
    assert upward(path, f"{path.read_text(encoding='utf-8')}\n{arrow}\n") == {"cli"}


@pytest.mark.parametrize(
    ("place", "arrow", "seen"),
    [
        ("geometry.py", "from .trace import Trace", "trace"),
        ("geometry.py", "from . import cures", "cures"),
        ("geometry.py", "if True:\n    import deconvviz.cli", "cli"),
        ("stories/gather.py", "from .scatter import tell", "stories.scatter"),
        ("stories/gather.py", "from ..figures import svg", "figures.svg"),
        ("trace.py", "from deconvviz import record", "deconvviz"),
        ("layer.py", "from .example import resized", "example"),
    ],
)
def test_every_way_to_write_an_arrow_is_read(place, arrow, seen):
    assert upward(PACKAGE / place, arrow) == {seen}


def heavy(program, folder=None):
    """Return the guests that a fresh Python, started in a folder, has loaded after a program."""
    report = (
        f"{program}\nimport sys; print(*sorted(name for name in sys.modules if '.' not in name))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", report], cwd=folder, capture_output=True, text=True, check=True
    )
    return GUESTS & set(ran.stdout.split())


def test_importing_the_package_loads_no_guest():
    work = "import deconvviz as dv; dv.record([1, 2], [1, 2], stride=2).transcript()"
    assert heavy(work) == set()


@pytest.mark.parametrize("before", ["", "import deconvviz\n"])
def test_every_guest_would_be_seen(tmp_path, before):
    for name in GUESTS:  # stand-ins: the guests themselves take seconds
        (tmp_path / f"{name}.py").touch()
    assert heavy(f"{before}import {', '.join(GUESTS)}", tmp_path) == GUESTS
