"""Where stamps overlap unevenly, what the weights make of it, and weights that cure it."""

from .gains import (
    Unevenness,
    checkerboard_score,
    flat_response,
    hole_fraction,
    overlap,
    phase_gains,
    phases_reached,
    unevenness,
)

__all__ = [
    "Unevenness",
    "checkerboard_score",
    "flat_response",
    "hole_fraction",
    "overlap",
    "phase_gains",
    "phases_reached",
    "unevenness",
]
