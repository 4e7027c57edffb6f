"""What is published is one version, whole, and nothing else; no bound promises too much."""

import tarfile
from zipfile import ZipFile

import pytest

from tools import inside, lowest, version


def test_the_version_is_the_same_everywhere():
    assert version.problems() == []


@pytest.fixture
def released(tmp_path):
    """Make a folder with the files that name the version, 1.2.3, which has its date."""
    texts = {
        "pyproject.toml": 'name = "x"\nversion = "1.2.3"\n',
        "deconvviz/__init__.py": '__version__ = "1.2.3"\n',
        "frontend/package.json": '{\n  "version": "1.2.3",\n}\n',
        "CITATION.cff": "cff-version: 1.2.0\nversion: 1.2.3\n",
        "CHANGELOG.md": "# Changelog\n\n## 1.2.3 (2030-12-31)\n\n## 1.2.2 (2030-01-01)\n",
    }
    assert texts.keys() == version.PLACES.keys()
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_release_that_agrees_passes(released, capsys):
    assert version.main("v1.2.3", root=released) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("name", [name for name in version.PLACES if name != "pyproject.toml"])
@pytest.mark.parametrize(("other", "said"), [("1.2.4", "1.2.4"), ("?", "nowhere")])
def test_another_version_anywhere_is_seen(released, capsys, name, other, said):
    path = released / name
    path.write_text(path.read_text(encoding="utf-8").replace("1.2.3", other, 1), encoding="utf-8")
    seen = "1.2.2" if (name, other) == ("CHANGELOG.md", "?") else said  # the heading below
    assert version.main(root=released) == 1
    assert f"{name} has version {seen}, pyproject.toml 1.2.3" in capsys.readouterr().err


@pytest.mark.parametrize("tag", ["v1.2.4", "1.2.3", "v1.2.3rc1", ""])
def test_another_tag_is_seen(released, tag):
    assert version.problems(tag, released) == [f"the tag is {tag}, pyproject.toml asks for v1.2.3"]


def test_a_release_without_a_date_is_seen(released):
    path = released / "CHANGELOG.md"
    path.write_text("## 1.2.3 (not yet released)\n", encoding="utf-8")
    assert version.problems(None, released) == []
    assert version.problems("v1.2.3", released) == [
        "CHANGELOG.md gives 1.2.3 no date: ## 1.2.3 (2030-12-31)"
    ]


PACKAGE = {"deconvviz/__init__.py", "deconvviz/py.typed", "deconvviz/static/deconvviz.js"}
KNOWN = PACKAGE | {"pyproject.toml", "tests/test_it.py"}


@pytest.fixture
def built(tmp_path):
    """Make a wheel and a source distribution of the paths given."""

    def built(wheel=PACKAGE, source=KNOWN):
        with ZipFile(tmp_path / "x-1-py3-none-any.whl", "w") as archive:
            for name in [*wheel, "x-1.dist-info/METADATA"]:
                archive.writestr(name, "")
        with tarfile.open(tmp_path / "x-1.tar.gz", "w:gz") as archive:
            for name in [*source, "PKG-INFO"]:
                archive.addfile(tarfile.TarInfo(f"x-1/{name}"))
        return tmp_path

    return built


def test_the_package_and_nothing_else_passes(built):
    assert inside.problems(built(), KNOWN) == []


@pytest.mark.parametrize("name", sorted(PACKAGE))
def test_a_missing_file_is_seen_in_both(built, name):
    assert inside.problems(built(PACKAGE - {name}, KNOWN - {name}), KNOWN) == [
        f"x-1-py3-none-any.whl lacks {name}",
        f"x-1.tar.gz lacks {name}",
    ]


def test_a_file_too_many_is_seen_in_both(built):
    folder = built(PACKAGE | {"tests/test_it.py"}, KNOWN | {"frontend/node_modules/a.js"})
    assert inside.problems(folder, KNOWN) == [
        "x-1-py3-none-any.whl should not hold tests/test_it.py",
        "x-1.tar.gz should not hold frontend/node_modules/a.js",
    ]


def test_an_empty_folder_is_no_release(tmp_path):
    assert inside.problems(tmp_path, KNOWN) != []


def test_what_a_page_and_jupyter_need_is_tracked():
    needed = {"py.typed", "words.json", "trace.schema.json", "text/en.json"}
    needed |= {
        "static/deconvviz.js",
        "static/deconvviz.mjs",
        "static/embed.html",
        "static/embed/index.html",
    }
    assert {f"{inside.PACKAGE}{name}" for name in needed} <= inside.tracked()


def test_the_constraints_are_the_lower_bounds():
    expected = lowest.constraints(lowest.declared())
    assert lowest.CONSTRAINTS.read_text(encoding="utf-8") == expected, "python -m tools.lowest"


def test_a_lower_bound_is_held_once():
    held = lowest.constraints(["b>=1.2,<2", "a>=3", "b>=1.2"]).splitlines()
    assert held == [lowest.HEAD, "a==3", "b==1.2"]


@pytest.mark.parametrize(
    ("requirements", "why"),
    [
        (["torch==2.13.0"], "is not a range"),
        (["torch"], "is not a range"),
        (["a>=1", "a>=2"], "a begins at 1 and at 2"),
    ],
)
def test_pins_and_contradictions_are_refused(requirements, why):
    with pytest.raises(ValueError, match=why):
        lowest.constraints(requirements)
