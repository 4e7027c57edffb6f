"""A direct convolution, or pooling, as still pictures: the map, the window on it, the output."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from deconvviz.engine.example import example_input, example_weight
from deconvviz.figures.panels import DROP, GAP, Panel
from deconvviz.geometry import Axis, Geometry, Index, cells
from deconvviz.text import number
from deconvviz.trace.sentences import size


@dataclass(frozen=True, eq=False)
class Windows:
    """A square map, a kernel where there is one, and how the window moves."""

    map: Any
    kernel: Any
    stride: int
    padding: int
    dilation: int
    take: str

    @classmethod
    def example(cls, i: int, k: int, s: int, p: int, d: int, take: str) -> Windows:
        """Return one with the book's example numbers."""
        values, kernel = example_input((i, i))[0], example_weight((k, k))[0]
        if take == "mean":
            values, kernel = k * k * values, np.full((k, k), 1 / (k * k))
        if take == "max":
            values = values.cumsum(axis=0)  # so that not every window has the same largest number
        return cls(values, kernel, s, p, d, take)

    @property
    def transposed(self) -> Geometry:
        """The transposed convolution that goes back to the size of the map."""
        words = (self.kernel.shape, self.stride, self.padding)
        axis = Geometry(*words, dilation=self.dilation).axes[0]
        _, left = axis.direct_size(len(self.map))
        return Geometry(*words, left, self.dilation)

    @property
    def shape(self) -> Index:
        """The size of the output."""
        axis = self.transposed.axes[0]
        return (axis.direct_size(len(self.map))[0],) * 2

    @property
    def bordered(self) -> Any:
        """The map with its border of zeros."""
        return np.pad(self.map, self.padding)

    @property
    def output(self) -> Any:
        """Every output: a sum of products, or the largest number."""
        made = [self._made(place) for place in cells(self.shape)]
        return np.reshape(made, self.shape)

    @property
    def moments(self) -> list[int]:
        """Which places stand for all: the first, one in the middle, the last."""
        rows, columns = self.shape
        middle, last = rows // 2 * columns + columns // 2, rows * columns - 1
        return [0, min(middle, last - 1), last]

    def sentence(self, at: int) -> str:
        """Say where the window stands, and what it gives."""
        place = cells(self.shape)[at]
        (top, left), (bottom, right) = (self._under(place)[tap] for tap in (0, -1))
        value = number(float(self._made(place)))
        what = "the largest number is" if self.take == "max" else "the products add up to"
        where = f"rows {top} to {bottom}, columns {left} to {right}"
        border = " of the map with its border" if self.padding else ""
        return f"The window is on {where}{border}: {what} out[{place[0]}, {place[1]}] = {value}."

    def panels(self, at: int) -> list[Panel]:
        """Return the picture of one place."""
        place = cells(self.shape)[at]
        inside = np.pad(np.ones(self.map.shape, bool), self.padding)
        kinds = np.where(inside, "input", "padded")
        name = "input, padded" if self.padding else "input"
        marked = self._under(place)
        x = Panel.of("", f"{name} {size(self.bordered.shape)}", self.bordered, kinds, marked=marked)
        corner = (x.reach + GAP, 0.0)
        found = [x]
        if self.take != "max":
            ours = np.full(self.kernel.shape, "kernel")
            taps = self.kernel.round(2)  # a ninth has more digits than a cell has room
            w = Panel.of("w", f"kernel {size(self.kernel.shape)}", taps, ours, corner)
            found.append(w)
            corner = (corner[0], w.bottom + DROP)
        known = (np.arange(self.output.size) <= at).reshape(self.shape)
        kinds = np.full(self.shape, "output")
        y = Panel.of("", f"output {size(self.shape)}", self.output, kinds, corner, known, place)
        return [*found, y]

    def _under(self, place: Index) -> list[Index]:
        """Return the cells of the bordered map under the taps."""
        return [
            tuple(map(Axis.canvas_index, self.transposed.axes, place, tap))
            for tap in cells(self.kernel.shape)
        ]

    def _made(self, place: Index) -> Any:
        under = np.array([self.bordered[cell] for cell in self._under(place)])
        return under.max() if self.take == "max" else under @ self.kernel.ravel()
