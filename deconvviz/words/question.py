"""The author's one question, as it is written; the front-end has a twin."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..geometry import Index

_INDEX = "-?[0-9]+(?:,-?[0-9]+)*"
_GRAMMAR = re.compile(
    rf"(size|holes|pattern)|(value|count) ({_INDEX})|land ({_INDEX})(?: tap ({_INDEX}))?"
    rf"|claim (true|false)"
)


class Wanted(NamedTuple):
    """What is asked: its kind, the cell and the tap that it is about, what a claim is."""

    text: str
    kind: str
    cell: Index = ()
    tap: Index | None = None
    says: bool | None = None


def tidy(text: str) -> str:
    """Return a question as it is kept, with single spaces.

    Examples
    --------
    >>> tidy(" land  1, 0 tap 2 ,2")
    'land 1,0 tap 2,2'
    """
    return re.sub(r"\s+", " ", re.sub(r"\s*,\s*", ",", text.strip()))


def wanted(text: str) -> Wanted | None:
    """Return what a text asks, or None if that is no question.

    Examples
    --------
    >>> wanted("land 1,0 tap 2,2")
    Wanted(text='land 1,0 tap 2,2', kind='land', cell=(1, 0), tap=(2, 2), says=None)
    >>> wanted("claim false").says, wanted("count"), wanted("value 1 tap 0")
    (False, None, None)
    """
    found = _GRAMMAR.fullmatch(text)
    if found is None:
        return None
    plain, named, index, source, tap, says = found.groups()
    if plain:
        return Wanted(text, plain)
    if named:
        return Wanted(text, named, _index(index))
    if source:
        return Wanted(text, "land", _index(source), _index(tap) if tap else None)
    return Wanted(text, "claim", says=says == "true")


def _index(text: str) -> Index:
    return tuple(map(int, text.split(",")))
