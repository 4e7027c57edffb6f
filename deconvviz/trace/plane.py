"""One plane of a layer: the numbers that every view of a trace tells, each in its own order."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ..engine.arrays import Array, reals
from ..engine.conv_transpose import accumulate, crop, stamped
from ..engine.layer import Layer, allocate
from ..errors import GeometryError, shown
from ..geometry import Geometry, Index
from ..geometry.arguments import below


class Plane:
    r"""One output plane of a transposed convolution, and what it is computed from.

    ``input`` has shape (C, \*size) and ``weight`` (C, \*kernel_size): the input channels that
    meet one output channel. Both are float64.
    """

    def __init__(
        self, geometry: Geometry, input: ArrayLike, weight: ArrayLike, bias: float | None = None
    ) -> None:
        x, w = reals("input", input), reals("weight", weight)
        self._hold(geometry, x, w, bias, _fitting(geometry, x, w))

    def _take(self, layer: Layer, batch: int, out_channel: int) -> None:
        """Hold one sample and one output channel of a layer, which needs no second check."""
        sample = below("batch", batch, len(layer.input))
        channel = below("out_channel", out_channel, layer.out_channels)
        group, column = divmod(channel, layer.weight.shape[1])
        rows = layer.group_rows(group)
        x, w = layer.input[sample, rows], layer.weight[rows, column]
        bias = None if layer.bias is None else layer.bias[channel]
        self._hold(layer.geometry, x, w, bias, layer.output_size)

    def _hold(
        self, geometry: Geometry, input: Array, weight: Array, bias: Any, output_size: Index
    ) -> None:
        self.geometry, self.output_size = geometry, output_size
        self.input, self.weight = input.astype(np.float64), weight.astype(np.float64)
        self.bias = None if bias is None else _number("bias", bias)

    @property
    def input_size(self) -> Index:
        """Size of the input plane, without channels."""
        return self.input.shape[1:]

    @property
    def channels(self) -> int:
        """Number of input channels that meet in the output plane."""
        return len(self.input)

    @cached_property
    def canvas(self) -> Array:
        """The full canvas with every stamp on it, before the crop. Read only."""
        whole = self.geometry.whole
        if self.channels == 1:
            full = whole.full_size(self.input_size)
            return self.sums if whole == self.geometry else self._by_engine(whole, full)
        canvas = allocate(whole.full_size(self.input_size), self.input.dtype, "canvas")
        accumulate(canvas, self.input, self.weight, whole, (0,) * whole.ndim)
        return _frozen(canvas)

    @cached_property
    def sums(self) -> Array:
        """The output before the bias. Read only."""
        if self.channels == 1:
            return self._by_engine(self.geometry, self.output_size)
        return _frozen(crop(self.canvas, self.geometry, self.input_size))

    @property
    def output(self) -> Array:
        """The output plane, shape ``output_size``. Read only."""
        return self.sums if self.bias is None else self._biased

    @cached_property
    def _biased(self) -> Array:
        return _frozen(self.sums + self.bias)

    def _by_engine(self, geometry: Geometry, size: Index) -> Array:
        """Return one channel's sums: with one product a tap, the engine leaves the loop's bits."""
        x, w = self.input[None], self.weight[None]
        return _frozen(stamped(Layer(x, w, None, geometry, size, 1, True, x.dtype))[0, 0])


def _number(name: str, value: Any) -> float:
    try:
        return float(*reals(name, [value]).tolist())
    except (TypeError, ValueError):
        raise GeometryError("number", name=name, value=shown(value)) from None


def _fitting(geometry: Geometry, input: Array, weight: Array) -> Index:
    """Check that the arrays fit to each other and the geometry, and return the output's size."""
    axes = geometry.ndim + 1
    for name, array in (("input", input), ("weight", weight)):
        if array.ndim != axes:
            raise GeometryError("plane_axes", name=name, shape=array.shape, axes=axes)
    kernel, channels = weight.shape[1:], len(weight)
    if kernel != geometry.kernel_size:
        raise GeometryError("kernel_shape", value=kernel, expected=geometry.kernel_size)
    if len(input) != channels:
        raise GeometryError("in_channels", value=len(input), expected=channels)
    return geometry.output_size(input.shape[1:])


def _frozen(array: Array) -> Array:
    array.setflags(write=False)
    return array
