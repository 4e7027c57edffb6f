"""See, check and debug transposed convolution.

Logic lives in small files, each named for its one idea; the public names are gathered here.
"""

from importlib import import_module
from typing import Any

from . import cures, figures
from .checkerboard import (
    Unevenness,
    checkerboard_score,
    flat_response,
    hole_fraction,
    overlap,
    phase_gains,
    phases_reached,
    unevenness,
)
from .engine.adjoint import Gradients, conv, conv_transpose_backward
from .engine.conv_transpose import conv_transpose
from .engine.example import example_input, example_weight
from .engine.matrix import InverseCheck, convolution_matrix, inverse_check
from .errors import GeometryError, MissingExtra
from .geometry import Geometry, Multiplications
from .trace import Frame, Trace, record

__version__ = "0.1.0"

__all__ = [
    "Box",
    "Frame",
    "Geometry",
    "GeometryError",
    "Gradients",
    "InverseCheck",
    "MissingExtra",
    "Multiplications",
    "Player",
    "Trace",
    "Unevenness",
    "checkerboard_score",
    "conv",
    "conv_transpose",
    "conv_transpose_backward",
    "convolution_matrix",
    "cures",
    "example_input",
    "example_weight",
    "export",
    "figures",
    "flat_response",
    "hole_fraction",
    "inverse_check",
    "overlap",
    "phase_gains",
    "phases_reached",
    "record",
    "show",
    "unevenness",
]

# what these import is not for everyone who computes
_ELSEWHERE = {
    "Box": ".player.box",
    "Player": ".player.widget",
    "export": ".exports",
    "show": ".player.notebook",
}


def __getattr__(name: str) -> Any:
    if name not in _ELSEWHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_ELSEWHERE[name], __name__), name)
    return value


def __dir__() -> list[str]:
    return sorted([*__all__, *(name for name in globals() if name.startswith("__"))])
