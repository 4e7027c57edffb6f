"""Ask the artists and the tags, not the pixels: where cells lie, what is written and ringed."""

import re
import struct
import subprocess
import sys
import zlib
from base64 import b64decode
from urllib.parse import unquote
from xml.etree import ElementTree

import matplotlib.colors as colours
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.collections import PathCollection
from matplotlib.patches import FancyBboxPatch

import deconvviz as dv
from deconvviz import figures
from deconvviz.checkerboard import overlap
from deconvviz.figures import key_frames, steps
from deconvviz.figures.looks import ink_on, look, shade, tokens
from deconvviz.figures.panels import DROP
from deconvviz.figures.pixels import levels, png_url
from deconvviz.figures.scenes import counts, repeat, scene, taps_of
from deconvviz.figures.svg import CELL, address, picture, size
from deconvviz.text import fill, load

SCATTER = dv.record(
    dv.example_input((3, 3))[0],
    dv.example_weight((3, 3))[0],
    stride=2,
    padding=1,
    output_padding=1,
)
GATHER = SCATTER.with_view("gather")
DIRECT = dv.record(SCATTER.output, SCATTER.weight[0], stride=2, padding=1, view="direct")
LINE = dv.record([1, 2, 3], [1, 10, 100], stride=2, padding=1, output_padding=1)
CUBE = dv.Trace(
    dv.Geometry((2, 2, 2), stride=2), dv.example_input((2, 2, 2)), dv.example_weight((2, 2, 2))
)
LARGE = dv.record(dv.example_input((64, 64))[0], dv.example_weight((4, 4))[0], stride=2, padding=1)
PANELS = load()["panels"]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def _no_figure_stays_open():
    yield
    plt.close("all")


# --- which steps, and what there is to draw ------------------------------------------------------


@pytest.mark.parametrize(
    ("trace", "expected"),
    [
        (SCATTER, [1, 5, 13, 15]),  # first stamp, the one in the middle, cropped, given back
        (GATHER, [3, 8, 30, 44]),  # stretched, turned, the middle of the output, all
        (SCATTER.with_view("matrix"), [4, 32, 47]),
    ],
)
def test_key_frames_are_the_turning_points(trace, expected):
    assert key_frames(trace) == expected


def panel(trace, step, letter):
    return next(p for p in scene(trace, step) if p.letter == letter)


def test_captions_are_the_words_of_the_player():
    captions = {p.letter: p.caption for p in scene(GATHER, 30)}
    assert captions == {
        "x": fill(PANELS["map"], size="8 × 8"),
        "w": PANELS["turned"],
        "y": fill(PANELS["output"], size="6 × 6"),
    }


def test_the_window_lies_over_the_cells_that_make_the_output():
    step = GATHER[30]
    ((name, first, last),) = panel(GATHER, 30, "x").frames
    assert (name, first, last) == ("stamp", (3, 3), (5, 5))
    assert panel(GATHER, 30, "y").frames == [("ring", step.target, step.target)]
    window = panel(GATHER, 30, "x").values[3:6, 3:6]
    assert float((window * panel(GATHER, 30, "w").values).sum()) == step.value


def test_the_map_knows_its_three_kinds():
    kinds, found = np.unique(panel(GATHER, -1, "x").kinds, return_counts=True)
    assert dict(zip(kinds.tolist(), found.tolist(), strict=True)) == {
        "input": 9,
        "inserted": 16,
        "padded": 39,
    }


def test_output_padding_gives_cells_back():
    cropped = [(panel(SCATTER, t, "y").kinds == "cropped").sum() for t in (13, 14, 15)]
    assert cropped == [24, 19, 13]


def test_the_bias_reaches_every_output_cell():
    trace = dv.record([1, 2], [1, 10], 0.5, stride=3)
    assert panel(trace, -1, "y").values.ravel().tolist() == trace.output.tolist()


def test_a_row_of_the_matrix_shows_the_input_and_the_kernel_it_is_written_from():
    trace = dv.record([[1, 2], [3, 4]], [[5, 6], [7, 8]], view="matrix")
    c, x, w = scene(trace, 1)
    assert c.frames == [("stamp", (1, 0), (1, 8))]
    assert c.values[1][c.shown[1]].tolist() == w.values.ravel().tolist() == [5, 6, 7, 8]
    assert c.shown[:2].sum(axis=1).tolist() == [4, 4]
    assert not c.shown[2:].any()
    assert x.frames == [("ring", (0, 1), (0, 1))]


