r"""Weights that paint no checkerboard on flat input, each by an exact identity.

All return weights of a transposed convolution, (C_in, C_out // groups, \*kernel_size), of the type
that ``conv_transpose`` returns, or of float64 where they divide. They refuse what is not a weight,
or not finite. Equal phase gains are about constant input and the interior only: on a ramp a kernel
with just one box factor leaves a staircase, and zero padding shows at the borders whatever the
weights.
"""

from __future__ import annotations

from functools import reduce
from math import prod
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ..engine.arrays import Array, in_double, numbers
from ..engine.fit import check_channels, check_groups
from ..engine.layer import allocate, check_memory, check_sums
from ..errors import GeometryError
from ..geometry import Geometry
from ..geometry.arguments import one_of, per_axis, real_number
from .gains import phase_gains


def gather_weight(weight: ArrayLike, groups: int = 1) -> Array:
    r"""Turn a kernel by 180 degrees and swap its channels inside each group; its own inverse.

    The weight of a transposed convolution, (C_in, C_out // groups, \*kernel_size), becomes that of
    the direct convolution that gathers the same output from the stretched and padded input,
    (C_out, C_in // groups, \*kernel_size); and back again.

    Examples
    --------
    >>> gather_weight([[[1, 2, 3]]])
    array([[[3, 2, 1]]])
    """
    w = _weight(weight)
    groups = check_groups(groups, len(w))
    per_group = len(w) // groups
    parts = w.reshape(groups, per_group, *w.shape[1:]).swapaxes(1, 2)
    turned = np.flip(parts, axis=tuple(range(3, parts.ndim)))
    return np.ascontiguousarray(turned).reshape(groups * w.shape[1], per_group, *w.shape[2:])


def box(weight: ArrayLike, stride: Any) -> Array:
    r"""Convolve every kernel with a box of ones of the stride's size: a zero-order hold.

    The result has size ``kernel_size + stride - 1`` and equal phase gains, with every dilation that
    has no common divisor with the stride. In 1-D *every* kernel with equal gains is of this form;
    in 2-D and 3-D there are others.

    Limits: flat input and the interior. One box leaves a staircase on a ramp, a second box none.

    Examples
    --------
    >>> box([[[1, 10, 100]]], stride=2)
    array([[[  1,  11, 110, 100]]])
    """
    w = _weight(weight)
    sizes = Geometry(w.shape[2:], stride).stride
    if w.dtype.kind == "i":
        check_sums("weight", prod(sizes), w)
    for axis, size in enumerate(sizes, start=2):
        w = _held(w, size, axis)
    return w


def resize_convolution(weight: ArrayLike, stride: Any, groups: int = 1) -> Array:
    r"""Return nearest-neighbour upsampling, then a convolution, as ONE transposed convolution.

    Parameters
    ----------
    weight
        Shape (C_out, C_in // groups, \*kernel_size): of the convolution that follows the
        upsampling by ``stride``, with padding q.

    Returns
    -------
    ndarray
        Shape (C_in, C_out // groups, \*(kernel_size + stride - 1)): with ``stride`` and ``padding =
        kernel_size - 1 - q`` (q at most kernel_size - 1) the same output, borders included.

    Notes
    -----
    Limits: no checkerboard on flat input in the interior. On a ramp the copies of nearest-neighbour
    upsampling may show as steps, and with q > 0 the zeros of the padding show at the borders.

    Examples
    --------
    >>> resize_convolution([[[1, 10, 100]]], stride=2)
    array([[[100, 110,  11,   1]]])
    """
    return box(gather_weight(weight, groups), stride)


