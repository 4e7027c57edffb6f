"""The map that the gather view slides its window over: an input stretched and bordered by zeros."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from .line import Axis


class Extent(NamedTuple):
    """How far the stretched map has grown: gaps filled with zeros, border rows at each side."""

    gaps: int
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Stretched:
    """One axis of the map, at one moment of its growth."""

    axis: Axis
    input_size: int
    extent: Extent

    @classmethod
    def grown(cls, axis: Axis, input_size: int) -> Stretched:
        """Return the axis fully grown, as the window slides over it."""
        return cls(axis, input_size, Extent(input_size - 1, *axis.border))

    @property
    def size(self) -> int:
        """Cells along the axis."""
        zeros = self.extent.gaps * (self.axis.stride - 1)
        return self.input_size + zeros + self.extent.begin + self.extent.end

    @property
    def sources(self) -> list[int | str]:
        """What stands in each cell."""
        return [self.source(cell) for cell in range(self.size)]

    def source(self, cell: int) -> int | str:
        """Return the input index that stands in a cell, or what kind of zero does.

        Examples
        --------
        >>> Stretched.grown(Axis(2, stride=2), 2).sources
        ['padded', 0, 'inserted', 1, 'padded']
        """
        stride, gaps = self.axis.stride, self.extent.gaps
        place = cell - self.extent.begin
        if not 0 <= place < self.input_size + gaps * (stride - 1):
            return "padded"
        source, rest = divmod(min(place, gaps * stride), stride)
        if rest:
            return "inserted"
        return source + max(0, place - gaps * stride)

    def cell(self, target: int, tap: int) -> int:
        """Return the cell of the grown map that the window of ``target`` multiplies by ``tap``."""
        return target + self.axis.dilation * (self.axis.kernel_size - 1 - tap)

    def window(self, target: int) -> list[int | str]:
        """Return what stands under the turned kernel, from its first cell to its last."""
        taps = reversed(range(self.axis.kernel_size))
        return [self.source(self.cell(target, tap)) for tap in taps]


def standing(sources: tuple[int | str, ...]) -> tuple[int, ...] | str:
    """Return the input index that stands in a cell of all axes together, or what kind of zero.

    A cell is "padded" as soon as one axis lies in the border, else "inserted" if one is a gap.

    Examples
    --------
    >>> standing((1, 2)), standing((1, "inserted")), standing(("padded", "inserted"))
    ((1, 2), 'inserted', 'padded')
    """
    if "padded" in sources:
        return "padded"
    inputs = tuple(source for source in sources if isinstance(source, int))
    return inputs if len(inputs) == len(sources) else "inserted"