def test_three_axes_lie_as_slices_side_by_side():
    x, y = panel(CUBE, 8, "x"), panel(CUBE, 8, "y")
    assert x.shape == (2, 5)
    assert np.array_equal(x.values[:, 3:], CUBE.input[0, 1])
    assert x.kinds[:, 2].tolist() == ["", ""]
    assert x.ring == (1, 4)  # the last input: slice 1, row 1, column 1
    assert [first for _, first, _ in y.frames] == [(2, 12), (2, 17)]  # a box in either slice
    assert np.array_equal(y.values[:, 15:], CUBE.output[3])


@pytest.mark.parametrize("view", ["scatter", "gather", "matrix", "direct"])
@pytest.mark.parametrize("shape", [(3,), (3, 2), (2, 2, 2)])
def test_no_two_cells_share_a_place(view, shape):
    options = {"stride": 2, "padding": 1, "output_padding": 1, "dilation": 2}
    geometry = dv.Geometry(shape, **options)
    trace = dv.Trace(geometry, dv.example_input(shape), dv.example_weight(shape), 0.5, view)
    for t in range(len(trace)):
        panels = scene(trace, t)
        pairs = [(a, b) for i, a in enumerate(panels) for b in panels[i + 1 :]]
        assert all(a.reach <= b.corner[0] or a.bottom <= b.corner[1] for a, b in pairs)


# --- counts --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kernel", "stride", "input_size", "expected"),
    [
        ((3,), (2,), 4, ((1,), (2,))),
        ((4,), (2,), 5, ((2,), (3,))),
        ((3, 2), (2, 3), 4, ((1, 0), (2, 2))),
        ((3,), (1,), 4, None),  # nothing repeats with a stride of one
        ((3,), (3,), 1, None),  # too short to repeat
    ],
)
def test_a_period_starts_where_the_counts_repeat(kernel, stride, input_size, expected):
    lines = dv.Geometry(kernel, stride).overlap(input_size)
    assert repeat(lines, stride) == expected


def test_the_counts_of_a_cell_are_those_of_its_row_times_its_column():
    across, down, grid = counts(dv.Geometry(3, stride=2, padding=1), 3)
    assert np.array_equal(grid.values, down.values * across.values)
    assert (across.corner[0], down.corner[1]) == grid.corner


def test_holes_are_hatched():
    *_, grid = counts(dv.Geometry(2, stride=3), 2)
    assert look("unreached").hatch
    assert np.array_equal(grid.kinds == "unreached", overlap(dv.Geometry(2, stride=3), 2) == 0)
    assert (grid.kinds == "unreached").any()


# --- stills: SVG without matplotlib --------------------------------------------------------------


class Drawing:
    """An SVG, read back: where the cells of a colour lie, and which numbers stand where."""

    def __init__(self, svg):
        self.root = ElementTree.fromstring(svg)
        self.markers = {m.get("id"): m for m in self.root.iter(f"{SVG}marker")}

    def cells(self, kind):
        """Return the centres of the cells filled with the colour of a kind."""
        found = []
        for path in self.root.findall(f"{SVG}g/{SVG}path"):
            (name,) = re.findall(r"url\(#(\w+)\)", path.get("style"))
            if self.markers[name][0].get("fill") == look(kind).fill:
                found += [centre for row in path.get("d").split("M")[1:] for centre in along(row)]
        return sorted(found)

    def numbers(self):
        """Return the text of every number, by the place of its line."""
        found = {}
        for text in self.root.findall(f"{SVG}g/{SVG}g//{SVG}text"):
            letters = list(text.text) if " " in text.get("x") else [text.text]
            places = zip(text.get("x").split(), text.get("y").split(), letters, strict=True)
            found.update({(int(x), int(y)): letter for x, y, letter in places})
        return found

    def frames(self, colour):
        return [
            tuple(int(box.get(side)) for side in ("x", "y", "width", "height"))
            for box in self.root.findall(f"{SVG}g/{SVG}rect")
            if box.get("stroke") == colour
        ]


