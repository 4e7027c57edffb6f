"""What there is to draw after a step, as data: panels of cells, where they lie, what is marked.

Nothing is drawn here and no index is worked out by hand: places come from the trace's geometry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import product
from math import ceil
from typing import Any

import numpy as np

from ..checkerboard import overlap
from ..engine.arrays import Array
from ..engine.places import places
from ..geometry import Geometry, Index, Stretched, cells
from ..geometry.stretched import standing
from ..text import fill, load, number
from ..trace import Frame, Trace
from ..trace.sentences import size as written_size
from ..trace.steps import Bias, Gather, Keep, Multiply, Reshape, Scatter, Slide, Unroll
from .lens import lens
from .panels import COLUMNS, DROP, GAP, Cell, Panel, laid, legible, moved


def scene(trace: Trace, index: int, lang: str = "en") -> list[Panel]:
    """Return the panels that show a trace after one step."""
    words = load(lang)["panels"]
    return _SCENES[trace.view](trace, trace[index], trace.frame(index), words)


def counts(geometry: Geometry, input_size: Any, lang: str = "en") -> list[Panel]:
    """Return the panels that count the stamps at every output cell, and along each axis."""
    values = overlap(geometry, input_size)
    lines = geometry.overlap(input_size)
    name = _sized(load(lang)["panels"]["counts"], values.shape)
    kinds = np.where(values > 0, "count", "unreached")
    sides = geometry.ndim == 2 and legible(values.shape)
    corner = (1.1, 1.1) if sides else (0.0, 0.0)
    period = repeat(lines, geometry.stride)
    grid = Panel.of(
        "" if sides else "y", "" if sides else name, values, kinds, corner, period=period
    )
    if not sides:
        return [grid]
    left, top = (np.array(line) for line in lines)
    across = Panel.of("y", name, top, _all("factor", top), (corner[0], 0))
    down = Panel.of("", "", left[:, None], _all("factor", left[:, None]), (0, corner[1]))
    return [across, down, grid]


def repeat(lines: Sequence[Sequence[int]], stride: Index) -> tuple[Index, Index] | None:
    """Return the first and the last cell of one period of the counts, where they repeat.

    Examples
    --------
    >>> repeat(Geometry((3,), stride=2).overlap(4), (2,))
    ((1,), (2,))
    """
    starts = [_repeats_from(line, every) for line, every in zip(lines, stride, strict=True)]
    if None in starts or max(stride) == 1:
        return None
    first = tuple(start for start in starts if start is not None)
    return first, tuple(start + every - 1 for start, every in zip(first, stride, strict=True))


def _repeats_from(line: Sequence[int], every: int) -> int | None:
    """Return where a line begins to repeat, as far from its end as from its start."""
    for start in range((len(line) - every + 1) // 2):
        middle = line[start : len(line) - start]
        if all(a == b for a, b in zip(middle, middle[every:], strict=False)):
            return start
    return None


def matrices(
    entries: Array, taps: Array, lang: str = "en", column: int | None = None, folded: Index = ()
) -> list[Panel]:
    """Return the panels of C and of its transpose. ``taps`` says where C holds a tap.

    A ``column`` of the transpose is marked, with the row of C that it was, and stands below C as
    the stamp that it is, in the shape ``folded``.
    """
    words = load(lang)["panels"]
    row = [] if column is None else [(column, at) for at in range(entries.shape[1])]
    turned = [(at, column) for column, at in row]
    c = _entries(entries, taps, words, marked=row)
    ct = _entries(entries.T, taps.T, words, (c.reach + GAP, 0), turned=True, marked=turned)
    return [c, ct] if column is None else [c, ct, _stamp(entries, taps, column, folded, c, words)]


def _stamp(
    entries: Array, taps: Array, column: int, folded: Index, above: Panel, words: Any
) -> Panel:
    values, here = entries[column].reshape(folded), taps[column].reshape(folded)
    caption = fill(words["folded"], column=column, size=written_size(folded))
    kinds = np.where(here, "kernel", "apart")
    return Panel.of("", caption, values, kinds, (0, above.bottom + DROP), here)


def taps_of(geometry: Geometry, input_size: Index, channels: int = 1) -> Array:
    """Return where C holds a tap, even one that is zero. Rows are inputs, channels innermost."""
    output_size = geometry.output_size(input_size)
    places = cells(input_size)
    taps = np.zeros((len(places) * channels, int(np.prod(output_size))), bool)
    for row, source in enumerate(places):
        for _, target in geometry.footprint(source, input_size):
            column = np.ravel_multi_index(target, output_size)
            taps[row * channels : (row + 1) * channels, column] = True
    return taps


def _scatter(trace: Trace, step: Any, frame: Frame, words: Any) -> list[Panel]:
    stamping = isinstance(step, Scatter)
    channel = step.channel if stamping else 0
    ring, targets = (step.source, step.targets) if stamping else (None, ())
    values = trace.input[channel]
    x = Panel.of("x", _sized(words["x"], values.shape), values, _all("input", values), ring=ring)
    flat = trace.geometry.ndim == 1
    beside = flat and not x.is_strip
    w = _kernel(trace, channel, (x.reach + GAP, 0) if beside else (0, x.bottom + DROP), words)
    wide = trace.geometry.ndim == 3
    place = (0, max(x.bottom, w.bottom) + DROP) if flat or wide else (_beside(x, w), 0)
    y = _canvas(trace, frame, place, targets, words)
    if not (y.is_strip and stamping):
        return [x, w, y]
    products = replace(w, letter="", caption=fill(words["stamped"], value=number(step.value)))
    products = replace(products, values=np.array([step.products]))
    taps = range(len(step.products))
    rows = ((w, taps), (products, taps), (y, [column for (column,) in targets]))
    return _enlarged(x, w, lens(rows, words), y)


def _enlarged(x: Panel, w: Panel, under: Panel, y: Panel) -> list[Panel]:
    """Put a lens between two long maps, and the kernel there only where the lens has a part."""
    whole = under.shape[1] == w.shape[1]
    kept = [x] if whole else [x, moved(w, -w.corner[0], x.bottom + DROP - w.corner[1])]
    for panel in (under, y):
        kept.append(moved(panel, -panel.corner[0], kept[-1].bottom + DROP - panel.corner[1]))
    return kept


def _gather(trace: Trace, step: Any, frame: Frame, words: Any) -> list[Panel]:
    gathering = isinstance(step, Gather)
    window = _window(trace, step.target) if gathering else ()
    kinds = _map_kinds(trace, frame)
    name = words["map"] if "inserted" in kinds or "padded" in kinds else words["x"]
    caption = _sized(name, kinds.shape)
    x = Panel.of("x", caption, frame.values[0], kinds, marked=window)
    below = trace.geometry.ndim != 2
    w_place = (0, x.bottom + DROP) if below else (_widest_map(trace, x) + GAP, 0)
    w = _kernel(trace, 0, w_place, words, frame.turned)
    if not trace.turned and (frame.done or isinstance(step, Keep)):
        w = replace(w, caption=words["unturned"])
    known = _first(trace.output_size, frame.done)
    ring = step.target if gathering else None
    y = _output(frame, (w.corner[0], w.bottom + DROP), known, ring, words)
    y = y if trace.turned else replace(y, kinds=laid(_wrong(trace, known), ""))
    if not (x.is_strip and gathering):
        return [x, w, y]
    sums = np.reshape(step.products, (1, len(step.sources), -1)).sum(axis=2)
    met = np.array([[s if isinstance(s, str) else "kernel" for s in step.sources]])
    products = replace(w, letter="", caption=words["products"], values=sums, kinds=met)
    taps = range(len(step.sources))
    rows = ((x, sorted(column for (column,) in window)), (w, taps), (products, taps))
    inputs = [at for at in taps if isinstance(step.sources[at], tuple)]
    return _enlarged(x, w, lens(rows, words, min(inputs, default=0)), y)


def _wrong(trace: Trace, known: Array) -> Array:
    """Return "wrong" for each known output that is not the layer's."""
    differs = known & (trace.output != trace.right)
    return np.where(differs, "wrong", "output")


