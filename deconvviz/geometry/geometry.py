"""The parameters of a transposed convolution, checked, and what follows on all axes at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import product
from math import prod
from typing import Any, NamedTuple

from .arguments import check_output_padding, one_of, pairs, per_axis
from .line import Axis

Index = tuple[int, ...]
PARAMETERS = ("kernel_size", "stride", "padding", "output_padding", "dilation")


class Pair(NamedTuple):
    """An input index and the kernel tap with which it reaches an output index."""

    source: Index
    tap: Index


class Multiplications(NamedTuple):
    """How many numbers are multiplied, and which of them tell nothing of the input.

    ``useful`` products reach the output. Of the others, ``inserted`` fall on a zero between inputs
    and ``padded`` on the border (gather), ``cropped`` are dropped (scatter), and ``empty`` meet a
    zero of the matrix.
    """

    total: int
    useful: int
    inserted: int = 0
    padded: int = 0
    cropped: int = 0
    empty: int = 0


class Geometry:
    """The parameters of a transposed convolution, checked, with all that follows from them.

    Parameters
    ----------
    kernel_size
        One whole number for a square 2-D kernel, or one per axis (a one-tuple is 1-D).
    stride, output_padding, dilation
        One whole number for every axis, or one per axis.
    padding
        As above, or one (begin, end) pair per axis: rows of the full canvas cropped at each side.

    Raises
    ------
    GeometryError
        If a value is not a whole number, is out of its bound, or if ``output_padding`` is smaller
        than neither stride nor dilation (PyTorch's rule, per axis).

    Examples
    --------
    >>> geometry = Geometry(3, stride=2, padding=1, output_padding=1)
    >>> geometry.full_size(3), geometry.output_size(3), geometry.stretched_size(3)
    ((7, 7), (6, 6), (5, 5))
    >>> geometry.border()
    ((1, 2), (1, 2))
    """

    def __init__(
        self,
        kernel_size: Any,
        stride: Any = 1,
        padding: Any = 0,
        output_padding: Any = 0,
        dilation: Any = 1,
    ) -> None:
        kernel = per_axis("kernel_size", kernel_size, None, least=1)
        ndim = len(kernel)
        strides = per_axis("stride", stride, ndim, least=1)
        pads = pairs("padding", padding, ndim)
        extra = per_axis("output_padding", output_padding, ndim, least=0)
        dilations = per_axis("dilation", dilation, ndim, least=1)
        for s, op, d in zip(strides, extra, dilations, strict=True):
            check_output_padding(op, s, d)
        self.axes = tuple(
            Axis(k, s, begin, end, op, d)
            for k, s, (begin, end), op, d in zip(
                kernel, strides, pads, extra, dilations, strict=True
            )
        )

    @cached_property
    def kernel_size(self) -> Index:
        """Taps along each axis."""
        return tuple(axis.kernel_size for axis in self.axes)

    @cached_property
    def stride(self) -> Index:
        """Canvas cells between the stamps of neighbouring inputs."""
        return tuple(axis.stride for axis in self.axes)

    @cached_property
    def padding(self) -> tuple[tuple[int, int], ...]:
        """What is cropped from the full canvas, as (begin, end) of every axis."""
        return tuple((axis.padding_begin, axis.padding_end) for axis in self.axes)

    @cached_property
    def output_padding(self) -> Index:
        """Rows given back at the end of each axis after the crop."""
        return tuple(axis.output_padding for axis in self.axes)

    @cached_property
    def dilation(self) -> Index:
        """Canvas cells between neighbouring taps of one stamp."""
        return tuple(axis.dilation for axis in self.axes)

    @cached_property
    def ndim(self) -> int:
        """Number of spatial axes, 1 to 3."""
        return len(self.axes)

    @cached_property
    def whole(self) -> Geometry:
        """The same geometry with nothing cropped, whose outputs are the full canvas."""
        return Geometry(self.kernel_size, self.stride, dilation=self.dilation)

    def input_size(self, size: Any) -> Index:
        """Check an input size, one whole number or one per axis, and return one per axis."""
        return per_axis("input_size", size, self.ndim, least=1)

    def full_size(self, input_size: Any) -> Index:
        """Return the size of the canvas that holds every stamp, before the crop."""
        return self._sizes(Axis.full_size, input_size)

    def stretched_size(self, input_size: Any) -> Index:
        """Return the size of the input once zeros stand between its cells."""
        return self._sizes(Axis.stretched_size, input_size)

    def output_size(self, input_size: Any) -> Index:
        """Return the size of the output.

        Per axis ``(input - 1) * stride - padding_begin - padding_end + dilation * (kernel - 1)
        + output_padding + 1``, as in PyTorch's documentation of ``ConvTranspose2d``.

        Raises
        ------
        GeometryError
            If the crop leaves no cell.
        """
        sizes = self._sizes(Axis.output_size, input_size)
        if min(sizes) < 1:
            at = sizes.index(min(sizes))
            raise self.axes[at].too_much_crop(sizes[at])
        return sizes

    def direct(self, size: Any) -> tuple[Geometry, Index]:
        """Return the geometry and input size of the transpose of a direct convolution.

        ``size`` is what the direct convolution reads and the transpose writes; the input size is
        what the direct convolution writes. The geometry differs from this one in output_padding,
        which follows from the size; of our own, whole strides cut positions at the end.

        Examples
        --------
        >>> Geometry(3, stride=2, padding=1).direct(6)
        (Geometry((3, 3), stride=2, padding=1, output_padding=1), (3, 3))
        """
        sizes = self.input_size(size)
        found = [axis.direct_size(n) for axis, n in zip(self.axes, sizes, strict=True)]
        steps, left = _unzipped(found)
        if min(steps) < 1:
            at = steps.index(min(steps))
            raise self.axes[at].too_small(sizes[at])
        geometry = Geometry(self.kernel_size, self.stride, self.padding, left, self.dilation)
        return geometry, steps

    def border(self) -> tuple[tuple[int, int], ...]:
        """Return the zeros that the gather view adds at (begin, end) of each axis."""
        return tuple(axis.border for axis in self.axes)

    def window(self, input_size: Any) -> tuple[tuple[int, int], ...]:
        """Return the cells of the full canvas that become the output: (start, stop) per axis."""
        self.output_size(input_size)
        sizes = self.input_size(input_size)
        return tuple(axis.window(n) for axis, n in zip(self.axes, sizes, strict=True))

    def taps(self) -> list[Index]:
        """Return every kernel tap in raster order."""
        return cells(self.kernel_size)

    def output_index(self, source: Sequence[int], tap: Sequence[int]) -> Index:
        """Return where an input cell and a tap meet, even if that is cropped."""
        return tuple(
            axis.output_index(i, t) for axis, i, t in zip(self.axes, source, tap, strict=True)
        )

    def footprint(self, source: Sequence[int], input_size: Any) -> list[tuple[Index, Index]]:
        """Return (tap, output index) of every product that one input cell leaves in the output.

        Examples
        --------
        >>> Geometry((3,), stride=2, padding=1).footprint((1,), 3)
        [((0,), (1,)), ((1,), (2,)), ((2,), (3,))]
        """
        sizes = self.input_size(input_size)
        found = product(
            *(axis.footprint(i, n) for axis, i, n in zip(self.axes, source, sizes, strict=True))
        )
        return [_unzipped(pairs) for pairs in found]

    def contributors(self, target: Sequence[int], input_size: Any) -> list[Pair]:
        """Return every (input, tap) pair that meets at one output cell, inputs in raster order.

        Examples
        --------
        >>> Geometry((3,), stride=2).contributors((2,), 3)
        [Pair(source=(0,), tap=(2,)), Pair(source=(1,), tap=(0,))]
        """
        sizes = self.input_size(input_size)
        found = product(
            *(axis.contributors(o, n) for axis, o, n in zip(self.axes, target, sizes, strict=True))
        )
        return [Pair(*_unzipped(pairs)) for pairs in found]

    def overlap(self, input_size: Any) -> tuple[tuple[int, ...], ...]:
        """Return, per axis, how many pairs meet at each output index; their product is the count.

        Examples
        --------
        >>> Geometry((3,), stride=2).overlap(3)
        ((1, 1, 2, 1, 2, 1, 1),)
        """
        self.output_size(input_size)
        sizes = self.input_size(input_size)
        return tuple(tuple(axis.overlap(n)) for axis, n in zip(self.axes, sizes, strict=True))

    def multiplications(self, input_size: Any, view: str = "scatter") -> Multiplications:
        """Return how many numbers one plane multiplies in a view, and how many for nothing.

        A layer with channels does as many for each pair of an input and an output channel.

        Raises
        ------
        GeometryError
            If the view is not "scatter", "gather" or "matrix".

        Examples
        --------
        >>> Geometry(3, stride=2).multiplications(3, "gather")
        Multiplications(total=441, useful=81, inserted=144, padded=216, cropped=0, empty=0)
        """
        one_of("view", view, ("scatter", "gather", "matrix"))
        sizes = self.input_size(input_size)
        axes = list(zip(self.axes, sizes, strict=True))
        useful = prod(axis.surviving(n) for axis, n in axes)
        if view == "gather":
            spanned = prod(axis.dense.surviving(axis.stretched_size(n)) for axis, n in axes)
            windows = prod(max(0, axis.output_size(n)) for axis, n in axes)
            total = windows * prod(self.kernel_size)
            return Multiplications(total, useful, spanned - useful, total - spanned)
        if view == "scatter":
            stamped = prod(sizes) * prod(self.kernel_size)
            return Multiplications(stamped, useful, cropped=stamped - useful)
        entries = prod(sizes) * prod(self.output_size(sizes))
        return Multiplications(entries, useful, empty=entries - useful)

    def canvas_slices(
        self, tap: Sequence[int], start: Sequence[int], stop: Sequence[int]
    ) -> tuple[slice, ...]:
        """Return the canvas cells that one tap writes for a block of inputs."""
        return tuple(
            axis.canvas_slice(t, a, b)
            for axis, t, a, b in zip(self.axes, tap, start, stop, strict=True)
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the parameters, one entry per axis, ready for JSON."""
        return {
            "kernel_size": list(self.kernel_size),
            "stride": list(self.stride),
            "padding": [list(pair) for pair in self.padding],
            "output_padding": list(self.output_padding),
            "dilation": list(self.dilation),
        }

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Geometry) and self.axes == other.axes

    def __hash__(self) -> int:
        return self._hash

    def __repr__(self) -> str:
        written = [repr(self.kernel_size)]
        symmetric = all(begin == end for begin, end in self.padding)
        padding = tuple(begin for begin, _ in self.padding) if symmetric else self.padding
        for name, values, default in (
            ("stride", self.stride, 1),
            ("padding", padding, 0),
            ("output_padding", self.output_padding, 0),
            ("dilation", self.dilation, 1),
        ):
            if any(value != default for value in values):
                same = len(set(values)) == 1 and not isinstance(values[0], tuple)
                written.append(f"{name}={values[0] if same else values}")
        return f"Geometry({', '.join(written)})"

    @cached_property
    def _hash(self) -> int:
        return hash(self.axes)

    def _sizes(self, size: Callable[[Axis, int], int], input_size: Any) -> Index:
        sizes = self.input_size(input_size)
        return tuple(size(axis, n) for axis, n in zip(self.axes, sizes, strict=True))


def cells(size: Sequence[int]) -> list[Index]:
    """Return every index of a grid in raster order."""
    return list(product(*map(range, size)))


def _unzipped(pairs: Sequence[tuple[int, int]]) -> tuple[Index, Index]:
    return tuple(first for first, _ in pairs), tuple(second for _, second in pairs)