def along(row):
    """Walk a path of horizontal steps: one centre a vertex."""
    start, *steps_ = row.split("h")
    x, y = map(int, start.split())
    places = [(x, y)]
    for step in steps_:
        x += int(step)
        places.append((x, y))
    return places


def test_every_cell_of_the_output_stands_in_the_still_with_its_number():
    drawing = Drawing(picture(scene(SCATTER, -1)))
    y = panel(SCATTER, -1, "y")
    numbers = drawing.numbers()
    for row, column in np.ndindex(6, 6):
        centre = [
            round((c + at + 1.5) * CELL) for c, at in zip(y.corner, (column, row), strict=True)
        ]
        assert tuple(centre) in drawing.cells("output")
        ((_, text),) = [
            (place, text)
            for place, text in numbers.items()
            if place[0] == centre[0] and 0 < place[1] - centre[1] < CELL / 3
        ]
        assert text == str(int(SCATTER.output[row, column]))


def test_the_still_marks_the_active_input_and_its_stamp():
    drawing, y = Drawing(picture(scene(SCATTER, 5))), panel(SCATTER, 5, "y")
    corner = [round((c + 2) * CELL) for c in y.corner]
    assert drawing.frames(tokens()["ring"]) == [(CELL, CELL, CELL, CELL)]
    assert drawing.frames(look("kernel").line) == [(*corner, 3 * CELL, 3 * CELL)]


def test_zeros_of_three_kinds_are_told_apart_without_colour():
    drawn = {}
    for kind in ("inserted", "padded", "cropped"):
        trace, step = (SCATTER, 13) if kind == "cropped" else (GATHER, 8)
        markers = Drawing(picture(scene(trace, step))).markers.values()
        (marker,) = [
            m
            for m in markers
            if m.find(f"{SVG}rect").get("fill") == look(kind).fill
            and m.find(f"{SVG}rect").get("opacity") is None
        ]
        dashed = marker.find(f"{SVG}rect").get("stroke-dasharray") is not None
        drawn[kind] = (dashed, marker.find(f"{SVG}path") is not None)
    assert drawn == {"inserted": (False, True), "padded": (True, False), "cropped": (True, True)}


@pytest.mark.parametrize("trace", [SCATTER, GATHER, SCATTER.with_view("matrix"), LINE, CUBE, LARGE])
def test_a_still_is_small_deterministic_and_whole(trace):
    for t in key_frames(trace):
        svg = picture(scene(trace, t))
        assert svg == picture(scene(trace, t))
        assert len(address(svg)) < 4_500
        root = ElementTree.fromstring(svg)
        used = set(re.findall(r"url\(#(\w+)\)", svg))
        assert used == {marker.get("id") for marker in root.iter(f"{SVG}marker")}
        width, height = size(scene(trace, t))
        assert root.get("viewBox") == f"0 0 {width} {height}"
        assert width <= 520  # so that numbers can be read when a phone makes 358 of it


def test_the_address_survives_the_way_to_the_browser():
    svg = picture(scene(SCATTER, 5))
    kind, data = address(svg).split(",", 1)
    assert kind == "data:image/svg+xml"
    assert unquote(data) == svg
    assert not set(data) & set('"<>#&')


def test_counts_are_coloured_by_their_number_and_legible():
    drawing = Drawing(picture(counts(dv.Geometry(3, stride=2), 3)))
    fills = {m.find(f"{SVG}rect").get("fill") for m in drawing.markers.values()}
    assert fills == {shade("count", count / 4) for count in (1, 2, 4)}
    assert {contrast(fill, ink_on(fill)) >= 4.5 for fill in fills} == {True}


def contrast(one, other):
    linear = [
        [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colours.to_rgb(name)]
        for name in (one, other)
    ]
    low, high = sorted(np.array(linear) @ [0.2126, 0.7152, 0.0722])
    return (high + 0.05) / (low + 0.05)


def test_a_large_panel_is_an_image_whose_pixels_are_its_cells():
    trace = dv.record(dv.example_input((21, 21))[0], dv.example_weight((3, 3))[0], stride=2)
    x = panel(trace, 211, "x")
    assert np.array_equal(decoded(png_url(x)), levels(x))
    assert np.array_equal(levels(x), np.rint(x.values / x.peak * 14))
    drawing = Drawing(picture(scene(trace, 211)))
    assert [image.get("width") for image in drawing.root.iter(f"{SVG}image")] == ["216", "216"]
    assert drawing.frames(tokens()["ring"]) != []