def _direct(trace: Trace, step: Any, frame: Frame, words: Any) -> list[Panel]:
    sliding = isinstance(step, Slide)
    window = _window_read(trace, step.target) if sliding else ()
    kinds = _read_kinds(trace, frame)
    caption = _sized(words["bordered" if "padded" in kinds else "large"], kinds.shape)
    x = Panel.of("x", caption, frame.values[0], kinds, marked=window)
    below = trace.geometry.ndim != 2
    w = _kernel(trace, 0, (0, x.bottom + DROP) if below else (_beside(x), 0), words)
    known = _first(trace.output_size, frame.done)
    ring = step.target if sliding else None
    y_place = (w.corner[0], w.bottom + DROP)
    return [x, w, _output(frame, y_place, known, ring, {"output": words["small"]})]


def _matrix(trace: Trace, step: Any, frame: Frame, words: Any) -> list[Panel]:
    turned = frame.values.shape[0] == trace.sums.size
    taps = taps_of(trace.geometry, trace.input_size, trace.channels)
    row = step.row if isinstance(step, (Multiply, Unroll)) else None
    marked = () if row is None else tuple((row, c) for c in range(frame.values.shape[1]))
    done = step.row + 1 if isinstance(step, Unroll) else frame.values.shape[0]
    here = (taps.T if turned else taps) & (np.arange(frame.values.shape[0]) < done)[:, None]
    c = _entries(frame.values, here, words, turned=turned, marked=marked)
    if isinstance(step, Unroll):
        return [c, *_unrolled(trace, step, c, words)]
    column = np.moveaxis(trace.input, 0, -1).reshape(-1, 1)
    x = Panel.of("x", "", column, _all("input", column), (c.reach + GAP, 0))
    y_column = frame.output.reshape(-1, 1)
    ring = (step.row, 0) if isinstance(step, Multiply) else None
    known = _first(y_column.shape, frame.done)
    y = Panel.of("y", "", y_column, _all("output", y_column), (x.reach + GAP, 0), known, ring)
    if not isinstance(step, (Reshape, Bias)):
        return [c, x, y]
    whole = np.ones(trace.output_size, bool)
    return [c, x, y, _output(frame, (y.reach + GAP, 0), whole, None, words)]


