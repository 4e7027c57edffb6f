"""A strip of key frames: the story of a trace in a few still pictures."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from textwrap import wrap

from matplotlib.axes import Axes

from ...geometry.arguments import instance
from ...text import fill, load
from ...trace import Trace
from ..moments import key_frames
from ..panels import extent, moved
from ..scenes import scene
from .grid import MARGIN, Sheet

BETWEEN = 1.2  # cells between them
LINE = 0.62  # cells a line of text takes
LETTERS = 3.9  # letters of a sentence that fit on a cell


def steps(
    trace: Trace,
    indices: Sequence[int] | None = None,
    *,
    columns: int = 2,
    theme: str = "light",
    lang: str = "en",
    ax: Axes | None = None,
) -> Axes:
    """Draw some steps of a trace side by side, each with the sentence that tells it.

    Parameters
    ----------
    trace
        Of any view. One axis is a row of cells, three are slices side by side.
    indices
        Which steps; by default ``key_frames(trace)``.
    columns
        Frames in a row.
    theme
        "light" or "dark".
    lang
        Language of the sentences.
    ax
        Where to draw; by default on a new figure of pyplot's, in the size that print needs.

    Returns
    -------
    Axes
        Its unit is a cell, y downwards.

    Raises
    ------
    MissingExtra
        If matplotlib is not installed.

    Examples
    --------
    >>> from deconvviz import record
    >>> ax = steps(record([1, 2], [3, 4], stride=2))
    >>> ax.texts[0].get_text()
    'step 2 of 3'
    """
    instance("trace", trace, Trace, "not_a_trace")
    chosen = [range(len(trace))[t] for t in (key_frames(trace) if indices is None else indices)]
    frames = [scene(trace, t, lang) for t in chosen]
    width = max(extent(panels)[0] for panels in frames)
    texts = [wrap(trace.sentence(t, lang), int(width * LETTERS)) for t in chosen]
    head = max(map(len, texts)) * LINE + 2.3
    height = max(extent(panels)[1] for panels in frames) + head
    columns = min(columns, len(frames))
    rows = ceil(len(frames) / columns)
    sheet = Sheet(ax, _along(columns, width), _along(rows, height), theme)
    for place, (panels, t, text) in enumerate(zip(frames, chosen, texts, strict=True)):
        row, column = divmod(place, columns)
        x, y = MARGIN + column * (width + BETWEEN), MARGIN + row * (height + BETWEEN)
        count = fill(load(lang)["ui"]["step"], step=t + 1, steps=len(trace))
        muted = sheet.colours["muted"]
        sheet.write(x + 0.05, y + 0.5, count, 7.5, color=muted, weight="bold")
        style = {"color": sheet.colours["text"], "va": "top", "linespacing": 1.3}
        sheet.write(x + 0.05, y + 0.8, "\n".join(text), 8.5, **style)
        sheet.draw([moved(panel, x, y + head) for panel in panels])
    return sheet.ax


def _along(count: int, size: float) -> float:
    return count * size + (count - 1) * BETWEEN + 2 * MARGIN
