"""The sentences a reader sees, one JSON file a language, shared with the front-end."""

from __future__ import annotations

import json
import re
from decimal import ROUND_HALF_UP, Context
from functools import cache
from importlib.resources import files
from itertools import chain, repeat
from typing import Any

_PLACE = re.compile(r"\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}")
_FOUR_DIGITS = Context(prec=4, rounding=ROUND_HALF_UP)
FOLDER = files(__package__)


@cache
def load(lang: str = "en") -> dict[str, Any]:
    """Return every sentence of one language, as nested dictionaries of templates.

    What its file does not say is said in English.

    Raises
    ------
    ValueError
        If there is no file for that language.

    Examples
    --------
    >>> load()["steps"]["flip"]
    'The kernel turns by 180 degrees: w{first} now sits where w{last} sat.'
    """
    if lang not in languages():
        raise ValueError(f"lang (={lang!r}) must be one of {', '.join(languages())}")
    own = json.loads((FOLDER / f"{lang}.json").read_text(encoding="utf-8"))
    words: dict[str, Any] = own if lang == "en" else _over(load(), own)
    return words


def _over(words: Any, others: Any) -> Any:
    """Return other words in place of those that they stand for, where they are of the same kind."""
    if type(words) is not type(others):
        return words
    if isinstance(words, list):
        more = chain(others, repeat(None))
        return [_over(word, other) for word, other in zip(words, more, strict=False)]
    if isinstance(words, dict):
        return {key: _over(word, others.get(key)) for key, word in words.items()}
    return others


def languages() -> list[str]:
    """Return the languages that have a file."""
    names = (entry.name for entry in FOLDER.iterdir())
    return sorted(name.removesuffix(".json") for name in names if name.endswith(".json"))


def fill(template: str, **fields: Any) -> str:
    """Put the fields into a template: ``{n}`` is a value, ``{n|row|rows}`` a word that follows n.

    Examples
    --------
    >>> fill("{n} {n|row|rows}", n=1), fill("{n} {n|row|rows}", n=2)
    ('1 row', '2 rows')
    """

    def place(match: re.Match[str]) -> str:
        name, one, other = match.groups()
        if one is None:
            return str(fields[name])
        return one if fields[name] == 1 else other

    return _PLACE.sub(place, template)


def number(value: float) -> str:
    """Write a number as the player does: four significant digits, ties away from zero.

    Examples
    --------
    >>> number(2.0), number(-0.28125), number(1e-7)
    ('2', '−0.2813', '1e−7')
    """
    if value != value or value in (float("inf"), float("-inf")):
        return {"nan": "NaN", "inf": "∞", "-inf": "−∞"}[str(float(value))]
    digits = _FOUR_DIGITS.create_decimal_from_float(float(value))
    rounded = float(digits)
    if float(value).is_integer() and abs(value) < 1e6:
        written = str(int(value))
    elif rounded and not 1e-3 <= abs(rounded) < 1e6:
        mantissa, exponent = f"{digits:.3e}".split("e")
        written = f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}"
    else:
        written = repr(rounded).removesuffix(".0")
    return written.replace("-", "−")
