"""Checks of arguments: whole numbers and their bounds, one per axis or one for all, choices."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from numbers import Real
from operator import index
from typing import Any, TypeVar

from ..errors import GeometryError, shown

_T = TypeVar("_T")


def whole_number(name: str, value: Any, least: int) -> int:
    """Check one whole number against its bound."""
    if type(value) is int and value >= least:
        return value
    try:
        if isinstance(value, bool) or str(getattr(value, "dtype", "")).endswith("bool"):
            raise TypeError
        number = index(value)
    except TypeError:
        raise GeometryError("whole_number", name=name, value=shown(value), least=least) from None
    if number < least:
        raise GeometryError("at_least", name=name, value=number, least=least)
    return number


def below(name: str, value: Any, bound: int) -> int:
    """Check one whole number that counts from 0 and must stay below a bound."""
    number = whole_number(name, value, least=0)
    if number >= bound:
        raise GeometryError("below", name=name, value=number, bound=bound, most=bound - 1)
    return number


def real_number(name: str, value: Any) -> float:
    """Check one finite number."""
    try:
        if not isinstance(value, bool) and isinstance(value, Real) and isfinite(value):
            return float(value)
    except OverflowError:  # a whole number that no float holds
        pass
    raise GeometryError("number", name=name, value=shown(value))


def instance(name: str, value: Any, kind: type, key: str) -> None:
    """Check what one class alone can be; ``key`` names the sentence that says how to make one."""
    if not isinstance(value, kind):
        raise GeometryError(key, name=name, value=shown(value))


def flag(name: str, value: Any) -> bool:
    """Check what is either true or false, in Python's type or numpy's."""
    if type(value).__name__ not in ("bool", "bool_"):
        raise GeometryError("flag", name=name, value=shown(value))
    return bool(value)


def one_of(name: str, value: Any, choices: Sequence[str]) -> str:
    """Check that a word is one of those that there are."""
    if not isinstance(value, str) or value not in choices:
        listed = ", ".join(choice or "''" for choice in choices)
        raise GeometryError("choice", name=name, value=shown(value), choices=listed)
    return str(value)


def per_axis(name: str, value: Any, ndim: int | None, least: int) -> tuple[int, ...]:
    """Check whole numbers, one per axis or one for all; without ``ndim`` they say how many axes."""
    entries = value if _is_sequence(value) else (value,) * (ndim or 2)
    values = tuple(whole_number(name, entry, least) for entry in entries)
    if ndim is not None:
        return _broadcast(name, value, values, ndim)
    if not 1 <= len(values) <= 3:
        raise GeometryError("dimensions", name=name, value=shown(value))
    return values


def pairs(name: str, value: Any, ndim: int) -> tuple[tuple[int, int], ...]:
    """Check (begin, end) pairs, one per axis or one for all; a number stands for both sides."""
    entries = value if _is_sequence(value) else (value,)
    return _broadcast(name, value, tuple(_pair(name, entry) for entry in entries), ndim)


def check_output_padding(value: int, stride: int, dilation: int) -> None:
    """Check PyTorch's rule: output_padding is smaller than stride or dilation."""
    most = max(stride, dilation) - 1
    if value > most:
        raise GeometryError(
            "output_padding", value=value, stride=stride, dilation=dilation, most=most
        )


def _pair(name: str, entry: Any) -> tuple[int, int]:
    sides = entry if _is_sequence(entry) else (entry, entry)
    if len(sides) != 2:
        raise GeometryError("pair", name=name, value=shown(entry))
    begin, end = (whole_number(name, side, least=0) for side in sides)
    return begin, end


def _broadcast(name: str, value: Any, values: tuple[_T, ...], ndim: int) -> tuple[_T, ...]:
    if len(values) == 1:
        return values * ndim
    if len(values) != ndim:
        raise GeometryError("per_axis", name=name, value=shown(value), ndim=ndim)
    return values


def _is_sequence(value: Any) -> bool:
    listed = isinstance(value, list | tuple | Sequence) or getattr(value, "ndim", 0) > 0
    return listed and not isinstance(value, str)
