"""The one door for arrays: whatever comes as numbers leaves as an array of one working type.

Sums are made in the type that leaves, never in the caller's: integers in 64 bits, float16 and
bfloat16 in float32, all others in their own, in this machine's byte order.
"""

from __future__ import annotations

from collections.abc import Sequence
from numbers import Number
from os import PathLike
from pathlib import PurePath
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..errors import GeometryError
from .modules import is_module, listed, transposed_parts
from .nested import check_even

Array = NDArray[Any]

WORKING = frozenset(
    np.dtype(kind)
    for kind in (
        np.int64,
        np.float32,
        np.float64,
        np.longdouble,
        np.complex64,
        np.complex128,
        np.clongdouble,
    )
)
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff", ".avif"})
DEEP = 64  # lists within lists: more axes than any array has


def numbers(name: str, value: ArrayLike, *, finite: bool = False) -> Array:
    """Return an array of numbers in its working type, whatever it came as.

    Parameters
    ----------
    name
        What the argument is called, for the refusal.
    value
        Nested lists, an array, or a tensor of PyTorch's: also one that records gradients, lies on
        another device, or is sparse or of a type that numpy lacks, such as bfloat16.
    finite
        Whether NaN and infinity are refused.

    Raises
    ------
    GeometryError
        If these are no numbers, or some are missing: text, objects and truth values, uneven lists,
        masked cells, layers that have not run yet, tensors without data.

    Examples
    --------
    >>> numbers("weight", np.array([100, 100], np.int8)).sum()
    np.int64(200)
    """
    array = value if type(value) is np.ndarray else _read(name, value)
    if array.dtype not in WORKING:
        array = _brought(name, array)
    if finite and not np.isfinite(array).all():
        at = tuple(map(int, np.argwhere(~np.isfinite(array))[0]))
        raise GeometryError("finite", name=name, index=list(at), value=array[at])
    return array


def reals(name: str, value: ArrayLike) -> Array:
    """Return numbers that can be drawn, and written as JSON: real and finite."""
    array = numbers(name, value, finite=True)
    if array.dtype.kind == "c":
        raise GeometryError("real", name=name, dtype=array.dtype)
    return array


def as_lists(name: str, value: Any, depth: int = DEEP) -> Any:
    """Return nested lists of Python's own numbers; whether they fit together is not asked."""
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        if not depth:
            raise _unreadable(name, value)
        return [as_lists(name, entry, depth - 1) for entry in value]
    return numbers(name, value).tolist() if hasattr(type(value), "__array__") else value


def in_double(array: Array) -> Array:
    """Return numbers in double precision, so that every type is measured alike."""
    return array.astype(np.complex128 if array.dtype.kind == "c" else np.float64, copy=False)


def refuse_picture(name: str, value: Any) -> None:
    """Say how to open a picture where its path was given."""
    if PurePath(value).suffix.lower() in PICTURES:
        raise GeometryError("picture", name=name, path=repr(str(value)))


def _read(name: str, value: Any) -> Array:
    if is_module(value):
        raise _module(name, value)
    if isinstance(value, str | PathLike):
        refuse_picture(name, value)
    if isinstance(value, np.ma.MaskedArray) and np.ma.is_masked(value):
        raise GeometryError("masked", name=name, count=int(np.sum(value.mask)))
    if hasattr(type(value), "requires_grad"):
        return _of_tensor(name, value)
    try:
        array = np.asarray(value.toarray() if hasattr(type(value), "toarray") else value)
    except Exception as error:  # what others' objects raise when numpy asks for their numbers
        if isinstance(value, list | tuple):
            return _of_lists(name, value)
        raise _unreadable(name, value) from error
    alone = array.ndim == 0 and not isinstance(value, Number)
    if alone and array.dtype.kind in "OSU":  # text, None, a dictionary: not to be converted
        raise _unreadable(name, value)
    return array


def _of_tensor(name: str, tensor: Any) -> Array:
    """Read a tensor by what it says of itself; torch is never imported here."""
    if hasattr(type(tensor), "materialize"):
        raise GeometryError("lazy", name=name)
    if tensor.is_meta:
        raise GeometryError("meta", name=name)
    try:
        if str(tensor.layout) != "torch.strided":
            tensor = tensor.to_dense()
        try:
            return np.asarray(tensor.numpy(force=True))
        except TypeError:  # a type that numpy has not
            wide = tensor.cfloat() if tensor.is_complex() else tensor.float()
            return np.asarray(wide.numpy(force=True))
    except Exception as error:
        raise _unreadable(name, tensor) from error


def _of_lists(name: str, value: Any) -> Array:
    """Read lists that numpy could not: uneven ones, or lists of tensors."""
    nested = as_lists(name, value)
    check_even(name, nested)
    try:
        return np.asarray(nested)
    except Exception as error:
        raise _unreadable(name, value) from error


def _brought(name: str, array: Array) -> Array:
    """Bring numbers to their working type; what holds none is refused."""
    kind = array.dtype.kind
    if kind in "iu":
        if array.dtype.itemsize == 8 and kind == "u" and (array > np.iinfo(np.int64).max).any():
            raise GeometryError("too_long", name=name, value=array.max())
        return array.astype(np.int64)
    if array.dtype == np.float16:
        return array.astype(np.float32)
    if array.dtype.isbuiltin == 2:  # a type that another package added, as JAX its bfloat16
        for wider in (np.float32, np.float64):
            if np.can_cast(array.dtype, wider):
                return array.astype(wider)
    elif kind in "fc":
        return array.astype(array.dtype.newbyteorder("="))
    raise GeometryError("dtype", name=name, dtype=array.dtype)


def _module(name: str, value: Any) -> GeometryError:
    kind, parts = type(value).__name__, transposed_parts(value)
    if not parts:
        return GeometryError("layer_given", name=name, kind=kind)
    return GeometryError(
        "model_given", name=name, kind=kind, parts=listed([f"{part}.weight" for part in parts])
    )


def _unreadable(name: str, value: Any) -> GeometryError:
    return GeometryError("unreadable", name=name, kind=type(value).__name__)
