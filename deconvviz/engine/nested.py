"""Lists within lists: how long they are along every axis, and which row is not like the others."""

from __future__ import annotations

from collections.abc import Iterator
from sys import float_info
from typing import Any

from ..errors import GeometryError, shown

DEEPEST = 5  # a batch, channels and three axes


def size_of(nested: Any) -> list[int]:
    """Return how long a nested list is along every axis, by its first entries.

    Examples
    --------
    >>> size_of([[1, 2, 3], [4, 5, 6]])
    [2, 3]
    """
    if not isinstance(nested, list):
        return []
    return [len(nested), *(size_of(nested[0]) if nested else [])]


def check_nested(name: str, rows: Any) -> None:
    """Refuse what are not lists of finite numbers, every row as long as the first.

    Examples
    --------
    >>> check_nested("input", [[1, 2], [3, 4]])
    >>> check_nested("input", [[1, 2], [3, "4"]])
    Traceback (most recent call last):
    deconvviz.errors.GeometryError: input: row 2 holds '4', which is not a number
    """
    if not isinstance(rows, list):
        raise GeometryError("lists", name=name, value=shown(rows))
    _check_depth(name, rows, DEEPEST)
    size = size_of(rows)
    if not all(size):
        raise GeometryError("no_numbers", name=name)
    check_even(name, rows)
    for at, line in enumerate(_lines(rows)):
        for column, entry in enumerate(line):
            if type(entry) not in (int, float):
                raise GeometryError("not_a_number", name=name, row=at + 1, value=shown(entry))
            if not abs(entry) <= float_info.max:
                index = [*_unravelled(at, size[:-1]), column]
                raise GeometryError("finite", name=name, index=index, value=_overflown(entry))


def check_even(name: str, rows: list[Any]) -> None:
    """Refuse a row that is not as long as the first, and planes that are not alike."""
    lines = list(_lines(rows))
    for at, line in enumerate(lines, 1):
        if any(isinstance(entry, list) for entry in line):
            raise GeometryError("mixed", name=name, row=at)
        if len(line) != len(lines[0]):
            count, expected = len(line), len(lines[0])
            raise GeometryError("uneven", name=name, row=at, count=count, expected=expected)
    if not _regular(rows):
        raise GeometryError("uneven_planes", name=name)


def _lines(rows: list[Any]) -> Iterator[list[Any]]:
    """Yield every list that holds numbers."""
    if rows and all(isinstance(row, list) for row in rows):
        for row in rows:
            yield from _lines(row)
    else:
        yield rows


def _regular(rows: Any) -> bool:
    if not isinstance(rows, list):
        return True
    return all(size_of(row) == size_of(rows[0]) and _regular(row) for row in rows)


def _check_depth(name: str, rows: Any, room: int) -> None:
    if not isinstance(rows, list):
        return
    if not room:
        raise GeometryError("too_deep", name=name, most=DEEPEST)
    for entry in rows:
        _check_depth(name, entry, room - 1)


def _unravelled(at: int, size: list[int]) -> list[int]:
    """Return the index at a place in raster order."""
    index = []
    for n in reversed(size):
        at, place = divmod(at, n)
        index.append(place)
    return index[::-1]


def _overflown(value: float) -> str:
    """Return how a number is written that no float holds."""
    return "nan" if value != value else "inf" if value > 0 else "-inf"
