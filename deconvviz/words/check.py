"""What each word may be; the front-end has a twin."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from numbers import Real
from typing import Any

from ..engine.arrays import as_lists
from ..errors import GeometryError, UnknownWord, shown
from ..geometry.arguments import flag, one_of, real_number, whole_number
from ..text import languages
from . import NAMES, TABLE, VIEWS, Kind, Word
from .question import wanted
from .read import READERS, read


def checked(name: str, value: Any) -> Any:
    """Return the value of a word as a player keeps it: plain numbers and lists, as JSON has them.

    A text is read as an attribute is. Sizes, sides and numbers are judged together, where the
    computation is made; here they are only brought to one form.

    Raises
    ------
    GeometryError
        If the word may not be that.

    Examples
    --------
    >>> checked("speed", 2), checked("beside", "gather, matrix"), checked("stride", (2, 1))
    (2.0, 'gather,matrix', [2, 1])
    >>> checked("stride", "2,1"), checked("bias", "null")
    ([2, 1], None)
    """
    word = TABLE[name]
    if isinstance(value, str) and word.kind in READERS:
        value = read(name, value)
    return _CHECKS[word.kind](word, value)


def known(words: Iterable[str], names: Sequence[str] = NAMES) -> None:
    """Check that keywords are words of a player.

    Raises
    ------
    UnknownWord
        Naming the first that is not one, and the word that may be meant.
    """
    for name in words:
        if name not in names:
            raise UnknownWord(name, names)


def _numbers(word: Word, value: Any) -> Any:
    return as_lists(word.name, value)


def _number(word: Word, value: Any) -> float | None:
    if hasattr(value, "tolist"):  # an array or a tensor of one number
        value = as_lists(word.name, value)
    if value is None and word.default is None:
        return None
    real = isinstance(value, Real) and not isinstance(value, bool)
    least, most = word.least, word.most
    if least is not None and most is not None and not (real and least <= value <= most):
        bounds = {"least": f"{least:g}", "most": f"{most:g}"}
        raise GeometryError("between", name=word.name, value=shown(value), **bounds)
    return real_number(word.name, value)


def _whole(word: Word, value: Any) -> int:
    return whole_number(word.name, value, int(word.least or 0))


def _choice(word: Word, value: Any) -> Any:
    return one_of(word.name, value, word.choices)


def _language(word: Word, value: Any) -> Any:
    return one_of(word.name, value, languages())


def _flag(word: Word, value: Any) -> bool:
    return flag(word.name, value)


def _cell(_: Word, value: Any) -> Any:
    if value is None:
        return None
    whole = isinstance(value, Mapping) and set(value) == {"kind", "index"}
    index = as_lists("selection", value["index"]) if whole else None
    if not (isinstance(index, list) and value["kind"] in ("x", "w", "y")):
        raise GeometryError("selection", value=shown(value))
    return {"kind": value["kind"], "index": [whole_number("selection", i, -(10**9)) for i in index]}


def _text(word: Word, value: Any) -> str:
    if not isinstance(value, str) or not _is_written(value):
        raise GeometryError("text", name=word.name, value=shown(value))
    return value


def _is_written(text: str) -> bool:
    """Return whether a file can hold a text: half of a pair of code units is no letter."""
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def _views(word: Word, value: Any) -> str:
    names = [name.strip() for name in str(value).split(",")]
    for name in names:
        if name not in VIEWS and names not in (["auto"], ["none"]):
            views = f"auto, none, {', '.join(VIEWS)}"
            raise GeometryError("views", name=word.name, value=shown(name), views=views)
    return ",".join(names)


def _question(word: Word, value: Any) -> str:
    if value != "" and not (isinstance(value, str) and wanted(value)):
        raise GeometryError("question", name=word.name, value=shown(value))
    return str(value)


_CHECKS: dict[Kind, Callable[[Word, Any], Any]] = {
    "sizes": _numbers,
    "sides": _numbers,
    "numbers": _numbers,
    "number": _number,
    "whole": _whole,
    "choice": _choice,
    "flag": _flag,
    "cell": _cell,
    "language": _language,
    "text": _text,
    "views": _views,
    "question": _question,
}
