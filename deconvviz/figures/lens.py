"""A map of one axis that is too long for numbers: the cells that a step works on, enlarged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..text import fill
from .panels import COLUMNS, Panel

Row = tuple[Panel, Sequence[int]]


def lens(rows: Sequence[Row], words: Any, first: int = 0) -> Panel:
    """Return cells of several panels below each other: as many as can be read, from the first on.

    A row is a panel of one axis and its columns that are shown; ``words`` are those of panels.
    """
    taps = len(rows[0][1])
    shown = min(taps, COLUMNS)
    names = ", ".join(panel.letter or panel.caption for panel, _ in rows)
    start = min(first, taps - shown)
    fields = {"rows": names, "start": start, "last": start + shown - 1, "taps": taps}
    caption = fill(words["lens"] if shown == taps else words["lensPart"], **fields)
    values, kinds, known = (
        np.array(
            [getattr(panel, name)[0, columns[start : start + shown]] for panel, columns in rows]
        )
        for name in ("values", "kinds", "shown")
    )
    return Panel.of("", caption, values, kinds, shown=known)
