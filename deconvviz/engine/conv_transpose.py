"""The numbers: transposed convolution of any dimension in numpy, with every parameter of PyTorch.

The layouts and the order of the arguments are those of ``torch.nn.functional.conv_transpose2d``.
"""

from __future__ import annotations

from functools import lru_cache
from math import prod
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ..geometry import Geometry, Index
from .arrays import Array
from .layer import Layer, allocate, check_memory
from .places import places
from .planes import by_planes, times

FEW = 1 << 15  # products to add: up to here a list of places beats laying out planes


def conv_transpose(
    input: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: Any = 1,
    padding: Any = 0,
    output_padding: Any = 0,
    groups: int = 1,
    dilation: Any = 1,
) -> Array:
    r"""Return the transposed convolution of an input with a weight.

    Parameters
    ----------
    input
        Shape (N, C_in, \*size), or (C_in, \*size) without a batch. Like all arrays here nested
        lists, an array, or a tensor of PyTorch's, also one that records gradients.
    weight
        Shape (C_in, C_out // groups, \*kernel_size). It has as many axes as the input with its
        batch: 3 are a 1-D layer, 4 are 2-D, 5 are 3-D.
    bias
        Shape (C_out,), added to every output cell.
    stride, padding, output_padding, groups, dilation
        As in PyTorch; ``padding`` also takes one (begin, end) pair per axis.

    Returns
    -------
    ndarray
        Shape (N, C_out, \*output_size), or (C_out, \*output_size) without a batch, of the common
        type of the arrays: float32 stays float32; float16 and bfloat16 become float32; integers of
        every size become int64 and are exact, or refused. Every output cell adds its products in
        raster order of the inputs. NaN and infinity are carried, as PyTorch does.

    Raises
    ------
    GeometryError
        If the shapes or parameters do not fit together (PyTorch rejects the same ones), if an
        array holds no numbers, if whole numbers could grow beyond 64 bits, or if the output would
        not fit in memory. With an empty batch PyTorch skips its check of ``output_padding``; here
        it is checked as with any other.

    Examples
    --------
    >>> conv_transpose([[1.0, 2.0, 3.0]], [[[1.0, 10.0, 100.0]]], stride=2)
    array([[  1.,  10., 102.,  20., 203.,  30., 300.]])
    """
    layer = Layer.check(input, weight, bias, stride, padding, output_padding, groups, dilation)
    output = stamped(layer)
    if layer.bias is not None:
        output += layer.bias.reshape(-1, *(1,) * layer.geometry.ndim)
    return output if layer.batched else output.reshape(output.shape[1:])


def stamped(layer: Layer) -> Array:
    r"""Return the output without its bias, shape (N, C_out, \*output_size)."""
    added = len(layer.input) * layer.weight[0].size * layer.groups * prod(layer.input_size)
    return (_by_places if added <= FEW else by_planes)(layer, layer.dtype)


def accumulate(
    canvas: Array, block: Array, weight: Array, geometry: Geometry, start: Index
) -> None:
    r"""Stamp a block of inputs onto a canvas: the definition, in raster order.

    ``block`` has shape (C, \*size) and lies at ``start`` in the input; ``weight`` has shape
    (C, \*kernel_size). Taps are visited last to first, so that each canvas cell adds its inputs in
    raster order, channel by channel: as the loop over inputs would, to the last bit.
    """
    stop = tuple(a + n for a, n in zip(start, block.shape[1:], strict=True))
    for tap in reversed(geometry.taps()):
        window = canvas[geometry.canvas_slices(tap, start, stop)]
        for plane, kernel in zip(block, weight, strict=True):
            window += plane * kernel[tap]


def crop(canvas: Array, geometry: Geometry, input_size: Index) -> Array:
    """Return the output that a canvas holds: padding cut off, output_padding given back.

    A view where it can be. Cells that ``output_padding`` asks for beyond the canvas are zeros,
    since no tap reaches them.
    """
    held, kept, size = _survivors(geometry, input_size)
    inside: Array = canvas[held]
    if inside.shape[-len(size) :] == size:
        return inside
    output = allocate((*canvas.shape[: -len(size)], *size), canvas.dtype)
    output[kept] = inside
    return output


def uncrop(output: Array, geometry: Geometry, input_size: Index) -> Array:
    """Lay an output back onto its canvas, zeros where the crop cut: the transpose of ``crop``."""
    held, kept, _ = _survivors(geometry, input_size)
    size = geometry.full_size(input_size)
    canvas = allocate((*output.shape[: -geometry.ndim], *size), output.dtype, "canvas")
    canvas[held] = output[kept]
    return canvas


@lru_cache(maxsize=64)
def _survivors(
    geometry: Geometry, input_size: Index
) -> tuple[tuple[Any, ...], tuple[Any, ...], Index]:
    """Return which cells of the canvas survive the crop, where in an output, and of which size."""
    windows, full = geometry.window(input_size), geometry.full_size(input_size)
    held = [slice(start, min(stop, n)) for (start, stop), n in zip(windows, full, strict=True)]
    kept = [slice(max(0, part.stop - part.start)) for part in held]
    return (..., *held), (..., *kept), geometry.output_size(input_size)


def _by_places(layer: Layer, dtype: np.dtype[Any]) -> Array:
    """Send every product to its place, one after the other, inputs in raster order."""
    x, w = layer.grouped_input().astype(dtype, copy=False), layer.grouped_weight()
    x = x.reshape(*x.shape[:3], prod(layer.input_size)).swapaxes(2, 3)
    products = times(x, w.astype(dtype, copy=False))
    shape = (len(x), layer.out_channels, *layer.output_size)
    check_memory(shape, dtype)
    flat = np.zeros(prod(shape) + 1, dtype)
    planes = len(x) * layer.groups
    where = _places_in_all(layer.geometry, layer.input_size, planes, int(layer.weight.shape[1]))
    np.add.at(flat, where, products.ravel())
    return flat[:-1].reshape(shape)


@lru_cache(maxsize=32)
def _places_in_all(geometry: Geometry, input_size: Index, planes: int, channels: int) -> Array:
    """Return where every product falls in the flat output; what is cropped falls behind its end.

    In the order of planes, input cells, output channels and taps.
    """
    plane = prod(geometry.output_size(input_size))
    where = places(geometry, input_size)[:, None]
    first = plane * np.arange(planes * channels).reshape(planes, 1, channels, 1)
    return np.where(where < plane, first + where, first.size * plane).ravel()