def split_box(weight: ArrayLike, stride: Any, groups: int = 1, tolerance: float = 1e-9) -> Array:
    r"""Undo :func:`resize_convolution`: find the convolution that follows the upsampling.

    Raises
    ------
    GeometryError
        If no such convolution exists: the kernel does not contain the box. In 1-D its phase gains
        are then unequal; in 2-D and 3-D they may be equal all the same.

    Examples
    --------
    >>> split_box(resize_convolution([[[1.0, 10.0, 100.0]]], stride=2), stride=2)
    array([[[  1.,  10., 100.]]])
    """
    w, tolerance = in_double(_weight(weight)), real_number("tolerance", tolerance)
    sizes = Geometry(w.shape[2:], stride).stride
    kernel = w
    for axis, size in enumerate(sizes, start=2):
        kernel = _divided(kernel, size, axis)
    if kernel.size == 0 or np.abs(box(kernel, sizes) - w).max() > tolerance * np.abs(w).max():
        raise GeometryError("no_box", shape=w.shape[2:], stride=sizes)
    return gather_weight(kernel, groups)


def subpixel_convolution(weight: ArrayLike, stride: Any) -> Array:
    r"""Return a convolution followed by pixel shuffle as one transposed convolution.

    Parameters
    ----------
    weight
        Shape (C_out * stride ** n, C_in, \*kernel_size) for n axes: the channels that
        ``torch.nn.PixelShuffle`` interleaves. 2-D and one stride for both axes in PyTorch.

    Returns
    -------
    ndarray
        Shape (C_in, C_out, \*(kernel_size * stride)): with ``stride`` and ``padding = stride *
        (kernel_size - 1 - q)``, q the convolution's padding, the same output.

    Notes
    -----
    This alone cures nothing: every phase has taps of its own, and only training, or :func:`icnr`,
    makes their gains equal.

    Examples
    --------
    >>> subpixel_convolution([[[1]], [[2]]], stride=2)  # two channels become two phases
    array([[[1, 2]]])
    """
    w = _weight(weight)
    kernel = w.shape[2:]
    sizes = Geometry(kernel, stride).stride
    if len(w) % prod(sizes):
        raise GeometryError("pixels", shape=w.shape, expected=prod(sizes), stride=sizes)
    parts = w.reshape(-1, *sizes, w.shape[1], *kernel)
    turned = np.flip(parts, axis=tuple(range(-len(kernel), 0)))
    n = len(kernel)
    order = [1 + n, 0, *(at for axis in range(n) for at in (2 + n + axis, 1 + axis))]
    size = (k * s for k, s in zip(kernel, sizes, strict=True))
    return np.ascontiguousarray(turned.transpose(order)).reshape(w.shape[1], -1, *size)


def icnr(weight: ArrayLike, stride: Any) -> Array:
    r"""Copy every output channel for all its sub-pixels, so that shuffling repeats pixels.

    ``weight`` has shape (C_out, C_in, \*kernel_size); the result (C_out * stride ** n, C_in,
    \*kernel_size) is where a sub-pixel convolution starts without a checkerboard. Nothing keeps it
    there: training may part the copies. After Aitken et al., *Checkerboard artifact free sub-pixel
    convolution* (2017). It equals the convolution THEN nearest-neighbour upsampling.

    Limits: a start, not a constraint. Until training parts the copies, the output is made of
    squares of equal pixels, on a ramp too.

    Examples
    --------
    >>> icnr(np.ones((1, 2, 3, 3)), stride=2).shape
    (4, 2, 3, 3)
    """
    w = _weight(weight)
    copies = prod(Geometry(w.shape[2:], stride).stride)
    check_memory((len(w) * copies, *w.shape[1:]), w.dtype, "the new weight")
    return np.repeat(w, copies, axis=0)


