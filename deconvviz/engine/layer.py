"""Arrays and parameters that are known to fit together, checked once and then trusted."""

from __future__ import annotations

import os
from decimal import Decimal
from functools import cache, lru_cache
from math import prod
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from ..errors import GeometryError
from ..geometry import Geometry, Index
from ..geometry.arguments import whole_number
from .arrays import Array, numbers
from .fit import advised_fit
from .orders import Shape


class Layer(NamedTuple):
    """One call of a layer. ``input`` always has a batch axis; ``batched`` says if it came with it.

    ``dtype`` is the result's, in which all sums are made: the common working type of all arrays.
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
        groups = whole_number("groups", groups, 1)
        parameters = stride, padding, output_padding, dilation
        # 2.0 == 2 to a cache, but not to us: only whole numbers are looked up.
        plain = all(type(value) is int for value in parameters)
        checked = _known_fit if plain else advised_fit
        geometry, size = checked(
            x.shape, w.shape, None if b is None else b.shape, groups, *parameters
        )
        batched = x.ndim == w.ndim
        dtype = common_type(x, w, b)
        if dtype.kind == "i":
            check_sums("input and weight", w[:, 0].size // groups, x, w, added=b)
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


def allocate(shape: Shape, dtype: np.dtype[Any], what: str = "output") -> Array:
    """Return an array of zeros, if there is room for it."""
    check_memory(shape, dtype, what)
    return np.zeros(shape, dtype)


def check_memory(shape: Shape, dtype: np.dtype[Any], what: str = "output") -> None:
    """Say how much an array would take where it cannot fit in memory."""
    needed = prod(shape) * dtype.itemsize
    if needed > _memory():
        size = f"{Decimal(needed) / 10**9:,.1f}"  # of any number, where floats end at 10^308
        raise GeometryError("memory", what=what, shape=shape, needed=size, held=_memory() // 10**9)


def check_sums(name: str, terms: int, *factors: Array, added: Array | None = None) -> None:
    """Check that sums of so many products of whole numbers stay within 64 bits."""
    most = terms * prod(map(_largest, factors)) + (0 if added is None else _largest(added))
    if most > np.iinfo(np.int64).max:
        raise GeometryError("sums", name=name, most=most)


def _largest(array: Array) -> int:
    return max(-int(array.min()), int(array.max())) if array.size else 0


_known_fit = lru_cache(maxsize=256)(advised_fit)


def common_type(*arrays: Array | None) -> np.dtype[Any]:
    """Return the common type of arrays that came through the door."""
    first, *others = (array.dtype for array in arrays if array is not None)
    return first if all(other == first for other in others) else np.result_type(first, *others)


@cache
def _memory() -> int:
    """Bytes of memory in this machine; where it does not tell, as much as can be addressed."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return 2**48
