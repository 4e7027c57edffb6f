"""Which input meets which output: integers only, and the one place that knows the line."""

from .geometry import PARAMETERS, Geometry, Index, Multiplications, Pair, cells
from .line import Axis
from .stretched import Extent, Stretched

__all__ = [
    "PARAMETERS",
    "Axis",
    "Extent",
    "Geometry",
    "Index",
    "Multiplications",
    "Pair",
    "Stretched",
    "cells",
]
