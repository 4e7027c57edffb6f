"""Arrays and parameters that are known to fit together, checked once and then trusted."""

from __future__ import annotations

import os
from functools import cache, lru_cache
from math import prod
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..errors import GeometryError
from ..geometry import Geometry, Index
from ..geometry.arguments import whole_number

Array = NDArray[Any]
Shape = tuple[int, ...]


class Layer(NamedTuple):
    """One call of a layer. ``input`` always has a batch axis; ``batched`` says if it came with it.

    ``dtype`` is the result's: the common type of all arrays, 64 bits for integers.
    """

    input: Array
    weight: Array
    bias: Array | None
    geometry: Geometry
    output_size: Index
    groups: int
    batched: bool
    dtype: np.dtype[Any]

    @classmethod
    def check(
        cls,
        input: ArrayLike,
        weight: ArrayLike,
        bias: ArrayLike | None = None,
        stride: Any = 1,
        padding: Any = 0,
        output_padding: Any = 0,
        groups: Any = 1,
        dilation: Any = 1,
    ) -> Layer:
        """Check every array and parameter of a call, and raise GeometryError at the first fault."""
        x, w = numbers("input", input), numbers("weight", weight)
        b = None if bias is None else numbers("bias", bias)
        parameters = stride, padding, output_padding, dilation
        # 2.0 == 2 to a cache, but not to us: only whole numbers are looked up.
        plain = all(type(value) is int for value in (*parameters, groups))
        checked = _known_fit if plain else fit
        geometry, size = checked(
            x.shape, w.shape, None if b is None else b.shape, groups, *parameters
        )
        batched = x.ndim == w.ndim
        dtype = result_type(x, w) if b is None else result_type(x, w, b)
        return cls(x if batched else x[None], w, b, geometry, size, groups, batched, dtype)

    @property
    def input_size(self) -> Index:
        """Size of the input, without batch and channels."""
        return self.input.shape[2:]

    @property
    def out_channels(self) -> int:
        """Output channels of all groups together."""
        return int(self.weight.shape[1]) * self.groups

    def group_rows(self, group: int) -> slice:
        """Return the input channels of one group."""
        per_group = len(self.weight) // self.groups
        return slice(group * per_group, (group + 1) * per_group)

    def grouped_input(self) -> Array:
        r"""Return the input as (N, groups, channels of a group, \*size)."""
        batch, channels = self.input.shape[:2]
        return self.input.reshape(batch, self.groups, channels // self.groups, *self.input_size)

    def grouped_weight(self) -> Array:
        """Return the weight as (groups, channels of a group, out channels of a group x taps)."""
        return self.weight.reshape(self.groups, len(self.weight) // self.groups, -1)


def numbers(name: str, value: ArrayLike) -> Array:
    """Return an array of numbers, whatever it came as; strings and objects are none."""
    try:
        array = np.asarray(value)
    except ValueError as error:
        raise GeometryError("ragged", name=name, reason=error) from error
    if array.dtype.kind not in "iufc" or array.dtype == np.uint64:
        raise GeometryError("dtype", name=name, dtype=array.dtype)
    return array


def allocate(shape: Shape, dtype: np.dtype[Any], what: str = "output") -> Array:
    """Return an array of zeros, if there is room for it."""
    check_memory(shape, dtype, what)
    return np.zeros(shape, dtype)


def check_memory(shape: Shape, dtype: np.dtype[Any], what: str = "output") -> None:
    """Say how much an array would take where it cannot fit in memory."""
    needed = prod(shape) * dtype.itemsize
    if needed > _memory():
        raise GeometryError(
            "memory", what=what, shape=shape, needed=f"{needed / 1e9:,.1f}", held=_memory() // 10**9
        )


def check_ranks(input_shape: Shape, weight_shape: Shape) -> None:
    """Check that a weight has a known number of axes, and the input as many or one fewer."""
    axes = len(weight_shape)
    if not 3 <= axes <= 5:
        raise GeometryError("weight_rank", shape=weight_shape)
    if len(input_shape) not in (axes - 1, axes):
        raise GeometryError("input_rank", shape=input_shape, unbatched=axes - 1, batched=axes)


def fit(
    input_shape: Shape,
    weight_shape: Shape,
    bias_shape: Shape | None,
    groups: Any,
    stride: Any,
    padding: Any,
    output_padding: Any,
    dilation: Any,
) -> tuple[Geometry, Index]:
    """Check all of a call but the numbers in its arrays; return its geometry and output size."""
    check_ranks(input_shape, weight_shape)
    axes = len(weight_shape)
    geometry = Geometry(weight_shape[2:], stride, padding, output_padding, dilation)
    if 0 in weight_shape[:2]:
        raise GeometryError("no_channels", shape=weight_shape)
    channels = weight_shape[0]
    if channels % whole_number("groups", groups, 1):
        raise GeometryError("groups", value=groups, channels=channels)
    if input_shape[1 - axes] != channels:
        raise GeometryError("in_channels", value=input_shape[1 - axes], expected=channels)
    expected = (weight_shape[1] * groups,)
    if bias_shape not in (None, expected):
        raise GeometryError("bias", shape=bias_shape, expected=expected)
    return geometry, geometry.output_size(input_shape[2 - axes :])


_known_fit = lru_cache(maxsize=256)(fit)


def working_type(dtype: np.dtype[Any]) -> np.dtype[Any]:
    """Return what sums are made in: half precision is too coarse to add up in."""
    return np.dtype(np.float32) if dtype == np.float16 else dtype


def result_type(*arrays: Array) -> np.dtype[Any]:
    """Return the common type of arrays, in this machine's byte order; 64 bits for integers."""
    dtype = np.result_type(*arrays)
    if dtype.kind in "iu":
        return np.dtype(np.int64)
    return dtype if dtype.isnative else dtype.newbyteorder("=")


@cache
def _memory() -> int:
    """Bytes of memory in this machine; where it does not tell, as much as can be addressed."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return 2**48
