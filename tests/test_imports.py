"""Arrows point down: each file imports only from lower floors of the house, and nothing heavy."""

import ast
import subprocess
import sys
from importlib.util import resolve_name
from itertools import groupby
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "deconvviz"
GUESTS = {"torch", "keras", "tensorflow", "jax", "onnx", "matplotlib", "anywidget", "scipy", "PIL"}

# Room by room, lowest first; files in one row do not import each other.
HOUSE = [
    ["tables"],
    ["text"],
    ["errors"],
    ["geometry.arguments", "geometry.points"],
    ["geometry.line"],
    ["geometry.stretched"],
    ["geometry.geometry"],
    ["geometry"],
    ["engine"],
    ["engine.modules", "engine.nested", "engine.orders"],
    ["engine.arrays", "engine.fit"],
    ["engine.layer"],
    ["engine.example", "engine.places", "engine.planes"],
    ["engine.conv_transpose"],
    ["engine.adjoint", "engine.matrix"],
    ["trace.steps", "trace.work"],
    ["trace.plane"],
    ["trace.order", "trace.sentences"],
    ["trace.gather", "trace.scatter", "trace.matrix"],
    ["trace.direct"],
    ["trace.trace"],
    ["trace"],
    ["checkerboard.gains"],
    ["checkerboard.cures"],
    ["checkerboard"],
    ["cures"],
    ["figures.looks", "figures.moments", "figures.panels"],
    ["figures.lens"],
    ["figures.scenes"],
    ["figures.marks", "figures.bars", "figures.pixels"],
    ["figures.svg"],
    ["figures.print"],
    ["figures.print.grid"],
    ["figures.print.strip", "figures.print.entries", "figures.print.stamps"],
    ["figures"],
    ["words"],
    ["words.numbers", "words.question"],
    ["words.read", "words.write"],
    ["words.check", "words.describe"],
    ["player"],
    ["player.cell", "player.listed", "player.presets"],
    ["player.question"],
    ["player.markup", "player.state"],
    ["player.widget"],
    ["player.box", "player.notebook"],
    ["exports.page"],
    ["exports"],
    ["deconvviz"],
    ["sphinx_ext"],
    ["cli"],
    ["__main__"],
]
LOOSE = 8  # files of Python that need no room of their own, at the most
FLOOR = {name: number for number, row in enumerate(HOUSE) for name in row}


def name_of(path):
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return short(".".join(parts[:-1] if parts[-1] == "__init__" else parts))


def short(module):
    return module.removeprefix("deconvviz.")


FILES = sorted(PACKAGE.rglob("*.py"), key=name_of)
NAMES = set(map(name_of, FILES))
LOWER = [path for path in FILES if name_of(path) not in ("cli", "__main__")]


def imported(path, program):
    """Return the files of the package that a program in this place imports, for types or later."""
    package = ".".join(path.relative_to(PACKAGE.parent).parent.parts)
    for node in ast.walk(ast.parse(program)):
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


def upward(path, program):
    """Return the imports that do not come from a lower floor."""
    mine = FLOOR[name_of(path)]
    return {name for name in imported(path, program) if FLOOR[name] >= mine}


def test_every_file_has_its_floor():
    assert set(FLOOR) == NAMES
    assert len(FLOOR) == sum(map(len, HOUSE))


def test_few_files_lie_loose():
    assert len([path for path in FILES if path.parent == PACKAGE]) <= LOOSE


def test_rooms_stand_above_each_other():
    rooms = [name.split(".")[0] for row in HOUSE for name in row]
    assert len([room for room, _ in groupby(rooms)]) == len(set(rooms))


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
        ("geometry/line.py", "from ..trace import Trace", "trace"),
        ("geometry/line.py", "from .. import cures", "cures"),
        ("geometry/line.py", "if True:\n    import deconvviz.cli", "cli"),
        (
            "geometry/line.py",
            "if TYPE_CHECKING:\n    from .geometry import Index",
            "geometry.geometry",
        ),
        ("geometry/line.py", "def f():\n    from ..engine import layer", "engine.layer"),
        ("trace/gather.py", "from .scatter import tell", "trace.scatter"),
        ("trace/gather.py", "from ..figures import svg", "figures.svg"),
        ("trace/trace.py", "from deconvviz import record", "deconvviz"),
        ("engine/layer.py", "from .example import resized", "engine.example"),
    ],
)
def test_every_way_to_write_an_arrow_is_read(place, arrow, seen):
    assert upward(PACKAGE / place, arrow) == {seen}


# What is heavy, or belongs to one host, is known in one room only.
KNOWN = {
    "matplotlib": ("figures.print",),
    "anywidget": ("player.widget",),
    "ipywidgets": ("player.box",),
    "sphinx": ("sphinx_ext",),
    "click": ("cli",),
}
PLAIN = ("tables", "text", "errors", "geometry", "words")  # the rooms below numpy


def strangers(path):
    """Return the packages other than ours that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("guest", KNOWN)
def test_a_guest_is_known_in_one_room(guest):
    hosts = {name_of(path) for path in FILES if guest in strangers(path)}
    assert hosts
    assert {name for name in hosts if not name.startswith(KNOWN[guest])} == set()


def test_whole_numbers_need_no_numpy():
    users = {name_of(path).split(".")[0] for path in FILES if "numpy" in strangers(path)}
    assert "engine" in users
    assert users & set(PLAIN) == set()


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
