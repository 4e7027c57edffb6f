"""The words that a player may be told: the table in words.json, which the front-end reads, too.

Defaults, attributes, readers, writers, traits, options of the directive and of the command line,
and the table in the book all follow from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from ..tables import table

Kind = Literal[
    "sizes", "sides", "numbers", "number", "whole", "choice", "flag", "cell", "language", "text",
    "views", "question",
]  # fmt: skip


@dataclass(frozen=True)
class Word:
    """One row of the table.

    ``shapes`` says whether the computation follows from it, ``momentary`` that it belongs to the
    moment and is never written down. ``size`` names the word that sizes these data, ``trait``
    what the word is called where ipywidgets has taken its name.
    """

    name: str
    kind: Kind
    default: Any
    least: float | None = None
    most: float | None = None
    choices: tuple[str, ...] = ()
    shapes: bool = False
    momentary: bool = False
    size: str | None = None
    trait: str = ""


def _table() -> dict[str, Word]:
    rows = {name: {"trait": name, **row} for name, row in table("words").items()}
    return {
        name: Word(name, **{**row, "choices": tuple(row.get("choices", ()))})
        for name, row in rows.items()
    }


TABLE = _table()
NAMES = tuple(word.name for word in TABLE.values() if not word.momentary)
SHAPING = tuple(word.name for word in TABLE.values() if word.shapes)
APPEARANCE = tuple(name for name in NAMES if name not in SHAPING or name == "view")
PER_AXIS = tuple(word.name for word in TABLE.values() if word.kind in ("sizes", "sides"))
SIZES = {word.name: word.size for word in TABLE.values() if word.size}
VIEWS = TABLE["view"].choices