def _unrolled(trace: Trace, step: Unroll, above: Panel, words: Any) -> list[Panel]:
    """Return the input cell and the kernel that a row of C is written from."""
    values = trace.input[step.channel]
    place, caption = (0, above.bottom + DROP), _sized(words["x"], values.shape)
    x = Panel.of("x", caption, values, _all("input", values), place, ring=step.source)
    return [x, _kernel(trace, step.channel, (x.reach + GAP, place[1]), words)]


_SCENES: dict[str, Callable[[Trace, Any, Frame, Any], list[Panel]]] = {
    "scatter": _scatter,
    "gather": _gather,
    "matrix": _matrix,
    "direct": _direct,
}


def _entries(
    values: Array,
    taps: Array,
    words: Any,
    corner: tuple[float, float] = (0, 0),
    turned: bool = False,
    marked: Iterable[Cell] = (),
) -> Panel:
    """Return C or its transpose: taps in the kernel's colours, the rest as dots."""
    caption = _sized(words["Ct" if turned else "C"], values.shape)
    kinds = np.where(taps, "kernel", "apart")
    return Panel.of("Cᵀ" if turned else "C", caption, values, kinds, corner, taps, marked=marked)


def _kernel(
    trace: Trace, channel: int, corner: tuple[float, float], words: Any, turned: bool = False
) -> Panel:
    values = np.flip(trace.weight[channel]) if turned else trace.weight[channel]
    caption = words["turned"] if turned else _sized(words["w"], values.shape)
    return Panel.of("w", caption, values, _all("kernel", values), corner)


