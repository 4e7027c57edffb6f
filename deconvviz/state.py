"""The words that shape a player, and the trace they ask for: twin of frontend/src/state.js."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .choices import LOOKS
from .engine import Array
from .errors import GeometryError
from .example import example_input, example_weight, resized
from .geometry import Geometry, Index, whole_number
from .layer import numbers
from .markup import DATA, LAYER, PARAMETERS
from .trace import VIEWS, Trace

SHAPING = ("input_size", *PARAMETERS, *DATA, "bias", *LAYER, "view")
SIZES = {"input": "input_size", "weight": "kernel_size"}
SIDE = 3  # of the input and the kernel, where nothing says otherwise


def words_of(thing: Trace | Geometry | None) -> dict[str, Any]:
    """Return the words that a trace or a geometry stands for."""
    if isinstance(thing, Trace):
        own = {name: getattr(thing, name) for name in (*DATA, "bias", "view")}
        return {**thing.geometry.to_dict(), **own}
    if isinstance(thing, Geometry):
        return thing.to_dict()
    if thing is None:
        return {}
    raise TypeError(f"a player shows a Trace or a Geometry, not {type(thing).__name__}")


def complete(words: Mapping[str, Any]) -> dict[str, Any]:
    """Check words, and return them with every size: one entry per axis, plain lists for JSON.

    Own data bring their size, unless a size comes with them.

    Raises
    ------
    GeometryError
        If they describe no transposed convolution.

    Examples
    --------
    >>> complete({"weight": [[1, 2], [3, 4]], "stride": 2})["kernel_size"]
    [2, 2]
    """
    given = {name: value for name, value in words.items() if value is not None}
    if "weight" in given:
        shape = numbers("weight", given["weight"]).shape
        given.setdefault("kernel_size", shape if len(shape) < 3 else shape[1:])
    given.setdefault("kernel_size", SIDE)
    geometry = Geometry(**{name: given[name] for name in PARAMETERS if name in given})
    own = {name: planes(name, given[name], geometry.ndim) for name in DATA if name in given}
    if "input" in own:
        given.setdefault("input_size", own["input"].shape[1:])
    size = geometry.input_size(given.get("input_size", SIDE))
    geometry.output_size(size)
    group_of(given, _channels(own, given))
    lists = {name: data.tolist() for name, data in own.items()}
    return {**words, **geometry.to_dict(), "input_size": list(size), **lists}


def trace_of(words: Mapping[str, Any]) -> Trace:
    """Return the trace that words ask for; what they leave open is example data.

    Examples
    --------
    >>> trace_of({"kernel_size": 2, "stride": 2})
    <Trace scatter: 3x3 to 6x6, 10 steps, Geometry((2, 2), stride=2)>
    """
    whole = complete(words)
    geometry = Geometry(**{name: whole[name] for name in PARAMETERS})
    own = {name: whole[name] for name in DATA if whole.get(name) is not None}
    channels = _channels(own, whole)
    data = {
        name: resized(own[name], whole[size], name)
        if name in own
        else example(whole[size], channels)
        for (name, size), example in zip(
            SIZES.items(), (example_input, example_weight), strict=True
        )
    }
    rows = group_of(whole, channels)
    seen = {name: array[rows] for name, array in data.items()}
    view = whole.get("view") or VIEWS[0]
    return Trace(
        geometry, **seen, bias=whole.get("bias"), view=VIEWS[0] if view == LOOKS[-1] else view
    )


def group_of(words: Mapping[str, Any], channels: int) -> slice:
    """Return the input channels that the output shown can see.

    A layer of g groups has, here, one output channel for each; ``out_channel`` is the one shown.

    Examples
    --------
    >>> group_of({"groups": 2, "out_channel": 1}, channels=4)
    slice(2, 4, None)
    """
    groups = whole_number("groups", _given(words, "groups", 1), 1)
    if channels % groups:
        raise GeometryError("groups", value=groups, channels=channels)
    shown = whole_number("out_channel", _given(words, "out_channel", 0), 0)
    if shown >= groups:
        raise GeometryError("below", name="out_channel", value=shown, bound=groups, most=groups - 1)
    return slice(shown * channels // groups, (shown + 1) * channels // groups)


def planes(name: str, data: Any, ndim: int) -> Array:
    r"""Return own data as (channels, \*size); one plane needs no axis of channels."""
    array = numbers(name, data)
    if array.ndim == ndim:
        return array[None]
    if array.ndim != ndim + 1:
        raise GeometryError("planes", name=name, shape=array.shape, ndim=ndim, channels=ndim + 1)
    return array


def size_of(name: str, data: Any, ndim: int) -> Index:
    """Return the size that own data bring."""
    return planes(name, data, ndim).shape[1:]


def _channels(own: Mapping[str, Any], words: Mapping[str, Any]) -> int:
    """Return the number of input channels: that of own data, or one in every group."""
    return (
        max(map(len, own.values()))
        if own
        else whole_number("groups", _given(words, "groups", 1), 1)
    )


def _given(words: Mapping[str, Any], name: str, otherwise: int) -> Any:
    value = words.get(name)
    return otherwise if value is None else value
