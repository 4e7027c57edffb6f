"""What each word says, how it is written and what holds without it: for --help and for the book."""

from __future__ import annotations

from typing import NamedTuple

from ..text import fill, load
from . import NAMES, TABLE, Word
from .write import write


class Description(NamedTuple):
    """One row of the table in the book, and one option in the help of the command line."""

    name: str
    about: str
    values: str
    without: str


def descriptions(lang: str = "en") -> list[Description]:
    """Return a row for each word that may be written, its name spelled with dashes.

    Examples
    --------
    >>> stride = descriptions()[2]
    >>> stride.name, stride.without
    ('stride', '1')
    """
    return [describe(TABLE[name], lang) for name in NAMES]


def describe(word: Word, lang: str = "en") -> Description:
    """Return what is said of one word."""
    texts = load(lang)["words"]
    without = texts["without"].get(word.name) or write(word.name, word.default)
    name = word.name.replace("_", "-")
    return Description(name, texts["about"][word.name], _values(word, texts), without)


def _values(word: Word, texts: dict[str, dict[str, str]]) -> str:
    if word.choices:
        return ", ".join(choice for choice in word.choices if choice)
    kind = word.kind if word.most is None else "between"
    bounds = {"least": f"{word.least or 0:g}", "most": f"{word.most or 0:g}"}
    return fill(texts["values"][kind], **bounds)