def decoded(address):
    """Read back an image of sixteen colours."""
    data = b64decode(address.partition("base64,")[2])
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    columns, rows = struct.unpack(">II", data[16:24])
    start = data.index(b"IDAT")
    (length,) = struct.unpack(">I", data[start - 4 : start])
    name_and_data = data[start : start + 4 + length]
    (check,) = struct.unpack(">I", data[start + 4 + length : start + 8 + length])
    assert zlib.crc32(name_and_data) == check
    lines = np.frombuffer(zlib.decompress(name_and_data[4:]), np.uint8).reshape(rows, -1)
    assert not lines[:, 0].any()
    packed = lines[:, 1:]
    return np.stack([packed >> 4, packed & 15], axis=2).reshape(rows, -1)[:, :columns]


# --- figures for print ---------------------------------------------------------------------------


def one(trace, step, **options):
    ax = steps(trace, [step], **options)
    ax.figure.draw_without_rendering()
    return ax


def centres(ax, kind, theme="light"):
    """Return the centres of the cells filled with the colour of a kind."""
    return sorted(
        tuple(offset)
        for cells in filled(ax, look(kind, theme).fill)
        for offset in np.round(cells.get_offsets().tolist(), 6)
    )


def filled(ax, fill_):
    return [
        cells
        for cells in ax.findobj(PathCollection)
        if len(cells.get_facecolor()) and colours.to_hex(cells.get_facecolor()[0]) == fill_
    ]


def boxes(ax, colour):
    return [
        tuple(np.round((box.get_x(), box.get_y(), box.get_width(), box.get_height()), 6).tolist())
        for box in ax.findobj(FancyBboxPatch)
        if colours.to_hex(box.get_edgecolor()) == colour
    ]


def numbers_of(ax):
    """Return what is written in cells, by place."""
    texts = [text for text in ax.texts if text.get_ha() == "center"]
    return {tuple(np.round(text.get_position(), 6).tolist()): text.get_text() for text in texts}


def test_a_frame_a_step_and_its_sentence_above():
    written = [" ".join(t.get_text().split()) for t in steps(SCATTER, [5, -1]).texts]
    assert {SCATTER.sentence(5), SCATTER.sentence(15), "step 6 of 16"} <= set(written)


def test_print_marks_the_active_input_and_its_stamp():
    ax = one(SCATTER, 5)
    ((x, y, *side),) = boxes(ax, tokens()["ring"])
    ((left, top, *stamp),) = boxes(ax, look("kernel").line)
    assert (side, stamp) == ([1, 1], [3, 3])
    across = panel(SCATTER, 5, "y").corner[0] - panel(SCATTER, 5, "x").corner[0]
    assert (left - x, top - y) == pytest.approx((across + 1, 1))  # cell 1, 1 and canvas 2, 2


def test_print_shows_every_output_with_its_number():
    ax = one(SCATTER, -1)
    placed, green = numbers_of(ax), centres(ax, "output")
    rows = sorted({y for _, y in green})
    written = [[placed[place] for place in sorted(green) if place[1] == y] for y in rows]
    assert written == [[str(int(value)) for value in row] for row in SCATTER.output]


def test_cropped_cells_are_dashed_and_hatched_not_only_grey():
    ax = one(SCATTER, 13)
    assert len(centres(ax, "cropped")) == 24  # the rim of 7 x 7
    hatched = [c for c in ax.findobj(PathCollection) if c.get_hatch()]
    dashed = [c for c in ax.findobj(PathCollection) if c.get_linestyle()[0][1] is not None]
    assert len(hatched[0].get_offsets()) == len(dashed[0].get_offsets()) == 24


def test_a_dilated_stamp_is_outlined_cell_by_cell():
    trace = dv.record(dv.example_input((2, 2))[0], dv.example_weight((2, 2))[0], dilation=2)
    assert len(boxes(one(trace, 1), look("kernel").line)) == 4


