"""Files to give away: what is in them, and that none is overwritten unasked."""

import re
from pathlib import Path

import pytest

import deconvviz as dv
from deconvviz.cli import main

SCRIPT = Path(dv.__file__).parent / "static" / "deconvviz.js"


@pytest.fixture
def trace():
    return dv.record([[1, 2], [3, 4]], [[1, 0], [0, 1]], stride=2)


def test_a_page_asks_nobody_for_anything(trace, tmp_path):
    text = dv.export(trace, tmp_path / "x.html").read_text(encoding="utf-8")
    markup, _, script = text.partition("<script>\n")
    assert re.findall(r"\s(?:src|href)=(?!.?data:)[^\s>]+", markup) == []
    assert "default-src 'none'" in text
    assert SCRIPT.read_text(encoding="utf-8").splitlines()[0] in script


def test_what_a_reader_sees_is_escaped(trace, tmp_path):
    title = "</title><script>alert(1)</script> & $player"
    text = dv.export(trace, tmp_path / "x.html", title=title).read_text(encoding="utf-8")
    assert "<script>alert" not in text
    assert "&amp; $player</title>" in text


def test_without_scripts_the_page_has_frames_and_words(trace, tmp_path):
    text = dv.export(trace, tmp_path / "x.html").read_text(encoding="utf-8")
    assert text.count("<img ") >= 2
    assert trace.sentence(1) in text


def test_a_player_is_exported_as_it_stands(tmp_path):
    player = dv.Player(kernel_size=2, stride=2, step=3, theme="dark")
    text = dv.export(player, tmp_path / "x.html").read_text(encoding="utf-8")
    assert 'step="3"' in text
    assert '<html lang="en" data-theme="dark">' in text


def test_a_file_is_never_overwritten_unasked(trace, tmp_path):
    path = tmp_path / "x.html"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError, match="overwrite=True"):
        dv.export(trace, path)
    assert path.read_text(encoding="utf-8") == "mine"
    dv.export(trace, path, overwrite=True)
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize("name", ["x.gif", "x", "x.htm"])
def test_other_suffixes_name_those_that_work(trace, tmp_path, name):
    with pytest.raises(ValueError, match=r"\.html"):
        dv.export(trace, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_state_that_no_player_has_is_refused_before_a_file_is_made(trace, tmp_path):
    with pytest.raises(TypeError, match="strides"):
        dv.export(trace, tmp_path / "x.html", strides=2)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "value"), [("view", "q"), ("title", 3), ("lang", "xx"), ("step", 99)]
)
def test_a_word_is_refused_as_a_player_refuses_it(trace, tmp_path, name, value):
    with pytest.raises(dv.GeometryError) as of_player:
        dv.Player(trace, **{name: value})
    with pytest.raises(ValueError, match=name) as of_export:
        dv.export(trace, tmp_path / "x.html", **{name: value})
    assert str(of_export.value) == str(of_player.value)
    assert list(tmp_path.iterdir()) == []


def test_words_that_shape_the_computation_shape_picture_and_player_alike(trace, tmp_path):
    dv.export(trace, tmp_path / "a.html", stride=3, view="gather")
    again = dv.record([[1, 2], [3, 4]], [[1, 0], [0, 1]], stride=3, view="gather")
    dv.export(again, tmp_path / "b.html", view="gather")
    assert (tmp_path / "a.html").read_text() == (tmp_path / "b.html").read_text()


def test_the_command_line_writes_the_same_page(tmp_path, capsys):
    words = ["--kernel-size", "3,2", "--stride", "2", "--padding", "1:0", "--step", "2"]
    assert main(["export", str(tmp_path / "a.html"), *words]) == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / "a.html")
    geometry = dv.Geometry((3, 2), stride=2, padding=((1, 0), (1, 0)))
    dv.export(geometry, tmp_path / "b.html", step=2)
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--kernel-size", "0"], "kernel_size (=0) must be at least 1"),
        (["--step", "99"], "step (=99) must be smaller than 10: use 0 to 9"),
        (["--stride", "abc"], "stride (='abc') must be a whole number"),
        (["--stride", "2", "--output-padding", "2"], "output_padding (=2) must be smaller"),
    ],
)
def test_the_command_line_says_why_not(tmp_path, capsys, arguments, reason):
    assert main(["export", str(tmp_path / "x.html"), *arguments]) == 1
    assert reason in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_groups_are_not_lost(tmp_path):
    words = {"input": [[[1]], [[2]]], "groups": 2, "out_channel": 1}
    written = dv.export(dv.Player(**words), tmp_path / "a.html").read_text(encoding="utf-8")
    assert 'groups="2" out-channel="1"' in written
    data = ["--input", "[[[1]], [[2]]]", "--groups", "2", "--out-channel", "1"]
    assert main(["export", str(tmp_path / "b.html"), *data]) == 0
    assert 'groups="2"' in (tmp_path / "b.html").read_text(encoding="utf-8")
