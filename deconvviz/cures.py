"""Weights that paint no checkerboard, by their public name."""

from .checkerboard.cures import (
    bilinear,
    box,
    equal_gains,
    gather_weight,
    icnr,
    resize_convolution,
    split_box,
    subpixel_convolution,
)

__all__ = [
    "bilinear",
    "box",
    "equal_gains",
    "gather_weight",
    "icnr",
    "resize_convolution",
    "split_box",
    "subpixel_convolution",
]