@pytest.mark.parametrize("trace", [SCATTER, GATHER, LINE, LINE.with_view("gather"), CUBE, DIRECT])
def test_nothing_is_drawn_outside_and_no_texts_touch(trace):
    ax = steps(trace)
    ax.figure.draw_without_rendering()
    frame = ax.get_window_extent()
    places = [text.get_window_extent() for text in ax.texts if text.get_text()]
    assert all(frame.x0 <= p.x0 and p.x1 <= frame.x1 for p in places)
    assert all(frame.y0 <= p.y0 and p.y1 <= frame.y1 for p in places)
    assert [(a, b) for i, a in enumerate(places) for b in places[:i] if a.overlaps(b)] == []


def test_a_large_map_is_an_image_with_its_marks():
    trace = dv.record(dv.example_input((24, 24))[0], dv.example_weight((3, 3))[0], stride=2)
    ax = one(trace, 1 + 24 * 12 + 12)
    assert [image.get_array().shape for image in ax.images] == [(24, 24, 3), (49, 49, 3)]
    ((_, _, *side),) = boxes(ax, tokens()["ring"])
    assert side == pytest.approx([9 / 24, 9 / 24])


def test_dark_takes_the_dark_tokens():
    ax = one(SCATTER, -1, theme="dark")
    assert len(centres(ax, "output", "dark")) == 36
    assert colours.to_hex(ax.figure.get_facecolor()) == tokens("dark")["page"]


def test_the_figures_draw_where_they_are_told_in_its_proportions():
    _, (left, right) = plt.subplots(1, 2, figsize=(6, 3))
    assert figures.overlap(dv.Geometry(3, stride=2), 3, ax=left) is left
    assert figures.overlap(dv.Geometry(3, stride=2), 9, ax=right) is right
    small, large = (ax.texts[-1].get_size() for ax in (left, right))
    assert len(plt.get_fignums()) == 1
    assert small > large or right.images


def test_the_matrix_and_its_transpose_have_taps_in_the_kernels_colours_and_dots():
    geometry, weight = dv.Geometry(3), dv.example_weight((3, 3))[0]
    ax = figures.matrix(geometry, weight, 2)
    assert len(centres(ax, "kernel")) == 2 * 4 * 9
    (*dots,) = filled(ax, tokens()["edge"])
    assert sum(len(cells.get_offsets()) for cells in dots) == 2 * (4 * 16 - 4 * 9)
    c = dv.convolution_matrix(geometry, weight, 2)
    placed = numbers_of(ax)
    rows = [[t for (_, y), t in sorted(placed.items()) if y == top] for top in rows_of(placed)]
    taps = taps_of(geometry, (2, 2))
    for line, row, where in zip(rows[:4], c, taps, strict=True):
        assert line[:9] == [str(int(value)) for value in row[where]]


def rows_of(placed):
    return sorted({y for _, y in placed})


def test_a_tap_that_is_zero_is_a_tap():
    ax = figures.matrix(dv.Geometry((2,)), [0, 5], 2)
    assert sorted(numbers_of(ax).values()) == ["0"] * 4 + ["5"] * 4


def test_the_matrix_of_a_trace_has_a_row_for_every_channel():
    trace = dv.Trace(dv.Geometry((2,)), [[1, 2], [3, 4]], [[5, 6], [7, 8]])
    placed = numbers_of(figures.matrix(trace))
    first = [[t for (x, y), t in sorted(placed.items()) if y == top][:2] for top in rows_of(placed)]
    assert first == [["5", "6"], ["7", "8"], ["5", "6"], ["7", "8"]]


@pytest.mark.parametrize("column", [0, 1, 3])
def test_a_column_of_the_transpose_is_followed_to_its_stamp(column):
    geometry, weight = dv.Geometry(3), dv.example_weight((3, 3))[0]
    ax, plain = (figures.matrix(geometry, weight, 2, column=which) for which in (column, None))
    row, turned = (patch.get_path().get_extents() for patch in ax.patches)
    assert (row.width, row.height) == pytest.approx((16, 1))
    assert (turned.width, turned.height) == pytest.approx((1, 16))
    assert row.y0 - turned.y0 == pytest.approx(column)
    stamp, top = np.zeros((4, 4)), row.y0 - column + 4 + DROP
    for x, y in numbers_of(ax).keys() - numbers_of(plain).keys():
        stamp[int(y - top), int(x - row.x0)] = numbers_of(ax)[x, y]
    assert (stamp.ravel() == dv.convolution_matrix(geometry, weight, 2)[column]).all()


