"""The fast path: all products by matrix multiplication, added up in planes, interleaved once.

Stride s sends the taps to s phases per axis. Within one phase the stamps of neighbouring inputs
stand side by side, so a tap adds the whole map of its products to the phase's plane, only shifted.
Taps come last to first: each cell then adds its products in raster order of the inputs, as the
loop does.

Adding row by row is slow where rows are short. Rows laid out as far apart as those of the plane
join into one line, and a shift along any axis is a shift along the line; the gaps are zeros.

Where an output channel reads one input channel alone, a product is no sum: those of a tap are
made when they are added, and the maps of all channels join into one line as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate, pairwise
from math import prod
from threading import local
from typing import Any, NamedTuple

import numpy as np

from ..geometry import Geometry, Index
from .arrays import Array
from .layer import Layer, allocate, check_memory
from .orders import Shape

TILE = 4 << 20  # bytes of products at once: they stay in cache; larger and smaller are slower
COLUMNS = 1024  # samples are multiplied together until their matrix has as many columns
ROW = 256  # starting on another row takes as long as so many multiplications
NEAR = 1 << 18  # bytes of products that are still close when they are added
KEPT = 8 * TILE  # bytes that a thread keeps from call to call: fresh memory costs as much as sums


Shifts = tuple[tuple[int, Index], ...]


class Window(NamedTuple):
    """The cells ``held`` of a plane survive the crop: they are the cells ``kept`` of the output."""

    held: tuple[Any, ...]
    kept: tuple[Any, ...]


class Plan(NamedTuple):
    """Planes of one ``size``, a window each, and maps of inputs, laid out as ``spread``.

    ``shifts`` holds the plane of every tap and how far from its start the tap adds, last tap first.
    Where all rows are ``joined`` to one line, ``step`` is how far the next row is along it, and
    ``tail`` how many zeros follow the last input of a map.
    """

    windows: list[Window]
    shifts: Shifts
    size: Index
    spread: Index
    joined: bool
    step: int = 1
    tail: int = 0


class Tile(NamedTuple):
    """How many samples, groups, output channels, rows of input and taps are taken at once."""

    samples: int
    groups: int
    channels: int
    rows: int
    taps: int


@lru_cache(maxsize=64)
def plan(geometry: Geometry, input_size: Index, channels: int, finite: bool = True) -> Plan:
    """Return the planes of a geometry, and how to add to them products that sum ``channels``.

    Gaps join only rows whose weights are ``finite``: infinity times their zeros would not be zero.
    """
    size = tuple(axis.phase_size(n) for axis, n in zip(geometry.axes, input_size, strict=True))
    spread = size if channels == 1 else (input_size[0], *size[1:])
    gaps = prod(spread) - prod(input_size)
    phases, shifts = _phases(geometry)
    windows = [_window(geometry, input_size, phase) for phase in phases]
    if gaps * channels > ROW * prod(input_size[:-1]) or (gaps and not finite):
        return Plan(windows, shifts, size, input_size, joined=False)
    strides = [prod(size[number:]) for number in range(1, len(size) + 1)]
    along = tuple((plane, (_dot(shift, strides),)) for plane, shift in shifts)
    last = _dot([n - 1 for n in input_size], strides)
    return Plan(windows, along, size, spread, True, strides[0], prod(spread) - 1 - last)


def by_planes(layer: Layer, dtype: np.dtype[Any]) -> Array:
    r"""Return the output before the bias, shape (N, C_out, \*output_size)."""
    planned = _planned(layer)
    tile = _tile(layer, planned, dtype)
    planes, maps, room = _scratch(dtype, *_needed(layer, planned, tile))
    output = _output(layer, planned, dtype)
    target = _channels_first(output, layer.groups)
    inputs = _channels_first(layer.input.astype(dtype, copy=False), layer.groups)
    weight = layer.weight.astype(dtype, copy=False)
    weight = weight.reshape(*inputs.shape[:2], weight.shape[1], -1)
    for samples in _blocks(len(output), tile.samples):
        spread = _spread(inputs[:, :, samples], planned.spread, maps)
        for groups in _blocks(layer.groups, tile.groups):
            for channels in _blocks(weight.shape[2], tile.channels):
                part = target[groups, channels, samples]
                here = _shaped(planes, (len(planned.windows), *part.shape[:3], *planned.size))
                _stamp(here, weight[groups, :, channels], spread[groups], planned, tile.rows, room)
                _interleave(part, here, planned.windows)
    return output


def times(left: Array, right: Array, out: Array | None = None) -> Array:
    """Multiply matrices; where they meet in one channel, numpy's plain product is faster."""
    return (np.multiply if left.shape[-1] == 1 else np.matmul)(left, right, out=out)


