"""Gather: zeros open the input, a border surrounds it, the kernel turns, a window visits all.

Where the plane's kernel is not turned, it stays as it is, and the window finds other sums.
"""

from __future__ import annotations

from functools import partial
from itertools import product

import numpy as np

from ..engine.arrays import Array
from ..geometry import Extent, Geometry, Index, Stretched
from ..geometry.stretched import standing
from .order import output_after, sides, target_of
from .plane import Plane
from .steps import Bias, Flip, Frame, Gather, InsertZeros, Keep, Pad, Step, Window


def phases(plane: Plane) -> list[tuple[str, int]]:
    """Return the name and number of steps of every phase."""
    return [
        ("insert_zeros", len(gaps(plane.geometry, plane.input_size))),
        ("pad", len(sides(plane.geometry.border()))),
        ("flip" if plane.turned else "keep", 1),
        ("gather", plane.sums.size),
        ("bias", int(plane.bias is not None)),
    ]


def step(plane: Plane, phase: str, k: int, index: int) -> Step:
    """Return the k-th step of a phase."""
    if phase == "insert_zeros":
        axis, gap = gaps(plane.geometry, plane.input_size)[k]
        return InsertZeros(index, axis, gap, plane.geometry.stride[axis] - 1)
    if phase == "pad":
        return Pad(index, *sides(plane.geometry.border())[k])
    if phase == "flip":
        return Flip(index)
    if phase == "keep":
        return Keep(index)
    if phase == "gather":
        return _collect(plane, k, index)
    assert plane.bias is not None
    return Bias(index, plane.bias)


def frame(plane: Plane, phase: str, k: int) -> Frame:
    """Return the map under the window, and the outputs so far, after a step."""
    done = {"gather": k + 1, "bias": plane.sums.size}.get(phase, 0)
    extents = extents_after(plane, phase, k)
    return Frame(
        map_after(plane, extents),
        output_after(plane, done, phase == "bias"),
        done,
        extents=extents,
        turned=plane.turned and phase in ("flip", "gather", "bias"),
    )


def gaps(geometry: Geometry, input_size: Index) -> list[tuple[int, int]]:
    """Return (axis, gap) of every gap between neighbours that stride opens."""
    return [
        (axis, gap)
        for axis, (stride, size) in enumerate(zip(geometry.stride, input_size, strict=True))
        if stride > 1
        for gap in range(size - 1)
    ]


def extents_after(plane: Plane, phase: str, k: int) -> tuple[Extent, ...]:
    """Return how far the map has grown along every axis."""
    extents = [[0, 0, 0] for _ in plane.input_size]
    for axis, _ in gaps(plane.geometry, plane.input_size)[
        : k + 1 if phase == "insert_zeros" else None
    ]:
        extents[axis][0] += 1
    opened = {"insert_zeros": 0, "pad": k + 1}.get(phase)
    for axis, side, count in sides(plane.geometry.border())[:opened]:
        extents[axis][1 + side] = count
    return tuple(Extent(*extent) for extent in extents)


def map_after(plane: Plane, extents: tuple[Extent, ...]) -> Array:
    r"""Return the map at one moment of its growth, shape (C, \*size)."""
    values = plane.input
    axes = map(Stretched, plane.geometry.axes, plane.input_size, extents)
    for number, axis in enumerate(axes, start=1):
        kept = [s if isinstance(s, int) else axis.input_size for s in axis.sources]
        zeros = np.zeros_like(values.take([0], axis=number))
        values = np.concatenate([values, zeros], axis=number).take(kept, axis=number)
    return values


def window_sources(plane: Plane, target: Index) -> list[Index | str]:
    """Return, per window cell in raster order, the input index there or what zero it is."""
    axes = map(Stretched.grown, plane.geometry.axes, plane.input_size)
    lines = [axis.window(o) for axis, o in zip(axes, target, strict=True)]
    return [standing(sources) for sources in product(*lines)]


def _collect(plane: Plane, k: int, index: int) -> Gather:
    target = target_of(plane, k)
    return Gather(index, target, float(plane.sums[target]), window=partial(_window, plane, target))


def _window(plane: Plane, target: Index) -> Window:
    """Return what stands in the cells of a window, and the products; a zero gives zeros."""
    products = np.zeros((*plane.geometry.kernel_size, plane.channels))
    sources, taps = plane.met(target)
    turned = [size - 1 - tap for size, tap in zip(plane.geometry.kernel_size, taps, strict=True)]
    products[tuple(turned)] = plane.products(sources, taps)
    return tuple(window_sources(plane, target)), tuple(products.ravel().tolist())
