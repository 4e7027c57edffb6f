"""One plane of a layer: the numbers that every view of a trace tells, each in its own order."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ..engine.adjoint import read_in_order
from ..engine.arrays import Array, reals
from ..engine.conv_transpose import accumulate, crop, stamped
from ..engine.layer import Layer, allocate
from ..errors import GeometryError, shown
from ..geometry import Geometry, Index
from ..geometry.arguments import below

Lines = tuple[Any, ...]  # of indices, each along its own axis: what np.ix_ returns


class Plane:
    r"""One output plane of a transposed convolution, and what it is computed from.

    ``input`` has shape (C, \*size) and ``weight`` (C, \*kernel_size): the input channels that
    meet one output channel. Both are float64.

    A ``direct`` plane is one of the convolution that ``geometry`` transposes: it reads a map of
    the size that the layer writes and writes one of the size that the layer reads. It adds no bias.

    With ``turned`` false a window carries the kernel as it is, not turned: what comes out is not
    what the layer gives, which ``right`` holds.
    """

    def __init__(
        self,
        geometry: Geometry,
        input: ArrayLike,
        weight: ArrayLike,
        bias: float | None = None,
        direct: bool = False,
        turned: bool = True,
    ) -> None:
        x, w = reals("input", input), reals("weight", weight)
        self.direct, self.turned = direct, turned
        self._hold(*_fitting(geometry, x, w, direct), x, w, bias)

    def _take(self, layer: Layer, batch: int, out_channel: int, turned: bool) -> None:
        """Hold one sample and one output channel of a layer, which needs no second check."""
        sample = below("batch", batch, len(layer.input))
        channel = below("out_channel", out_channel, layer.out_channels)
        group, column = divmod(channel, layer.weight.shape[1])
        rows = layer.group_rows(group)
        x, w = layer.input[sample, rows], layer.weight[rows, column]
        bias = None if layer.bias is None else layer.bias[channel]
        self.direct, self.turned = False, turned
        self._hold(layer.geometry, layer.output_size, x, w, bias)

    def _hold(
        self, geometry: Geometry, output_size: Index, input: Array, weight: Array, bias: Any
    ) -> None:
        self.geometry, self.output_size = geometry, output_size
        self.input, self.weight = input.astype(np.float64), weight.astype(np.float64)
        number = None if bias is None else _number("bias", bias)
        self.bias = None if self.direct else number

    @property
    def input_size(self) -> Index:
        """Size of the input plane, without channels."""
        return self.input.shape[1:]

    @property
    def channels(self) -> int:
        """Number of input channels that meet in the output plane."""
        return len(self.input)

    @cached_property
    def stamps(self) -> Array:
        """The kernels that the inputs stamp; a window that carries one bare stamps it turned."""
        axes = tuple(range(1, self.weight.ndim))
        return self.weight if self.turned else np.flip(self.weight, axes)

    def met(self, target: Index) -> tuple[Lines, Lines]:
        """Return the inputs and the taps that meet at an output, one line of them per axis."""
        axes = zip(self.geometry.axes, target, self.input_size, strict=True)
        pairs = [np.reshape(axis.contributors(o, n), (-1, 2)).astype(int) for axis, o, n in axes]
        return np.ix_(*(line[:, 0] for line in pairs)), np.ix_(*(line[:, 1] for line in pairs))

    def products(self, sources: Lines, taps: Lines) -> Array:
        r"""Return all inputs of some lines times their taps, shape (\*pairs, C)."""
        return np.moveaxis(self.input[:, *sources] * self.stamps[:, *taps], 0, -1)

    @cached_property
    def right(self) -> Array:
        """The output of the layer, also where the kernel is not turned. Read only."""
        if self.turned:
            return self.output
        return Plane(self.geometry, self.input, self.weight, self.bias).output

    @cached_property
    def canvas(self) -> Array:
        """The full canvas with every stamp on it, before the crop. Read only."""
        whole = self.geometry.whole
        if self.channels == 1:
            full = whole.full_size(self.input_size)
            return self.sums if whole == self.geometry else self._by_engine(whole, full)
        canvas = allocate(whole.full_size(self.input_size), self.input.dtype, "canvas")
        accumulate(canvas, self.input, self.stamps, whole, (0,) * whole.ndim)
        return _frozen(canvas)

    @cached_property
    def sums(self) -> Array:
        """The output before the bias. Read only."""
        if self.direct:
            read = read_in_order(self.input, self.weight, self.geometry, self.output_size)
            return _frozen(read)
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
        x, w = self.input[None], self.stamps[None]
        return _frozen(stamped(Layer(x, w, None, geometry, size, 1, True, x.dtype))[0, 0])


def _number(name: str, value: Any) -> float:
    try:
        return float(*reals(name, [value]).tolist())
    except (TypeError, ValueError):
        raise GeometryError("number", name=name, value=shown(value)) from None


def _fitting(
    geometry: Geometry, input: Array, weight: Array, direct: bool
) -> tuple[Geometry, Index]:
    """Check that the arrays fit together; return the layer's geometry and the output's size."""
    axes = geometry.ndim + 1
    for name, array in (("input", input), ("weight", weight)):
        if array.ndim != axes:
            raise GeometryError("plane_axes", name=name, shape=array.shape, axes=axes)
    kernel, channels = weight.shape[1:], len(weight)
    if kernel != geometry.kernel_size:
        raise GeometryError("kernel_shape", value=kernel, expected=geometry.kernel_size)
    if len(input) != channels:
        raise GeometryError("in_channels", value=len(input), expected=channels)
    size = input.shape[1:]
    return geometry.direct(size) if direct else (geometry, geometry.output_size(size))


def _frozen(array: Array) -> Array:
    array.setflags(write=False)
    return array