def equal_gains(weight: ArrayLike, stride: Any, dilation: Any = 1, *, keep: str = "gain") -> Array:
    r"""Change a weight as little as possible so that all its phase gains are equal.

    Parameters
    ----------
    weight
        Shape (C_in, C_out // groups, \*kernel_size), or one plane.
    keep
        "gain": of all weights with the same mean gain, the nearest. "weight": the nearest of all,
        the orthogonal projection.

    Raises
    ------
    GeometryError
        If some phase has no tap: no weights can cure a hole.

    Notes
    -----
    Limits: flat input and the interior. The next training step may part the gains again.

    Examples
    --------
    >>> phase_gains(equal_gains([1.0, 10.0, 100.0], stride=2), stride=2)
    array([55.5, 55.5])
    """
    one_of("keep", keep, ("gain", "weight"))
    w = in_double(numbers("weight", weight))
    gains = phase_gains(w, stride, dilation)
    kernel = w.shape if w.ndim < 3 else w.shape[2:]
    counts = phase_gains(np.ones((1, 1, *kernel)), stride, dilation)[0, 0]
    if counts.min() == 0:
        raise GeometryError("holes", kernel_size=kernel, stride=stride, dilation=dilation)
    missing = (_common(gains, counts, keep) - gains) / counts
    return np.asarray(w + _spread(missing, Geometry(kernel, stride, dilation=dilation)))


def bilinear(stride: Any) -> Array:
    """Return the kernel of bilinear upsampling by ``stride``: a plane of size 2s - s % 2 per axis.

    With ``padding = (kernel_size - stride) // 2`` the interior equals interpolation with
    ``align_corners=False``; its gains are all 1, whether or not the stride divides the size. As
    used by Long et al., *Fully Convolutional Networks* (2015).

    Limits: ramps stay straight too, but at the borders interpolation repeats the last pixel where
    the layer sees zeros. As initial weights, nothing keeps them there.

    Examples
    --------
    >>> bilinear((2,))
    array([0.25, 0.75, 0.75, 0.25])
    >>> bilinear(2).shape
    (4, 4)
    """
    strides = per_axis("stride", stride, None, least=1)
    sizes = tuple(2 * s - s % 2 for s in strides)
    check_memory(sizes, np.dtype(float), "the weight")
    return reduce(np.multiply.outer, map(_tent, strides, sizes))


def _weight(value: ArrayLike) -> Array:
    """Return the weight of a layer: finite numbers, and at least one channel on either side."""
    w = numbers("weight", value, finite=True)
    if not 3 <= w.ndim <= 5:
        raise GeometryError("weight_rank", shape=w.shape)
    check_channels(w.shape)
    Geometry(w.shape[2:])
    return w


def _tent(stride: int, size: int) -> Array:
    distances = np.abs(np.arange(size) - (size - 1) / 2)
    return np.asarray(1 - distances / stride)


def _held(kernel: Array, size: int, axis: int) -> Array:
    """Multiply polynomials by 1 + z + ... + z^(size - 1) along one axis."""
    lines = np.moveaxis(kernel, axis, 0)
    count, *others = lines.shape
    held = allocate((count + size - 1, *others), kernel.dtype, "the new weight")
    for at in reversed(range(count)):
        held[at : at + size] += lines[at]
    return np.ascontiguousarray(np.moveaxis(held, 0, axis))


def _divided(kernel: Array, size: int, axis: int) -> Array:
    """Divide polynomials by 1 + z + ... + z^(size - 1) along one axis, the remainder left out."""
    lines = np.moveaxis(kernel, axis, 0)
    length = max(0, lines.shape[0] - size + 1)
    quotient = np.zeros((length, *lines.shape[1:]), kernel.dtype)
    for at in range(len(quotient)):
        quotient[at] = lines[at] - quotient[max(0, at - size + 1) : at].sum(axis=0)
    return np.moveaxis(quotient, 0, axis)


def _common(gains: Array, counts: Array, keep: str) -> Array:
    """Return the gain that all phases shall have."""
    axes = tuple(range(-counts.ndim, 0))
    if keep == "gain":
        return np.asarray(gains.mean(axis=axes, keepdims=True))
    return np.asarray((gains / counts).sum(axis=axes, keepdims=True) / (1 / counts).sum())


def _spread(values: Array, geometry: Geometry) -> Array:
    """Give every tap the value of its phase."""
    phases = [[axis.phase(tap)[0] for tap in range(axis.kernel_size)] for axis in geometry.axes]
    place: tuple[Any, ...] = (..., *np.ix_(*phases))
    return np.asarray(values[place])
