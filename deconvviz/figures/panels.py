"""A grid of cells on a page: what each cell looks like, where it lies, what is marked.

One axis is a panel of one row; three axes are slices side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from ..engine.arrays import Array
from ..geometry import Index

Cell = tuple[int, int]
ROWS, COLUMNS = 16, 20  # cells that can still be read; a larger panel is an image
IMAGE = 9.0  # the longer side of an image, in cells
STRIP = 1.4  # how high a long map of one axis is, in cells; it is as wide as what can be read
LETTER = 0.26  # the width of a letter of a caption, in cells
GAP = 1.1  # between panels side by side, in cells
DROP = 1.5  # between panels one above the other: room for a caption


class Box(NamedTuple):
    """A rectangle on the page, in cells from its top left."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, eq=False)
class Panel:
    """A grid of cells.

    ``kinds`` names the look of each cell, "" where there is none; ``shown`` is where a number
    stands; ``corner`` is its top left (x, y) in cells; ``ring`` marks the active cell, ``marked``
    those under the kernel, slice by slice, ``period`` the first and last cell of what repeats;
    ``flat`` is a map of one axis.
    """

    letter: str
    caption: str
    values: Array
    kinds: Array
    corner: tuple[float, float]
    shown: Array
    ring: Cell | None = None
    marked: tuple[tuple[Cell, ...], ...] = ()
    period: tuple[Cell, Cell] | None = None
    flat: bool = False

    @classmethod
    def of(
        cls,
        letter: str,
        caption: str,
        values: Array,
        kinds: Array,
        corner: tuple[float, float] = (0, 0),
        shown: Array | None = None,
        ring: Sequence[int] | None = None,
        marked: Iterable[Sequence[int]] = (),
        period: tuple[Index, Index] | None = None,
    ) -> Panel:
        """Return the panel of a grid of one, two or three axes, and of indices into it."""
        width = values.shape[-1]
        return cls(
            letter,
            caption,
            laid(values, 0),
            laid(kinds, ""),
            corner,
            laid(np.ones(values.shape, bool) if shown is None else shown, False),
            None if ring is None else _cell(ring, width),
            _slices(marked, width),
            None if period is None else (_cell(period[0], width), _cell(period[1], width)),
            values.ndim == 1,
        )

    @property
    def shape(self) -> Cell:
        """Rows and columns."""
        rows, columns = self.values.shape
        return rows, columns

    @property
    def is_image(self) -> bool:
        """Whether there are too many cells to be read one by one."""
        return not legible(self.shape)

    @property
    def is_strip(self) -> bool:
        """Whether it is a map of one axis that is too long to be read cell by cell."""
        return self.flat and self.is_image

    @property
    def unit(self) -> float:
        """The width of one of its cells on the page."""
        longest = COLUMNS if self.is_strip else IMAGE
        return longest / max(self.shape) if self.is_image else 1.0

    @property
    def tall(self) -> float:
        """The height of one of its cells on the page."""
        return STRIP if self.is_strip else self.unit

    @property
    def peak(self) -> float:
        """The largest size of a number in it."""
        return float(np.abs(self.values).max()) or 1.0

    @property
    def looks(self) -> list[str]:
        """The kinds of its cells."""
        return [kind for kind in dict.fromkeys(self.kinds.ravel().tolist()) if kind]

    @property
    def frames(self) -> list[tuple[str, Cell, Cell]]:
        """What is framed, as (name, first cell, last cell)."""
        framed = [("stamp", *box) for cells in self.marked for box in _boxes(cells)]
        framed += [("ring", self.ring, self.ring)] if self.ring else []
        return framed + ([("period", *self.period)] if self.period else [])

    def box(self, first: Cell, last: Cell) -> Box:
        """Return where the cells from the first to the last lie on the page."""
        (x, y), unit = self.corner, self.unit
        height, width = (b - a + 1 for a, b in zip(first, last, strict=True))
        return Box(x + first[1] * unit, y + first[0] * self.tall, width * unit, height * self.tall)

    @property
    def whole(self) -> Box:
        """Where all of its cells lie on the page."""
        rows, columns = self.shape
        return self.box((0, 0), (rows - 1, columns - 1))

    @property
    def right(self) -> float:
        """Where it ends on the page, from the left, in cells."""
        return self.corner[0] + self.shape[1] * self.unit

    @property
    def reach(self) -> float:
        """Where it or its caption ends, whichever is further."""
        letters = len(self.caption) + 2.5 * bool(self.letter)
        return max(self.right, self.corner[0] + LETTER * letters)

    @property
    def bottom(self) -> float:
        """Where it ends on the page, from the top, in cells."""
        return self.corner[1] + self.shape[0] * self.tall


def extent(panels: list[Panel]) -> tuple[float, float]:
    """Return the width and height of a scene in cells."""
    return max(panel.reach for panel in panels), max(panel.bottom for panel in panels)


def moved(panel: Panel, x: float, y: float) -> Panel:
    """Return a panel further to the right and down."""
    return replace(panel, corner=(panel.corner[0] + x, panel.corner[1] + y))


def legible(shape: Sequence[int]) -> bool:
    """Return whether every cell of a grid can be read by itself."""
    return shape[-1] <= COLUMNS and max(shape[:-1], default=1) <= ROWS


def laid(values: Array, gap: Any) -> Array:
    """Lay a grid on the page: one axis as a row, three as slices side by side with a gap."""
    if values.ndim < 3:
        return np.atleast_2d(values)
    apart = np.pad(values, ((0, 0), (0, 0), (0, 1)), constant_values=gap)
    return np.concatenate(list(apart), axis=1)[:, :-1]


def _slices(marked: Iterable[Sequence[int]], width: int) -> tuple[tuple[Cell, ...], ...]:
    """Group cells by the slice they lie in."""
    found: dict[Sequence[int], list[Cell]] = {}
    for index in marked:
        found.setdefault(tuple(index[:-2]), []).append(_cell(index, width))
    return tuple(map(tuple, found.values()))


def _boxes(marked: tuple[Cell, ...]) -> list[tuple[Cell, Cell]]:
    """Return one box around cells without gaps, else a box around each."""
    rows, columns = zip(*marked, strict=True)
    first, last = (min(rows), min(columns)), (max(rows), max(columns))
    whole = (last[0] - first[0] + 1) * (last[1] - first[1] + 1) == len(marked)
    return [(first, last)] if whole else [(cell, cell) for cell in marked]


def _cell(index: Any, width: int) -> Cell:
    """Return the row and column where an index lies once its grid is laid."""
    slice_, row, column = (0, 0, *index)[-3:]
    return row, slice_ * (width + 1) + column
