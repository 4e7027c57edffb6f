"""Lists within lists: how long they are along every axis, and which row is not like the others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..errors import GeometryError


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
