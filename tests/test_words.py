"""One table of words, one grammar: what the page can read, Python and the command line can read."""

import json
from operator import attrgetter
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

import deconvviz as dv
from deconvviz import cli
from deconvviz.geometry import PARAMETERS
from deconvviz.player import presets
from deconvviz.player.markup import element
from deconvviz.player.state import complete, computation, trace_of
from deconvviz.text import load
from deconvviz.words import APPEARANCE, NAMES, PER_AXIS, SHAPING, TABLE
from deconvviz.words.check import checked
from deconvviz.words.describe import descriptions
from deconvviz.words.read import READERS, read
from deconvviz.words.write import query, shortest, write
from tools.golden import written_words

ROOT = Path(__file__).parents[1]
ROWS = written_words()
# what a player may be told; a word that leaves the table, or comes to it, is meant
WORDS = (
    "input_size kernel_size stride padding output_padding dilation input weight bias groups "
    "out_channel view turned step playing speed selection lang theme controls keys autoplay loop "
    "title ask answered predict exercise present fit beside pair views"
)


def test_the_table_has_every_word():
    assert list(TABLE) == WORDS.split()
    assert set(SHAPING) | set(APPEARANCE) == set(NAMES) == set(TABLE) - {"playing", "answered"}


def test_every_kind_of_word_has_its_reader_check_and_description():
    kinds = {word.kind for word in TABLE.values()}
    texts = load()["words"]
    assert set(READERS) <= kinds
    assert set(texts["values"]) | {"choice"} == kinds | {"between"}
    assert set(texts["about"]) == set(NAMES) >= set(texts["without"])
    assert {word.name for word in TABLE.values() if word.kind == "choice"} == {
        word.name for word in TABLE.values() if word.choices
    }
    for name, word in TABLE.items():
        if word.default is not None and word.kind != "language":
            assert checked(name, word.default) == word.default


@pytest.mark.parametrize(
    "word", [w for w in TABLE.values() if w.least is not None], ids=attrgetter("name")
)
def test_the_bounds_in_the_table_are_those_that_hold(word):
    def tell(value):
        return computation({word.name: value}) if word.shapes else checked(word.name, value)

    for bound, beyond in ((word.least, -1), (word.most, 1)):
        if bound is not None:
            tell(bound)
            with pytest.raises(dv.GeometryError):
                tell(bound + beyond)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['name']}={row['text']!r}")
def test_what_a_text_means_is_the_same_for_player_element_and_command_line(
    row, tmp_path, monkeypatch, capsys
):
    name, text = row["name"], row["text"]
    trait, told = TABLE[name].trait, []
    arguments = ["export", str(tmp_path / "x.html"), f"--{name.replace('_', '-')}={text}"]
    if "refused" in row:
        with pytest.raises(dv.GeometryError) as of_player:
            dv.Player(**{name: text})
        assert str(of_player.value) == row["refused"]
        assert cli.main(arguments) == 2
        assert capsys.readouterr().err == f"deconvviz: {row['refused']}\n"
        assert list(tmp_path.iterdir()) == []
        return

    def export(nothing, path, *, overwrite, **words):
        told.append(words)

    monkeypatch.setattr(cli, "export", export)
    player = dv.Player(**{name: text})
    assert cli.main(arguments) == 0
    (words,) = told
    if name in SHAPING:
        assert (
            computation({name: getattr(player, trait)}).words.get(name, row["value"])
            == (row["value"])
        )
        assert trace_of(words).to_dict() == player.trace.to_dict()
    else:
        assert getattr(player, trait) == row["value"]
        assert words == {name: row["value"]}
    again = element(**{name: getattr(player, trait)})
    assert again == element(**{name: text}) or TABLE[name].kind == "numbers"


