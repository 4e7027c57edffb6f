"""Whatever comes to a door of the package, it is taken or refused in a sentence of ours."""

import io
import warnings
from contextlib import redirect_stderr, redirect_stdout
from operator import attrgetter

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from sphinx.testing.restructuredtext import parse
from sphinx.testing.util import SphinxTestApp

import deconvviz as dv
from deconvviz import cli, cures
from deconvviz.words import NAMES
from deconvviz.words.check import checked
from deconvviz.words.read import read
from deconvviz.words.write import write
from tests.fuzz.doors import ARRAYS, NO_DOORS, RECORDS, SHAPES, told
from tests.fuzz.guard import refused
from tests.fuzz.odd import ODD, spoilt, spoilt_json
from tests.fuzz.texts import texts
from tests.share import draws

pytestmark = pytest.mark.fuzz


def doors(share, these):
    """Try every one of these doors, with so many odd things between them."""
    each = settings(max_examples=draws(share) // len(these))
    names = pytest.mark.parametrize("door", these, ids=[door.name for door in these])
    return lambda test: names(given(data=st.data())(each(test)))


def tried(call, *arguments, **named):
    """Hand arguments to a door, and count what it did with them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # numbers may overflow, and numpy says so
        event("refused" if refused(call, *arguments, **named) else "taken")


def test_every_public_function_is_a_door_or_says_why_not():
    names = [*dv.__all__, *(f"cures.{name}" for name in cures.__all__)]
    public = {name.split(".")[-1] for name in names if callable(attrgetter(name)(dv))}
    assert {door.name for door in ARRAYS + SHAPES} == public - set(NO_DOORS)
    assert public > set(NO_DOORS)


@doors(700, ARRAYS)
def test_arrays(door, data):
    tried(door.call, **data.draw(spoilt(door.legal)))


@doors(300, SHAPES)
def test_shapes(door, data):
    tried(door.call, **data.draw(spoilt(door.legal)))


@given(record=spoilt_json(RECORDS))
@settings(max_examples=draws(400))
def test_records(record):
    tried(lambda: told(dv.Trace.from_dict(record)))


@given(word=texts())
@settings(max_examples=draws(600))
def test_texts(word):
    name, text = word
    tried(lambda: write(name, checked(name, read(name, text))))


@given(name=st.sampled_from([*NAMES, "strid", "constructor"]), value=ODD)
@settings(max_examples=draws(200))
def test_values(name, value):
    tried(lambda: dv.Player(**{name: value}).html)


@given(thing=ODD)
@settings(max_examples=draws(100))
def test_things_to_show(thing):
    tried(dv.show, thing)


@given(words=st.lists(texts(), max_size=4))
@settings(max_examples=draws(100))
def test_command_line(words, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "fuzz.html"
    written = [f"--{name.replace('_', '-')}={text}" for name, text in words]
    said = io.StringIO()
    codes = []
    with redirect_stderr(said), redirect_stdout(io.StringIO()):
        call = ["export", str(path), "--overwrite", *written]
        assert not refused(lambda: codes.append(cli.main(call)))
    event("refused" if codes[0] else "taken")
    assert "Traceback" not in said.getvalue()
    assert len(said.getvalue().splitlines()) <= 1


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """Give a book whose page is read again and again."""
    source = tmp_path_factory.mktemp("book")
    (source / "conf.py").write_text("extensions = ['deconvviz.sphinx_ext']", encoding="utf-8")
    (source / "index.rst").write_text("Book\n====\n", encoding="utf-8")
    app = SphinxTestApp("dummy", srcdir=source, builddir=source / "build")
    yield app
    app.cleanup()


LINE = texts().filter(lambda word: len(word[1].splitlines()) < 2)


@given(words=st.lists(LINE, max_size=4, unique_by=lambda word: word[0]))
@settings(max_examples=draws(100))
def test_directive(book, words):
    options = "".join(f"   :{name.replace('_', '-')}: {text}\n" for name, text in words)
    page = f"Book\n====\n\n.. deconvviz::\n{options}\n   Caption.\n\nAfter it.\n"
    book.warning.seek(0)
    book.warning.truncate()
    pages = []
    assert not refused(lambda: pages.append(parse(book, page)))
    said = [line for line in book.warning.getvalue().splitlines() if line]
    assert all("index.rst" in line for line in said), said
    assert len(said) < 2, said
    assert "After it." in pages[0].astext()
    event("refused" if said else "taken")
