"""Words as attributes, addresses, directives and the command line write them: text to value.

What cannot be read stays the text that it is: the check of its word then refuses it by name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ..engine.arrays import refuse_picture
from . import TABLE, Kind
from .numbers import WHOLE, number, read_numbers
from .question import tidy

_CELL = re.compile(r"\s*([xwy]):(-?[0-9]+(?:,-?[0-9]+)*)\s*")


def read(name: str, text: str) -> Any:
    """Return what a text says of one word; ``name`` may have dashes or underscores.

    Raises
    ------
    GeometryError
        If a list of numbers cannot be read, naming its row, or is the path of a picture.

    Examples
    --------
    >>> read("stride", "2,1"), read("kernel-size", "3,"), read("padding", "1:2"), read("step", "x")
    ([2, 1], [3], [[1, 2]], 'x')
    >>> read("input", "1 2; 3 4"), read("bias", "null"), read("predict", ""), read("title", "7")
    ([[1, 2], [3, 4]], None, True, '7')
    """
    word = TABLE[name.replace("-", "_")]
    return READERS.get(word.kind, _as_it_is)(text, word.name)


def per_axis(text: str, _: str = "") -> Any:
    """Read "3", "3,2", "3," or "1:2,0:1"."""
    entries = [entry.strip() for entry in text.split(",")]
    values = [_sides(entry) for entry in (entries if entries[-1] else entries[:-1])]
    if len(entries) > 1 or (values and isinstance(values[0], list)):
        return values
    return values[0] if values else text


def _sides(entry: str) -> Any:
    return [_whole(side) for side in entry.split(":")] if ":" in entry else _whole(entry)


def _whole(text: str, _: str = "") -> Any:
    whole = number(text) if WHOLE.fullmatch(text) else None
    return text.strip() if whole is None else whole


def _number(text: str, _: str) -> Any:
    if text == "null":
        return None
    value = number(text)
    return text if value is None else value


def _numbers(text: str, name: str) -> Any:
    refuse_picture(name, text)
    return None if text == "null" else read_numbers(text, name)


def _flag(text: str, _: str) -> Any:
    """Read an attribute that may stand without a value."""
    return {"": True, "true": True, "false": False}.get(text, text)


def _cell(text: str, _: str) -> Any:
    """Read "y:2,3" as output 2, 3."""
    if text in ("", "null"):
        return None
    found = _CELL.fullmatch(text)
    return {"kind": found[1], "index": [*map(int, found[2].split(","))]} if found else text


def _question(text: str, _: str) -> str:
    return tidy(text)


def _as_it_is(text: str, _: str) -> str:
    return text


READERS: dict[Kind, Callable[[str, str], Any]] = {
    "sizes": per_axis,
    "sides": per_axis,
    "numbers": _numbers,
    "number": _number,
    "whole": _whole,
    "flag": _flag,
    "cell": _cell,
    "question": _question,
}
