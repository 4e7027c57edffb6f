"""What the words that do not shape the computation may be: twin of frontend/src/choices.js."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .errors import GeometryError
from .text import languages
from .trace import VIEWS

LOOKS = (*VIEWS, "overlap")  # the last counts the stamps of the first
CHOICES = {
    "view": LOOKS,
    "theme": ("auto", "light", "dark"),
    "controls": ("full", "transport", "none"),
    "keys": ("on", "off", "fragments"),
    "exercise": ("", "stamp", "zeros", "row"),
}
FLAGS = ("playing", "autoplay", "loop", "predict", "present")
SPEEDS = (0.1, 10.0)


def checked(name: str, value: Any) -> Any:
    """Return the value of a word as a player keeps it; words that it does not know pass.

    Raises
    ------
    GeometryError
        If the word may not be that.

    Examples
    --------
    >>> checked("speed", 2), checked("beside", "gather, matrix"), checked("stride", 2)
    (2.0, 'gather,matrix', 2)
    """
    if name == "lang":
        _one_of(name, value, languages())
    if name in CHOICES:
        _one_of(name, value, CHOICES[name])
    if name in FLAGS and not isinstance(value, bool):
        raise GeometryError("flag", name=name, value=repr(value))
    if name == "speed":
        return _speed(value)
    return _beside(value) if name == "beside" else value


def _one_of(name: str, value: Any, choices: Sequence[str]) -> None:
    if value not in choices:
        listed = ", ".join(choice or "''" for choice in choices)
        raise GeometryError("choice", name=name, value=repr(value), choices=listed)


def _speed(value: Any) -> float:
    least, most = SPEEDS
    try:
        speed = float(value)
    except (TypeError, ValueError):
        speed = float("nan")
    if not least <= speed <= most:
        fields = {"name": "speed", "value": repr(value), "least": f"{least:g}", "most": f"{most:g}"}
        raise GeometryError("between", **fields)
    return speed


def _beside(value: Any) -> str:
    names = [name.strip() for name in str(value).split(",")]
    for name in names:
        if name not in LOOKS and names not in (["auto"], ["none"]):
            views = f"auto, none, {', '.join(LOOKS)}"
            raise GeometryError("beside", value=repr(name), views=views)
    return ",".join(names)
