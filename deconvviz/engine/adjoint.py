"""The way back: the direct convolution and the gradients read the cells that the stamps write.

Where the transposed convolution sends ``x[i] * w[t]`` to canvas cell ``stride * i + dilation * t``,
the direct convolution with the same weight reads that cell, times ``w[t]``, into position ``i``.
Each is the other's transpose: ``<conv(y), x> == <y, conv_transpose(x)>``.
"""

from __future__ import annotations

from math import prod
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from ..errors import GeometryError
from ..geometry import Geometry, Index
from ..geometry.arguments import whole_number
from .arrays import Array, numbers
from .conv_transpose import uncrop
from .fit import advised, check_ranks, fit
from .layer import Layer, allocate, check_sums, common_type
from .orders import Shape


class Gradients(NamedTuple):
    """What a loss changes by, per number of the input, of the weight and of the bias."""

    input: Array
    weight: Array
    bias: Array


def conv(
    input: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
) -> Array:
    r"""Return the direct convolution of an input with a weight, as networks define it.

    Parameters
    ----------
    input
        Shape (N, C_in, \*size), or (C_in, \*size) without a batch.
    weight
        Shape (C_out, C_in // groups, \*kernel_size). The same array is a weight of
        ``conv_transpose``, which takes C_out channels back to C_in.
    bias
        Shape (C_out,), added to every output cell.
    stride, padding, dilation, groups
        As in PyTorch and in its order; ``padding`` also takes one (begin, end) pair per axis.

    Returns
    -------
    ndarray
        Shape (N, C_out, \*positions), or (C_out, \*positions) without a batch, of the type that
        ``conv_transpose`` returns.

    Raises
    ------
    GeometryError
        If the shapes or parameters do not fit together.

    Examples
    --------
    >>> conv([[1.0, 10.0, 102.0, 20.0, 203.0]], [[[1.0, 10.0, 100.0]]], stride=2)
    array([[10301., 20602.]])
    """
    x, w = numbers("input", input), numbers("weight", weight)
    b = None if bias is None else numbers("bias", bias)
    groups = whole_number("groups", groups, 1)
    geometry, size = fit_direct(x.shape, w.shape, groups, stride, padding, 0, dilation)
    if b is not None and b.shape != (len(w),):
        raise GeometryError("bias", shape=b.shape, expected=(len(w),))
    samples = x if x.ndim == w.ndim else x[None]
    dtype = common_type(x, w, b)
    if dtype.kind == "i":
        check_sums("input and weight", w[0].size, x, w, added=b)
    kernels = w.reshape(groups, len(w) // groups, -1).astype(dtype, copy=False)
    output = allocate((len(samples), *kernels.shape[:2], prod(size)), dtype)
    for sample, result in zip(samples, output, strict=True):
        np.matmul(kernels, _columns(sample.astype(dtype), geometry, size, groups), result)
    if b is not None:
        output += b.reshape(groups, -1, 1)
    return output.reshape(*x.shape[: x.ndim - w.ndim + 1], len(w), *size)


def fit_direct(
    input_shape: Shape,
    weight_shape: Shape,
    groups: int,
    stride: Any,
    padding: Any,
    output_padding: Any,
    dilation: Any,
) -> tuple[Geometry, Index]:
    """Check all of a call but its bias and numbers; return its geometry and the positions."""
    others = groups, stride, padding, output_padding, dilation
    return advised(lambda x, w: _fit(x, w, *others), input_shape, weight_shape)


def _fit(
    input_shape: Shape,
    weight_shape: Shape,
    groups: int,
    stride: Any,
    padding: Any,
    output_padding: Any,
    dilation: Any,
) -> tuple[Geometry, Index]:
    check_ranks(input_shape, weight_shape, "conv_rank")
    axes = len(weight_shape)
    given, expected = input_shape[1 - axes], weight_shape[1] * groups
    if given != expected:
        shapes = {"input": input_shape, "weight": weight_shape}
        raise GeometryError(
            "conv_channels", value=given, expected=expected, groups=groups, **shapes
        )
    plain = Geometry(weight_shape[2:], stride, padding, output_padding, dilation)
    geometry, size = plain.direct(input_shape[2 - axes :])
    # Input and output change places: the transpose reads (N, C_out, *positions).
    ours = (*input_shape[: 1 - axes], weight_shape[0], *size)
    fit(ours, weight_shape, None, groups, stride, padding, geometry.output_padding, dilation)
    return geometry, size


def conv_transpose_backward(
    grad_output: ArrayLike,
    input: ArrayLike,
    weight: ArrayLike,
    stride: Any = 1,
    padding: Any = 0,
    output_padding: Any = 0,
    groups: int = 1,
    dilation: Any = 1,
) -> Gradients:
    r"""Return the gradients of a transposed convolution, as automatic differentiation gives them.

    The gradient of the input is the direct convolution of ``grad_output`` with the same weight.

    Parameters
    ----------
    grad_output
        Gradient of the loss with respect to the output, in the output's shape.
    input, weight, stride, padding, output_padding, groups, dilation
        As they were given to :func:`conv_transpose`.

    Returns
    -------
    Gradients
        ``input``, ``weight`` and ``bias``, each in the shape of what it belongs to, of the type
        that ``conv_transpose`` returns.

    Raises
    ------
    GeometryError
        If the call itself was not legal, or ``grad_output`` has another shape than the output.

    Examples
    --------
    >>> given = conv_transpose_backward([[1.0, 1, 1, 1, 1]], [[3.0, 5.0]], [[[1.0, 10, 100]]], 2)
    >>> given.input, given.weight, given.bias
    (array([[111., 111.]]), array([[[8., 8., 8.]]]), array([5.]))
    """
    layer = Layer.check(input, weight, None, stride, padding, output_padding, groups, dilation)
    grad = numbers("grad_output", grad_output)
    expected = (len(layer.input), layer.out_channels, *layer.output_size)
    if grad.shape != expected[not layer.batched :]:
        raise GeometryError("grad_shape", shape=grad.shape, expected=expected[not layer.batched :])
    dtype = common_type(grad, layer.input, layer.weight)
    if dtype.kind == "i":
        check_sums("grad_output", grad.size, grad, layer.input)
        check_sums("grad_output", layer.weight[0].size, grad, layer.weight)
    kernels = layer.grouped_weight().astype(dtype).conj()
    inputs = layer.grouped_input().astype(dtype).conj()
    inputs = inputs.reshape(*inputs.shape[:3], prod(layer.input_size))
    to_input, to_weight = np.zeros_like(inputs), np.zeros_like(kernels)
    grads = grad.reshape(expected).astype(dtype, copy=False)
    for sample, values, result in zip(grads, inputs, to_input, strict=True):
        columns = _columns(sample, layer.geometry, layer.input_size, layer.groups)
        np.matmul(kernels, columns, out=result)
        to_weight += np.matmul(values, columns.swapaxes(1, 2))
    return Gradients(
        to_input.reshape(layer.input.shape[not layer.batched :]),
        to_weight.reshape(layer.weight.shape),
        grads.sum(axis=(0, *range(2, grads.ndim))),
    )


def read_in_order(input: Array, weight: Array, geometry: Geometry, size: Index) -> Array:
    r"""Return one plane that the direct convolution writes, each sum in the order of its window.

    ``input`` has shape (C, \*output_size of the transpose) and ``weight`` (C, \*kernel_size).
    """
    canvas = uncrop(input, geometry, size)
    plane = allocate(size, canvas.dtype)
    origin = (0,) * geometry.ndim
    for tap in geometry.taps():
        cells = geometry.canvas_slices(tap, origin, size)
        for seen, kernel in zip(canvas, weight, strict=True):
            plane += seen[cells] * kernel[tap]
    return plane


def _columns(output: Array, geometry: Geometry, input_size: Index, groups: int) -> Array:
    r"""Read (C, \*output_size) as every tap sees it: (groups, C // groups x taps, positions)."""
    canvas = uncrop(output, geometry, input_size)
    origin = (0,) * geometry.ndim
    slices = (geometry.canvas_slices(tap, origin, input_size) for tap in geometry.taps())
    seen = [canvas[slice(None), *cells] for cells in slices]
    return np.stack(seen, axis=1).reshape(groups, -1, prod(input_size))
