"""Direct: the convolution that a layer transposes; a map, a border, a window that moves by stride.

It reads the large map, which the layer writes, and writes the small one. Nothing is turned.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from ..geometry import Extent, Geometry, Index
from .gather import map_after
from .order import output_after, sides, target_of
from .plane import Plane
from .steps import Cut, Frame, Map, Pad, Slide, Step, Window


def phases(plane: Plane) -> list[tuple[str, int]]:
    """Return the name and number of steps of every phase."""
    return [
        ("map", 1),
        ("pad", len(sides(plane.geometry.padding))),
        ("slide", plane.sums.size),
        ("cut", len(cuts(plane.geometry))),
    ]


def step(plane: Plane, phase: str, k: int, index: int) -> Step:
    """Return the k-th step of a phase."""
    if phase == "map":
        return Map(index, plane.input_size)
    if phase == "pad":
        return Pad(index, *sides(plane.geometry.padding)[k])
    if phase == "slide":
        return _slide(plane, k, index)
    return Cut(index, *cuts(plane.geometry)[k])


def frame(plane: Plane, phase: str, k: int) -> Frame:
    """Return the map under the window, and the outputs so far, after a step."""
    done = {"map": 0, "pad": 0, "slide": k + 1}.get(phase, plane.sums.size)
    extents = _extents_after(plane, {"map": 0, "pad": k + 1}.get(phase))
    return Frame(map_after(plane, extents), output_after(plane, done, False), done, extents=extents)


def cuts(geometry: Geometry) -> list[tuple[int, int]]:
    """Return (axis, count) of every axis with positions for which the layer has no input."""
    return [(number, axis.cut) for number, axis in enumerate(geometry.axes) if axis.cut]


def window_sources(plane: Plane, target: Index) -> list[Index | str]:
    """Return, per tap in raster order, the input index under it, or "padded" for a zero."""
    under = (plane.geometry.output_index(target, tap) for tap in plane.geometry.taps())
    return [index if _inside(index, plane.input_size) else "padded" for index in under]


def _extents_after(plane: Plane, sides_done: int | None) -> tuple[Extent, ...]:
    """Return how far the map has grown along every axis; no gaps ever open."""
    extents = [[0, 0] for _ in plane.input_size]
    for axis, side, count in sides(plane.geometry.padding)[:sides_done]:
        extents[axis][side] = count
    return tuple(Extent(0, *extent) for extent in extents)


def _inside(index: Index, size: Index) -> bool:
    return all(0 <= i < n for i, n in zip(index, size, strict=True))


def _slide(plane: Plane, k: int, index: int) -> Slide:
    target = target_of(plane, k)
    start = plane.geometry.output_index(target, (0,) * plane.geometry.ndim)
    return Slide(
        index, target, float(plane.sums[target]), start, window=partial(_window, plane, target)
    )


def _window(plane: Plane, target: Index) -> Window:
    """Return what lies under the taps, and the products; a zero gives zeros."""
    products = np.zeros((*plane.geometry.kernel_size, plane.channels))
    axes = zip(plane.geometry.axes, target, plane.input_size, strict=True)
    lines = [(axis, o, axis.taps_inside(o, size)) for axis, o, size in axes]
    taps = np.ix_(*(inside for _, _, inside in lines))
    sources = np.ix_(*([axis.output_index(o, t) for t in inside] for axis, o, inside in lines))
    products[taps] = plane.products(sources, taps)
    return tuple(window_sources(plane, target)), tuple(products.ravel().tolist())
