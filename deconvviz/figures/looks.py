"""One thing, one colour, one pattern: what cells look like, from the tokens the player uses."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from ..tables import table


@dataclass(frozen=True)
class Look:
    """One row of looks.json in the colours of a theme: never told apart by colour alone.

    ``thing`` names its colours, ``hatch``, ``dash`` and ``corner`` are its pattern; ``faint`` is
    not there yet, ``hit`` written by the present step, ``blank`` without a number. ``dot`` is a
    zero that is nothing but the absence of a tap, ``bare`` a number without a cell, ``count``
    coloured by it.
    """

    fill: str
    line: str
    text: str
    thing: str
    hatch: bool = False
    corner: bool = False
    dash: bool = False
    faint: bool = False
    hit: bool = False
    blank: bool = False
    dot: bool = False
    bare: bool = False
    count: bool = False


_QUIET = ("inserted", "padded", "cropped")
_DARKEST = 0.85  # a shade goes from the fill of a thing towards its line, and no further
_BRIGHT = 0.179  # the luminance above which black reads better than white


@cache
def tokens(theme: str = "light") -> dict[str, Any]:
    """Return every colour of a theme, ``"light"`` or ``"dark"``."""
    return dict(table("tokens")[theme])


@cache
def look(kind: str, theme: str = "light") -> Look:
    """Return the look of a kind of cell.

    Examples
    --------
    >>> look("input").line, look("cropped").dash, look("inserted").hatch
    ('#0f6cb5', True, True)
    """
    row = table("looks")[kind]
    return Look(**tokens(theme)[row["thing"]], **row)


def shade(kind: str, share: float, theme: str = "light") -> str:
    """Return the colour of a number: ``share`` is its part of the largest, from 0 to 1.

    Examples
    --------
    >>> shade("kernel", 0), shade("count", 1)
    ('#fde4bf', '#fee838')
    """
    if look(kind).count:
        colours = table("tokens")["cividis"]
        return str(colours[round(share * (len(colours) - 1))])
    style = look(kind, theme)
    pairs = zip(_channels(style.fill), _channels(style.line), strict=True)
    mixed = (round(start + (end - start) * _DARKEST * share) for start, end in pairs)
    return "#" + "".join(f"{part:02x}" for part in mixed)


def ink_on(colour: str) -> str:
    """Return black or white, whichever reads better on a colour.

    Examples
    --------
    >>> ink_on("#fee838"), ink_on("#00224e")
    ('#000000', '#ffffff')
    """
    linear = [_linear(part / 255) for part in _channels(colour)]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#000000" if luminance > _BRIGHT else "#ffffff"


def fill_of(kind: str, value: float | None, peak: float, theme: str = "light") -> str:
    """Return what a cell is filled with: only counts are coloured by their number."""
    if look(kind).count and value is not None:
        return shade(kind, value / peak, theme)
    return look(kind, theme).fill


def ink_of(kind: str, value: float, peak: float, theme: str = "light") -> str:
    """Return what a number is written with."""
    style = look(kind, theme)
    if style.count:
        return ink_on(fill_of(kind, value, peak, theme))
    return str(tokens(theme)["muted" if style.bare or style.thing in _QUIET else "text"])


def letter_colour(letter: str, theme: str = "light") -> str:
    """Return the colour of x, w, y, and of C, whose entries are the kernel's."""
    thing = {"x": "input", "y": "output"}.get(letter, "kernel")
    return look(thing, theme).text


def stroke(frame: str, theme: str = "light") -> str:
    """Return the colour of a frame around cells: "stamp", "ring" or "period"."""
    return look("kernel", theme).line if frame == "stamp" else str(tokens(theme)["ring"])


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))


def _linear(part: float) -> float:
    """Undo the gamma of sRGB, as WCAG 2 defines relative luminance."""
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