def _phases(geometry: Geometry) -> tuple[list[Index], Shifts]:
    """Return the phases that taps reach, a plane each; and of every tap the plane and the shift."""
    phases: list[Index] = []
    shifts = []
    for tap in reversed(geometry.taps()):
        pairs = [axis.phase(t) for axis, t in zip(geometry.axes, tap, strict=True)]
        phase, shift = zip(*pairs, strict=True)
        if phase not in phases:
            phases.append(phase)
        shifts.append((phases.index(phase), shift))
    return phases, tuple(shifts)


def _window(geometry: Geometry, input_size: Index, phase: Index) -> Window:
    axes = zip(geometry.axes, phase, input_size, strict=True)
    held, kept = zip(*(axis.phase_window(r, n) for axis, r, n in axes), strict=True)
    return Window((..., *held), (..., *kept))


def _dot(index: Iterable[int], strides: Iterable[int]) -> int:
    return sum(a * b for a, b in zip(index, strides, strict=True))


def _planned(layer: Layer) -> Plan:
    key = layer.geometry, layer.input_size, len(layer.weight) // layer.groups
    planned = plan(*key)
    gaps = planned.spread != layer.input_size
    return plan(*key, finite=False) if gaps and not np.isfinite(layer.weight).all() else planned


def _tile(layer: Layer, planned: Plan, dtype: np.dtype[Any]) -> Tile:
    """Return what has TILE bytes of products. Only where one map has more are its rows split."""
    out, taps, rows = int(layer.weight.shape[1]), len(planned.shifts), planned.spread[0]
    each = prod(planned.spread) * taps * dtype.itemsize
    wanted = -(-COLUMNS // prod(layer.input_size))
    samples = _between(1, min(TILE // each, wanted), len(layer.input))
    channels = _between(1, TILE // (each * samples), out)
    groups = _between(1, TILE // (each * samples * out), layer.groups)
    rows = _between(1, TILE * rows // each, rows)
    if len(layer.weight) == layer.groups:
        tap = samples * groups * channels * rows * prod(planned.spread[1:]) * dtype.itemsize
        taps = _between(1, NEAR // tap, taps)
    return Tile(samples, groups, channels, rows, taps)


def _between(least: int, value: int, most: int) -> int:
    return max(least, min(value, most))


def _needed(layer: Layer, planned: Plan, tile: Tile) -> tuple[int, int, int]:
    """Return how many numbers the planes, the maps and the products of a tile are."""
    together = tile.samples * tile.groups * tile.channels
    maps = len(layer.weight) * tile.samples if planned.spread != layer.input_size else 0
    return (
        len(planned.windows) * together * prod(planned.size),
        maps * prod(planned.spread),
        tile.taps * together * tile.rows * prod(planned.spread[1:]),
    )


def _scratch(dtype: np.dtype[Any], *sizes: int) -> list[Array]:
    """Return lines of unknown content, in memory that the thread uses again and again."""
    stops = list(accumulate(sizes, initial=0))
    needed = stops[-1] * dtype.itemsize
    memory: Array | None = getattr(_thread, "memory", None)
    if memory is None or memory.size < needed:
        memory = allocate((needed,), np.dtype(np.uint8), "working memory")
        if needed <= KEPT:
            _thread.memory = memory
    numbers = memory[:needed].view(dtype)
    return [numbers[start:stop] for start, stop in pairwise(stops)]


_thread = local()


def _output(layer: Layer, planned: Plan, dtype: np.dtype[Any]) -> Array:
    """Return room for the output; zeros where there are phases that no tap reaches."""
    shape = (len(layer.input), layer.out_channels, *layer.output_size)
    if len(planned.windows) < prod(layer.geometry.stride):
        return allocate(shape, dtype)
    check_memory(shape, dtype)
    return np.empty(shape, dtype)


def _channels_first(array: Array, groups: int) -> Array:
    r"""Turn (N, channels, \*size) into (groups, channels of a group, N, \*size)."""
    samples, channels, *size = array.shape
    split = array.reshape(samples, groups, channels // groups, *size)
    return split.transpose(1, 2, 0, *range(3, split.ndim))


def _blocks(total: int, step: int) -> Iterator[slice]:
    return (slice(start, min(start + step, total)) for start in range(0, total, step))


def _shaped(line: Array, shape: Shape) -> Array:
    return line[: prod(shape)].reshape(shape)


def _spread(inputs: Array, size: Index, maps: Array) -> Array:
    """Lay inputs out in maps of a size, with zeros in the gaps."""
    if inputs.shape[3:] == size:
        return inputs
    spread = _shaped(maps, (*inputs.shape[:3], *size))
    spread.fill(0)
    held: tuple[Any, ...] = (..., *map(slice, inputs.shape[3:]))
    spread[held] = inputs
    return spread


def _stamp(
    planes: Array, kernels: Array, maps: Array, planned: Plan, step: int, room: Array
) -> None:
    """Add all products of a tile to its planes, so many rows of the maps at a time."""
    planes.fill(0)
    alone = kernels.shape[1] == 1
    if planned.joined:
        planes = planes.reshape(*planes.shape[: 1 if alone else 4], -1)
    for rows in _blocks(maps.shape[3], step):
        block = maps[:, :, :, rows]
        (_add_products if alone else _add_sums)(planes, kernels, block, planned, rows, room)


def _add_sums(
    planes: Array, kernels: Array, maps: Array, planned: Plan, rows: slice, room: Array
) -> None:
    """Multiply a group's kernels with its maps in one product of matrices, and add tap by tap."""
    groups, channels, out, taps = kernels.shape
    matrices = kernels.reshape(groups, channels, -1).swapaxes(1, 2)
    columns = maps.reshape(groups, channels, -1)
    sums = _shaped(room, (groups, out * taps, columns.shape[2]))
    times(matrices, columns, out=sums)
    lines = _lines(sums.reshape(groups, out, taps, *maps.shape[2:]), 4, planned, rows)
    places = _places(planned.shifts, rows.start * planned.step, lines.shape[4:])
    for tap, place in zip(reversed(range(taps)), places, strict=True):
        part = planes[place]
        np.add(part, lines[:, :, tap], part)


def _add_products(
    planes: Array, kernels: Array, maps: Array, planned: Plan, rows: slice, room: Array
) -> None:
    """Multiply each map with a few taps of its kernels, add, and go on to the next taps."""
    groups, _, out, count = kernels.shape
    weights = kernels.reshape(groups, out, count).transpose(2, 0, 1)[::-1, :, :, None]
    columns = maps.reshape(groups, 1, -1)
    each = groups * out * columns.shape[2]
    for taps in _blocks(count, room.size // each):
        products = _shaped(room, (taps.stop - taps.start, groups, out, columns.shape[2]))
        times(weights[taps], columns, out=products)
        lines = _lines(products.reshape(*products.shape[:3], *maps.shape[2:]), 1, planned, rows)
        sizes = lines.shape[1 if planned.joined else 4 :]
        places = _places(planned.shifts[taps], rows.start * planned.step, sizes)
        for line, place in zip(lines, places, strict=True):
            part = planes[place]
            np.add(part, line, part)


def _lines(products: Array, axes: int, planned: Plan, rows: slice) -> Array:
    """Join products behind the first axes to lines, without the zeros after the last input."""
    if not planned.joined:
        return products
    lines = products.reshape(*products.shape[:axes], -1)
    unread = (planned.spread[0] - rows.stop) * planned.step
    read = lines.shape[-1] - max(0, planned.tail - unread)
    return lines[..., : max(0, read)]


@lru_cache(maxsize=128)
def _places(shifts: Shifts, start: int, sizes: Shape) -> list[tuple[Any, ...]]:
    """Return the cells of the planes to which each tap adds products of some sizes."""
    return [
        (
            plane,
            ...,
            *[slice(a, a + n) for a, n in zip((start + first, *others), sizes, strict=True)],
        )
        for plane, (first, *others) in shifts
    ]


def _interleave(output: Array, planes: Array, windows: list[Window]) -> None:
    for plane, window in zip(planes, windows, strict=True):
        output[window.kept] = plane[window.held]