def test_a_column_that_is_not_there_is_refused():
    with pytest.raises(dv.GeometryError, match=r"column \(=4\) must be smaller than 4"):
        figures.matrix(dv.Geometry(3), np.ones((3, 3)), 2, column=4)


def test_a_large_matrix_is_an_image():
    ax = figures.matrix(SCATTER)
    assert [image.get_array().shape for image in ax.images] == [(9, 36, 3), (36, 9, 3)]


def test_a_geometry_without_a_weight_is_no_matrix():
    with pytest.raises(TypeError, match="weight and an input_size"):
        figures.matrix(dv.Geometry(3))


def test_print_of_counts_holds_numbers_sides_holes_and_a_period():
    geometry = dv.Geometry(2, stride=3)
    ax = figures.overlap(geometry, 2)
    placed = numbers_of(ax)
    wanted = overlap(geometry, 2)
    lines = [[t for (_, y), t in sorted(placed.items()) if y == top] for top in rows_of(placed)]
    across, down = geometry.overlap(2)
    assert lines[0] == [str(count) for count in across]
    assert [line[0] for line in lines[1:]] == [str(count) for count in down]
    assert [line[1:] for line in lines[1:]] == [[str(count) for count in row] for row in wanted]
    holes = [cells for cells in ax.findobj(PathCollection) if cells.get_hatch()]
    assert sum(len(cells.get_offsets()) for cells in holes) == (wanted == 0).sum()
    ((*_, width, height),) = boxes(ax, tokens()["ring"])
    assert (width, height) == (3, 3)
    assert len(filled(ax, shade("count", 1))[0].get_offsets()) == (wanted == 1).sum()


@pytest.mark.parametrize("suffix", ["pdf", "png"])
def test_what_is_saved_has_no_date_and_leaves_no_figure_open(tmp_path, suffix):
    files = [tmp_path / f"{name}.{suffix}" for name in "ab"]
    for file in files:
        figures.save(steps(LINE), file)
    assert files[0].read_bytes() == files[1].read_bytes()
    assert plt.get_fignums() == []


def test_importing_the_package_leaves_matplotlib_alone():
    code = """if True:
        import sys, deconvviz, deconvviz.player.markup
        deconvviz.player.markup.still(deconvviz.record([1, 2], [3, 4]))
        print('matplotlib' in sys.modules)"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


@pytest.mark.parametrize("name", ["steps", "matrix", "overlap"])
def test_without_matplotlib_a_figure_says_what_is_missing(monkeypatch, name):
    monkeypatch.delitem(vars(figures), name, raising=False)
    monkeypatch.setattr(figures, "find_spec", lambda _: None)
    with pytest.raises(dv.MissingExtra, match=r'pip install "deconvviz\[figures\]"'):
        getattr(figures, name)


def test_another_name_is_an_error_of_its_own():
    with pytest.raises(AttributeError, match="no attribute 'animate'"):
        figures.animate  # noqa: B018


@pytest.mark.parametrize(
    ("draw", "refused"),
    [
        (lambda: figures.steps(dv.Geometry(3)), r"trace \(=Geometry\(.*\) must be a Trace: "),
        (lambda: figures.key_frames([1]), r"trace \(=\[1\]\) must be a Trace: "),
        (lambda: figures.overlap([[1]], 3), r"geometry \(=\[\[1\]\]\) must be a Geometry: "),
        (lambda: figures.matrix([[1]], [1], 3), r"of \(=\[\[1\]\]\) must be a Geometry: "),
        (lambda: dv.overlap([[1]], 3), r"geometry \(=\[\[1\]\]\) must be a Geometry: "),
        (lambda: dv.convolution_matrix(3, [1], 3), r"geometry \(=3\) must be a Geometry: "),
        (lambda: figures.png([1]), r"ax \(=\[1\]\) must be Axes of matplotlib"),
        (lambda: figures.save([1], "x.png"), r"ax \(=\[1\]\) must be Axes of matplotlib"),
    ],
)
def test_what_is_no_trace_geometry_or_axes_is_told_how_to_make_one(draw, refused):
    with pytest.raises(dv.GeometryError, match=refused):
        draw()
