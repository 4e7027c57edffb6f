"""What the gallery knows of a direct convolution, or of pooling, which no player can show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from deconvviz.engine.example import example_input, example_weight
from deconvviz.figures.panels import GAP, Panel
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
        """Say where the window of a pooling stands, and what it gives."""
        place = cells(self.shape)[at]
        (top, left), (bottom, right) = (self._under(place)[tap] for tap in (0, -1))
        value = number(float(self._made(place)))
        where = f"rows {top} to {bottom}, columns {left} to {right}"
        what = f"the largest number is out[{place[0]}, {place[1]}]"
        return f"The window is on {where}: {what} = {value}."

    def panels(self, at: int) -> list[Panel]:
        """Return the picture of one place of a pooling, which has no border."""
        place = cells(self.shape)[at]
        kinds, marked = np.full(self.map.shape, "input"), self._under(place)
        x = Panel.of("", f"input {size(self.map.shape)}", self.map, kinds, marked=marked)
        known = (np.arange(self.output.size) <= at).reshape(self.shape)
        corner, kinds = (x.reach + GAP, 0.0), np.full(self.shape, "output")
        name = f"output {size(self.shape)}"
        return [x, Panel.of("", name, self.output, kinds, corner, known, place)]

    def _under(self, place: Index) -> list[Index]:
        """Return the cells of the bordered map under the taps."""
        return [
            tuple(map(Axis.canvas_index, self.transposed.axes, place, tap))
            for tap in cells(self.kernel.shape)
        ]

    def _made(self, place: Index) -> Any:
        under = np.array([self.bordered[cell] for cell in self._under(place)])
        return under.max() if self.take == "max" else under @ self.kernel.ravel()