@pytest.mark.parametrize(
    ("name", "value", "written"),
    [
        ("stride", 3, "3"),
        ("stride", (3, 3), "3"),
        ("kernel_size", (3, 2), "3,2"),
        ("kernel_size", (3,), "3,"),
        ("kernel_size", (3, 3, 3), "3,3,3"),
        ("padding", ((1, 2),), "1:2"),
        ("padding", ((1, 1), (1, 1)), "1"),
        ("padding", ((1, 2), (0, 1)), "1:2,0:1"),
        ("step", 0, "0"),
        ("view", "gather", "gather"),
        ("autoplay", True, "true"),
        ("loop", False, "false"),
        ("bias", 0.5, "0.5"),
        ("selection", {"kind": "x", "index": [0, 1]}, "x:0,1"),
        ("title", "7", "7"),
    ],
)
def test_a_value_survives_the_way_to_an_attribute_and_back(name, value, written):
    assert write(name, value) == written
    again = read(name.replace("_", "-"), written)
    if name in PER_AXIS:
        kernel = {"kernel_size": 3} | {name: value}
        assert dv.Geometry(**kernel) == dv.Geometry(**{**kernel, name: again})
    else:
        assert again == value


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ({}, ""),
        ({"input_size": 4, "kernel_size": 4, "stride": 2}, "input-size=4&kernel-size=4&stride=2"),
        ({"kernel_size": (4,), "input_size": (3,)}, "kernel-size=4,"),
        ({"kernel_size": (3, 2), "stride": (2, 1)}, "kernel-size=3,2&stride=2,1"),
        ({"kernel_size": (4,), "padding": [[0, 2]]}, "kernel-size=4,&padding=0:2"),
        ({"kernel_size": (2, 2, 2)}, "kernel-size=2,2,2"),
        ({"view": "gather", "step": 3, "bias": 0.5}, "bias=0.5&view=gather&step=3"),
        ({"view": "scatter", "step": 0}, ""),
        ({"input": [[[1, 2]]]}, "input-size=1,2&kernel-size=3&input=%5B%5B%5B1,2%5D%5D%5D"),
    ],
)
def test_a_query_says_what_is_not_usual_as_short_as_it_can(words, written):
    assert query(**complete(words)) == written


@pytest.mark.parametrize("text", [",2", "2,,1", "a:", ":", ",", "x,y"])
@pytest.mark.parametrize("name", PER_AXIS)
def test_what_is_no_size_is_none_when_it_is_written_and_read_again(name, text):
    for again in (text, write(name, checked(name, text))):
        with pytest.raises(dv.GeometryError, match=f"^{name} "):
            computation({name: again})


@pytest.mark.parametrize("row", presets.table(), ids=lambda row: row["id"])
def test_a_query_reads_back(row):
    whole = complete(presets.preset(row["id"]))
    pairs = parse_qsl(query(**whole))
    again = complete({name.replace("-", "_"): read(name, text) for name, text in pairs})
    assert {name: again.get(name) for name in whole} == whole


@pytest.mark.parametrize(
    ("words", "size"),
    [
        ({"input_size": [4], "kernel_size": 2}, (2,)),
        ({"input_size": [4, 4, 4]}, (3, 3, 3)),
        ({"input": [1, 2, 3]}, (3,)),
        ({"input": [[1, 2, 3]], "kernel_size": [2]}, (2,)),
        ({"weight": [[[1, 2]], [[3, 4]]]}, (1, 2)),
        ({"kernel_size": 4}, (4, 4)),
    ],
)
def test_a_single_number_for_the_kernel_has_the_axes_of_what_comes_with_it(words, size):
    assert computation(words).geometry.kernel_size == size


def test_one_number_where_axes_are_alike_but_sizes_count_axes():
    assert shortest("stride", [2], 1) == 2
    assert shortest("stride", [2, 1], 2) == [2, 1]
    assert shortest("padding", [[1, 2], [1, 2]], 2) == [[1, 2], [1, 2]]
    assert shortest("input_size", [4, 4], 2) == 4
    assert shortest("input_size", [4, 4, 4], 3) == [4, 4, 4]
    assert shortest("input", [[1, 1]], 2) == [[1, 1]]


def test_help_says_what_may_be_written_and_what_holds_without_it(capsys):
    assert cli.main(["export", "--help"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    for name, about, _, without in descriptions():
        assert f"--{name} " in told
        assert about in told
        assert f"[{without}]" in told
    assert "scatter|gather|matrix|overlap" in told
    assert "how many times faster it plays: a number from 0.1 to 10 [1]" in told


def test_a_flag_may_stand_alone_and_takes_nothing_that_is_not_its_own(tmp_path):
    for arguments in ("--present x.html", "x.html --present", "--present=true x.html"):
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.html"
        given = [str(path) if argument == "x.html" else argument for argument in arguments.split()]
        assert cli.main(["export", *given]) == 0
        assert 'present="true"' in path.read_text(encoding="utf-8")


def test_the_command_line_names_what_it_does_not_know(capsys):
    assert cli.main(["export", "x.html", "--strides", "2"]) == 2
    assert "--stride" in capsys.readouterr().err
    assert cli.main(["--version"]) == 0
    assert dv.__version__ in capsys.readouterr().out


def test_golden_words_are_what_python_says():
    golden = ROOT / "tests" / "golden" / "words.json"
    assert json.loads(golden.read_text(encoding="utf-8")) == json.loads(json.dumps(ROWS))


def test_the_words_per_axis_are_the_parameters_of_a_geometry_and_the_input_size():
    assert set(PER_AXIS) == {*PARAMETERS, "input_size"}
