"""Numbers as people write them: rows and columns, JSON, or what NumPy and PyTorch print."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from ..engine.nested import DEEPEST, check_nested
from ..errors import GeometryError, shown

WHOLE = re.compile(r"\s*[-−]?[0-9]+\s*")
DECIMAL = re.compile(r"\s*[-−+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-−+]?[0-9]+)?\s*")
_LEAD = re.compile(r"([\w.]+\s*\()?\s*\[")
_INNER = re.compile(r"\s*\[")
# digits, a comma and digits beside a number that a space sets apart: one number, to many people
_COMMA = re.compile(
    r"(?<![0-9,.])[0-9]+,[0-9]+(?=[ \t]+[-−+.]?[0-9])|(?<=[0-9][ \t])[-−+]?[0-9]+,[0-9]+(?![0-9,.])"
)
_WORD = re.compile(r"[^\s,;\[\]()]+")
_BETWEEN = re.compile(r"[\s,;()]")


def number(text: str) -> float | None:
    """Return the number that a text writes, whole where it is, or None.

    Examples
    --------
    >>> number("−2"), number("1.5e1"), number("0x10"), number("nan")
    (-2, 15.0, None, None)
    """
    plain = text.replace("−", "-").strip()
    if not DECIMAL.fullmatch(text) or abs(float(plain)) == float("inf"):
        return None
    return int(Decimal(plain)) if WHOLE.fullmatch(text) else float(plain)


def read_numbers(text: str, name: str) -> Any:
    r"""Return nested lists of numbers.

    Parameters
    ----------
    text
        Rows by line or ``;`` and numbers by space, comma or tab; or lists in brackets, also after
        a name such as ``array(`` and before a keyword such as ``dtype=``.
    name
        Whose numbers they are, for the refusal.

    Raises
    ------
    GeometryError
        Naming the row that cannot be read.

    Examples
    --------
    >>> read_numbers("1 2; 3 4", "input"), read_numbers("tensor([1., 2.])", "weight")
    ([[1, 2], [3, 4]], [1.0, 2.0])
    """
    plain = text.strip()
    _ask_about_comma(plain, name)
    rows = _Bracketed(plain, name).read() if "[" in plain else _written(plain, name)
    check_nested(name, rows)
    return rows


def _ask_about_comma(text: str, name: str) -> None:
    """Refuse to guess whether a comma stands for a decimal point or between two numbers."""
    if found := _COMMA.search(text):
        one, two = found[0].replace(",", "."), found[0].replace(",", " ")
        raise GeometryError("comma", name=name, value=found[0], one=one, two=two)


def _written(text: str, name: str) -> list[list[float]]:
    rows = [re.findall(r"[^\s,]+", row) for row in re.split(r"[;\n]", text)]
    filled = [row for row in rows if row]
    return [[_value(word, at, name) for word in row] for at, row in enumerate(filled, 1)]


class _Bracketed:
    """Reads lists in brackets from left to right."""

    def __init__(self, text: str, name: str) -> None:
        lead = _LEAD.match(text)
        if lead is None:
            raise GeometryError("no_numbers", name=name)
        self.text, self.name, self.at, self.row = text, name, lead.end() - 1, 0

    def read(self, room: int = DEEPEST) -> list[Any]:
        if not room:
            raise GeometryError("too_deep", name=self.name, most=DEEPEST)
        found: list[Any] = []
        self.at += 1
        if not _INNER.match(self.text, self.at):
            self.row += 1
        while (letter := self.text[self.at : self.at + 1]) != "]":
            if not letter:
                raise GeometryError("open_bracket", name=self.name, row=self.row)
            if letter == "[":
                found.append(self.read(room - 1))
            elif _BETWEEN.match(letter):
                self.at += 1
            else:
                found.append(_value(self._word(), self.row, self.name))
        self.at += 1
        return found

    def _word(self) -> str:
        word = _WORD.match(self.text, self.at)
        assert word is not None
        self.at = word.end()
        return word[0]


def _value(word: str, row: int, name: str) -> float:
    value = number(word)
    if value is None:
        raise GeometryError("not_a_number", name=name, row=row, value=shown(word))
    return value
