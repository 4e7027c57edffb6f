"""The parameters of a layer in a row; the front-end has a twin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..geometry import Geometry

Named = Sequence[
    Any
]  # a parameter, how it is written in the row, the value that goes without saying


def listed(names: Sequence[Named], geometry: Geometry) -> Iterator[str]:
    """Yield what differs from the defaults; kernel, stride and padding always.

    Examples
    --------
    >>> names = [["kernel_size", "k"], ["padding", "p"], ["dilation", "d", 1]]
    >>> list(listed(names, Geometry((3, 3), padding=((1, 1), (0, 2)))))
    ['k 3', 'p (1, 0:2)']
    """
    for name, written, *usual in names:
        value = _short(_values(name, geometry))
        if value not in map(str, usual):
            yield f"{written} {value}"


def _values(name: str, geometry: Geometry) -> list[str]:
    if name == "padding":
        sides = ((str(begin), str(end)) for begin, end in geometry.padding)
        return [begin if begin == end else f"{begin}:{end}" for begin, end in sides]
    return [*map(str, getattr(geometry, name))]


def _short(values: list[str]) -> str:
    """Write one value, where all axes are alike."""
    return values[0] if len({*values}) == 1 else f"({', '.join(values)})"
