"""What a notebook cell ends with: one function that makes a player of whatever is at hand."""

from __future__ import annotations

from typing import Any

from ..engine.arrays import Array, numbers
from ..engine.example import example_input
from ..engine.modules import is_module, listed, transposed_parts
from ..errors import GeometryError
from ..geometry import Geometry
from ..text import fill, load
from ..trace import Trace, record
from ..words import TABLE
from ..words.check import checked
from .state import story_of
from .widget import Player

LAYER = ("stride", "padding", "output_padding", "groups", "dilation")
RECORDED = (*LAYER, "view", "turned")


def show(
    thing: Any = None,
    weight: Any = None,
    bias: Any = None,
    *,
    batch: int = 0,
    out_channel: int = 0,
    **words: Any,
) -> Player:
    r"""Show a trace, a geometry, arrays, or a layer of PyTorch's.

    Parameters
    ----------
    thing
        A :class:`Trace`; a :class:`Geometry`, filled with example data; an input array, with
        ``weight``, ``bias`` and parameters as for :func:`record`; or a
        ``torch.nn.ConvTranspose1d``, ``2d`` or ``3d``, which meets ``input=`` of shape
        (N, C, \*size) or (C, \*size), or example data of ``input_size=``. With
        ``view="direct"`` all of these are the large map of the convolution that it transposes.
    batch, out_channel
        Of arrays and layers: which sample and which output channel to follow. Where there are
        several output channels, the title says which one this is, and what its group sees.
    **words
        Words of the :class:`Player`.

    Raises
    ------
    GeometryError
        If the arrays and parameters describe no transposed convolution, or a whole model is given
        where one of its layers is meant: the refusal names them.

    Examples
    --------
    >>> show([[1, 3], [2, 2]], [[1, 2], [0, 1]], stride=2)
    <Player step 1 of 5: <Trace scatter: 2x2 to 4x4, 5 steps, Geometry((2, 2), stride=2)>>
    """
    plane: dict[str, Any] = {"batch": batch, "out_channel": out_channel}
    if thing is None or isinstance(thing, (Trace, Geometry)):
        return Player(thing, **words)
    words |= {name: checked(name, words[name]) for name in ("view", "lang") if name in words}
    if getattr(thing, "transposed", False):
        return _show_layer(thing, plane, words)
    if weight is None:
        if isinstance(thing, str) or hasattr(thing, "__fspath__"):
            numbers("input", thing)  # which says how to open a picture
        if is_module(thing) and (parts := transposed_parts(thing)):
            kind = type(thing).__name__
            raise GeometryError("model_shown", kind=kind, parts=listed(parts))
        raise TypeError(
            f"show() takes a Trace, a Geometry, an input and a weight, or a "
            f"torch.nn.ConvTranspose layer, not {type(thing).__name__} alone"
        )
    return _show_arrays(thing, weight, bias, plane, words)


def _show_arrays(
    x: Any, weight: Any, bias: Any, plane: dict[str, Any], words: dict[str, Any]
) -> Player:
    recorded = {name: words.pop(name) for name in RECORDED if name in words}
    if "view" in recorded:  # one without a story of its own is the player's alone
        words["view"] = recorded["view"]
        recorded["view"] = story_of(recorded["view"])
    w = numbers("weight", weight)
    trace = record(x, w, bias, **recorded, **plane)
    return Player(trace, **{**_titled(w, trace, recorded.get("groups", 1), plane, words), **words})


def _show_layer(layer: Any, plane: dict[str, Any], words: dict[str, Any]) -> Player:
    """Show a layer by the names PyTorch gives to its parts; torch itself is not needed."""
    kernel = tuple(layer.kernel_size)
    size = Geometry(kernel).input_size(words.pop("input_size", TABLE["input_size"].default))
    x = words.pop("input", None)
    channels = layer.out_channels if words.get("view") == "direct" else layer.in_channels
    x = example_input(size, channels) if x is None else x
    words |= {name: getattr(layer, name) for name in LAYER}
    return _show_arrays(x, layer.weight, layer.bias, plane, words)


def _titled(
    weight: Array, trace: Trace, groups: int, plane: dict[str, Any], words: dict[str, Any]
) -> dict[str, Any]:
    """Name the output channel that a player follows, where its layer has others."""
    if weight.ndim == trace.geometry.ndim:
        return {}
    columns = len(weight) // groups if trace.direct else weight.shape[1]
    if (channels := columns * groups) == 1:
        return {}
    shown, seen = plane["out_channel"], trace.channels
    group = shown // columns
    kind = "all" if groups == 1 else "single" if seen == 1 else "some"
    first = group * seen
    fields = {"shown": shown, "all": channels, "group": group, "first": first}
    template = load(words.get("lang", "en"))["plane"][kind]
    return {"title": fill(template, to=first + seen - 1, **fields)}