def _canvas(
    trace: Trace, frame: Frame, corner: tuple[float, float], marked: Sequence[Index], words: Any
) -> Panel:
    ends = (stop for _, stop in frame.window)
    shape = tuple(max(pair) for pair in zip(frame.values.shape, ends, strict=True))
    values, kinds = np.zeros(shape), np.full(shape, "cropped")
    values[tuple(map(slice, frame.values.shape))] = frame.values
    kept = tuple(slice(*span) for span in frame.window)
    kinds[kept] = "output"
    finished = kinds[kept].shape == trace.output_size
    if finished:
        values[kept] = frame.output
    shown = _reached(trace, frame, shape) if frame.done < trace.input.size else np.ones(shape, bool)
    whole = finished and frame.done == trace.input.size
    caption = (
        _sized(words["output"], trace.output_size) if whole else _sized(words["canvas"], shape)
    )
    return Panel.of("y", caption, values, kinds, corner, shown=shown, marked=marked)


def _output(
    frame: Frame, corner: tuple[float, float], known: Array, ring: Index | None, words: Any
) -> Panel:
    caption, kinds = _sized(words["output"], frame.output.shape), _all("output", frame.output)
    return Panel.of("y", caption, frame.output, kinds, corner, known, ring)


def _reached(trace: Trace, frame: Frame, shape: tuple[int, ...]) -> Array:
    """Return which canvas cells hold a product after the stamps so far."""
    if max(shape) > COLUMNS and len(shape) > 1:
        return np.ones(shape, bool)  # an image tells it by its shades
    whole = trace.geometry.whole
    full = whole.full_size(trace.input_size)
    reached = np.zeros(full, bool)
    begun = ceil(frame.done / trace.channels)
    np.put(reached, places(whole, trace.input_size)[:begun], v=True)
    more = [(0, room - size) for room, size in zip(shape, full, strict=True)]
    return np.pad(reached, more)


def _map_kinds(trace: Trace, frame: Frame) -> Array:
    """Return "input", "inserted" or "padded" for each cell of the map."""
    axes = map(Stretched, trace.geometry.axes, trace.input_size, frame.extents)
    found = [standing(sources) for sources in product(*(axis.sources for axis in axes))]
    kinds = [source if isinstance(source, str) else "input" for source in found]
    return np.reshape(kinds, frame.values.shape[1:])


def _window(trace: Trace, target: Index) -> list[Index]:
    axes = list(map(Stretched.grown, trace.geometry.axes, trace.input_size))
    return [
        tuple(axis.cell(o, t) for axis, o, t in zip(axes, target, tap, strict=True))
        for tap in trace.geometry.taps()
    ]


def _read_kinds(trace: Trace, frame: Frame) -> Array:
    """Return "input", "unread" where no window ever comes, or "padded" for each cell of the map."""
    kinds = np.full(frame.values.shape[1:], "padded")
    read = overlap(trace.geometry, trace.output_size) > 0
    inside = tuple(
        slice(begin, begin + n)
        for (_, begin, _), n in zip(frame.extents, trace.input_size, strict=True)
    )
    kinds[inside] = np.where(read, "input", "unread")
    return kinds


def _window_read(trace: Trace, target: Index) -> list[Index]:
    """Return the cells of the padded map under the window: it is the layer's canvas."""
    whole = trace.geometry.whole
    return [whole.output_index(target, tap) for tap in whole.taps()]


def _widest_map(trace: Trace, x: Panel) -> float:
    """Return the width the map will have once it is grown, so that nothing beside it moves."""
    grown = Stretched.grown(trace.geometry.axes[-1], trace.input_size[-1])
    return max(x.reach, 0 if x.is_image else min(grown.size, COLUMNS))


def _beside(*panels: Panel) -> float:
    return max(panel.reach for panel in panels) + GAP


def _sized(name: str, shape: Sequence[int]) -> str:
    return fill(name, size=written_size(shape))


def _first(shape: Sequence[int], count: int) -> Array:
    return (np.arange(np.prod(shape)) < count).reshape(tuple(shape))


def _all(kind: str, values: Array) -> Array:
    return np.full(values.shape, kind)
