"""A large panel as an image: few levels of one colour, so that it stays small."""

from __future__ import annotations

import struct
from base64 import b64encode
from math import ceil
from zlib import compress, crc32

import numpy as np

from ..engine.arrays import Array
from .looks import look, shade, tokens
from .panels import Panel

SIDE = 64  # pixels: cells of a larger panel are averaged in blocks
LEVELS = 15  # shades of a number; one more index is left for cells that hold none of their own
_THINGS = ("input", "kernel", "output", "count")


def levels(panel: Panel) -> Array:
    """Return an index into ``palette`` for every pixel."""
    side = ceil(max(panel.shape) / SIDE)
    share = np.minimum(_averaged(np.abs(panel.values), side) / panel.peak, 1)
    own = np.isin(panel.kinds[::side, ::side], _THINGS)
    return np.where(own, np.rint(share * (LEVELS - 1)), LEVELS).astype(np.uint8)


def palette(panel: Panel, theme: str = "light") -> list[str]:
    """Return the colours that ``levels`` counts through."""
    kind = next((kind for kind in _THINGS if (panel.kinds == kind).any()), "output")
    others = tokens(theme)["page"] if kind == "kernel" else look("cropped", theme).fill
    return [shade(kind, level / (LEVELS - 1), theme) for level in range(LEVELS)] + [others]


def png_url(panel: Panel, theme: str = "light") -> str:
    """Return the image as an address that holds its own data."""
    colours = b"".join(bytes.fromhex(colour[1:]) for colour in palette(panel, theme))
    return "data:image/png;base64," + b64encode(_png(levels(panel), colours)).decode()


def _png(pixels: Array, colours: bytes) -> bytes:
    """Write a PNG of at most 16 colours, two pixels in a byte."""
    rows, columns = pixels.shape
    even = np.pad(pixels, ((0, 0), (0, columns % 2)))
    packed = even[:, ::2] << 4 | even[:, 1::2]
    lines = np.pad(packed, ((0, 0), (1, 0))).tobytes()  # each line starts with "no filter"
    header = struct.pack(">IIBBBBB", columns, rows, 4, 3, 0, 0, 0)
    parts = ((b"IHDR", header), (b"PLTE", colours), (b"IDAT", compress(lines, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", crc32(name + data))


def _averaged(values: Array, side: int) -> Array:
    """Average blocks of cells; those at the edges may be smaller."""
    for axis in (0, 1):
        starts = range(0, values.shape[axis], side)
        sums = np.add.reduceat(values, starts, axis=axis)
        values = sums / np.add.reduceat(np.ones_like(values, float), starts, axis=axis)
    return values
