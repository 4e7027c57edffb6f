"""Pictures of a trace. Small ones for pages need nothing; those for print need matplotlib.

The functions are found at their first use, so that importing this costs nothing.
"""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from ..errors import MissingExtra
from .moments import key_frames

__all__ = ["key_frames", "matrix", "overlap", "png", "save", "steps"]

_PRINTED = {
    "matrix": ".print.entries",
    "overlap": ".print.stamps",
    "png": ".print.grid",
    "save": ".print.grid",
    "sheet_of": ".print.grid",
    "steps": ".print.strip",
}


def __getattr__(name: str) -> Any:
    if name not in _PRINTED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if find_spec("matplotlib") is None:
        raise MissingExtra("matplotlib", extra="figures")
    value = globals()[name] = getattr(import_module(_PRINTED[name], __name__), name)
    return value


def __dir__() -> list[str]:
    return sorted([*__all__, *(name for name in globals() if name.startswith("__"))])
