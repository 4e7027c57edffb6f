"""Files to give away: what is in them, and that none is overwritten unasked."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import deconvviz as dv
from deconvviz import exports
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


def full(*_):
    raise OSError(28, "No space left on device")


FAILURES = {
    "surrogates not allowed": (vars(exports), "page", lambda *_, **__: "<!doctype html>\ud800"),
    "No space left on device": (
        vars(exports),
        "Path",
        type("Full", (type(Path()),), {"replace": full}),
    ),
}


@pytest.mark.parametrize("before", [None, "mine"])
@pytest.mark.parametrize("failure", FAILURES)
def test_a_failed_export_leaves_what_was_there(trace, tmp_path, monkeypatch, before, failure):
    path = tmp_path / "x.html"
    if before:
        path.write_text(before, encoding="utf-8")
    monkeypatch.setitem(*FAILURES[failure])
    with pytest.raises((OSError, UnicodeEncodeError), match=failure):
        dv.export(trace, path, overwrite=True)
    left = {file.name: file.read_text(encoding="utf-8") for file in tmp_path.iterdir()}
    assert left == ({"x.html": before} if before else {})


@pytest.mark.parametrize("place", ["nowhere/x.html", "file/x.html", "folder.html"])
def test_a_place_that_cannot_be_written_is_named(trace, tmp_path, place):
    (tmp_path / "file").write_text("", encoding="utf-8")
    (tmp_path / "folder.html").mkdir()
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(OSError, match=rf"^path \(='.*{place}'\) cannot be written: "):
        dv.export(trace, tmp_path / place, overwrite=True)
    assert sorted(tmp_path.rglob("*")) == before


def test_an_exported_file_may_be_read_by_those_who_may_read_others(trace, tmp_path):
    (tmp_path / "usual").touch()
    path = dv.export(trace, tmp_path / "x.html")
    assert path.stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_state_that_no_player_has_is_refused_before_a_file_is_made(trace, tmp_path):
    with pytest.raises(TypeError, match="strides"):
        dv.export(trace, tmp_path / "x.html", strides=2)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("view", "matrx"), ("title", 3), ("title", "\ud800"), ("lang", "xx"), ("lang", ["en"])),
        *(("lang", "../x"), ("step", 99), ("selection", "q"), ("selection", "x:2,0")),
        *(("speed", float("nan")), ("theme", "constructor"), ("input", [[1, float("inf")]])),
        *(("bias", float("nan")), ("input", [[1, [2]]]), ("weight", [[1], [2, 3]])),
    ],
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
        (["--input", "[[1,2"], "input: a bracket that opens at row 1"),
        (["--input", "1,5 2,5"], "input holds 1,5: write 1.5 if that is one number, 1 5 if"),
        (["--view", "overla"], "view (='overla') must be one of scatter, gather, matrix, overlap"),
        (["--selection", "q"], "and its index as a list; as text, y:2,3"),
        (["--selection", "w:3,0"], "selection (=w:3,0) must be a cell that is there: w:0,0 to"),
        (["--lang", "../words"], "lang (='../words') must be one of en"),
        (["--strides", "2"], "No such option"),
        (["--view"], "Option '--view' requires an argument"),
        (["more"], "Got unexpected extra argument (more)"),
        (["--title", "\udcff"], "title (="),
        (["--kernel-size", "two\nlines"], "kernel_size (='two lines') must be a whole number"),
    ],
)
def test_the_command_line_says_why_not(tmp_path, capsys, arguments, reason):
    assert main(["export", str(tmp_path / "x.html"), *arguments]) == 2
    said = capsys.readouterr().err
    assert reason in said
    assert said.startswith("deconvviz: ")
    assert said.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", ["x.gif", "here.html", "no/where.html"])
def test_the_command_line_names_a_path_that_it_cannot_write(tmp_path, capsys, path):
    (tmp_path / "here.html").touch()
    assert main(["export", str(tmp_path / path)]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"deconvviz: path (='{tmp_path / path}') ")
    assert ("--overwrite" in said) == (path == "here.html")
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["--version"], 0, dv.__version__),
        (["export", "--help"], 0, "--kernel-size SIZES"),
        ([], 0, "export  Write a player as a page."),
        (["exprt"], 2, "deconvviz: No such command 'exprt'"),
        (["export"], 2, "deconvviz: Missing argument 'PATH'"),
    ],
)
def test_it_runs_as_a_module_too(arguments, status, said):
    run = subprocess.run(
        [sys.executable, "-m", "deconvviz", *arguments], capture_output=True, text=True, check=False
    )
    assert run.returncode == status
    assert said in (run.stderr if status else run.stdout)
    assert "Traceback" not in run.stderr


def test_groups_are_not_lost(tmp_path):
    words = {"input": [[[1]], [[2]]], "groups": 2, "out_channel": 1}
    written = dv.export(dv.Player(**words), tmp_path / "a.html").read_text(encoding="utf-8")
    assert 'groups="2" out-channel="1"' in written
    data = ["--input", "[[[1]], [[2]]]", "--groups", "2", "--out-channel", "1"]
    assert main(["export", str(tmp_path / "b.html"), *data]) == 0
    assert 'groups="2"' in (tmp_path / "b.html").read_text(encoding="utf-8")
