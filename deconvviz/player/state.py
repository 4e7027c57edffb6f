"""From the words that shape a player to the trace they ask for; the front-end has a twin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..engine.arrays import Array, reals
from ..engine.example import example_input, example_weight, resized
from ..errors import GeometryError
from ..geometry import PARAMETERS, Geometry, Index
from ..geometry.arguments import below
from ..trace import Trace
from ..trace.work import check_number, check_work
from ..words import PER_AXIS, SHAPING, SIZES, TABLE, VIEWS
from ..words.check import checked
from ..words.write import shortest, write

EXAMPLES = {"input": example_input, "weight": example_weight}


class Computation(NamedTuple):
    r"""What words describe, checked once: everything that a trace is made of.

    ``own`` holds one's own data, (channels, \*size), where they are not the example's; ``rows``
    are the input channels that the output shown can see.
    """

    geometry: Geometry
    input_size: Index
    own: dict[str, Array]
    channels: int
    rows: slice
    bias: float | None
    view: str
    turned: bool

    @property
    def words(self) -> dict[str, Any]:
        """The sizes with one entry per axis, and one's own data, as plain lists for JSON."""
        own = {name: data.tolist() for name, data in self.own.items()}
        return {**self.geometry.to_dict(), "input_size": list(self.input_size), **own}

    def trace(self) -> Trace:
        """Return the trace; what was left open is example data."""
        size = {"input": self.input_size, "weight": self.geometry.kernel_size}
        data = {
            name: resized(self.own[name], size[name], name)
            if name in self.own
            else example(size[name], self.channels)
            for name, example in EXAMPLES.items()
        }
        seen = {name: array[self.rows] for name, array in data.items()}
        story = story_of(self.view)
        return Trace(self.geometry, **seen, bias=self.bias, view=story, turned=self.turned)


def story_of(view: str) -> str:
    """Return the story that a view tells: overlap has none of its own, it counts stamps.

    Examples
    --------
    >>> story_of("overlap"), story_of("gather")
    ('scatter', 'gather')
    """
    return "scatter" if view == "overlap" else view


def words_of(thing: Trace | Geometry | None) -> dict[str, Any]:
    """Return the words that a trace or a geometry stands for, one number where axes are alike."""
    if isinstance(thing, Trace):
        own = {name: getattr(thing, name) for name in (*SIZES, "bias", "view", "turned")}
        return {**words_of(_told(thing)), **own}
    if isinstance(thing, Geometry):
        return {k: shortest(k, value, thing.ndim) for k, value in thing.to_dict().items()}
    if thing is None:
        return {}
    raise TypeError(
        f"a player shows a Trace or a Geometry, not {type(thing).__name__}: "
        "dv.show() makes one of arrays and of layers"
    )


def _told(trace: Trace) -> Geometry:
    """Return what a player is told: of a direct convolution, the size tells output_padding.

    Only the whole strides that cut positions do not follow from it.
    """
    if not trace.direct:
        return trace.geometry
    cut = [axis.cut * axis.stride for axis in trace.geometry.axes]
    return Geometry(**{**trace.geometry.to_dict(), "output_padding": cut})


def computation(words: Mapping[str, Any]) -> Computation:
    """Check the words that shape a computation, together and once.

    Own data bring their size, unless a size comes with them. A single number for the kernel has
    as many axes as the input size, else as own data, else two.

    Raises
    ------
    GeometryError
        If they describe no transposed convolution, or of view "direct" no direct one.

    Examples
    --------
    >>> computation({"weight": "1 2; 3 4", "stride": 2}).geometry
    Geometry((2, 2), stride=2)
    >>> computation({"input_size": [4], "kernel_size": 3}).geometry
    Geometry((3,))
    """
    told = {name: words[name] for name in SHAPING if words.get(name) is not None}
    given = {name: checked(name, value) for name, value in told.items()}
    for name in (*PER_AXIS, "groups", "out_channel"):
        check_number(name, given.get(name))
    data = {name: reals(name, given[name]) for name in SIZES if name in given}
    kernel = given.get("kernel_size", _brought(data, "weight"))
    size = given.get("input_size")
    ndim = _axes([kernel, size], data)
    if not isinstance(kernel, list) and ndim:
        kernel = [kernel] * ndim
    others = {name: given[name] for name in PARAMETERS if name in given and name != "kernel_size"}
    geometry = Geometry(kernel, **others)
    own = {name: planes(name, array, geometry.ndim) for name, array in data.items()}
    brought = own["input"].shape[1:] if "input" in own else TABLE["input_size"].default
    input_size = geometry.input_size(brought if size is None else size)
    channels = max(map(len, own.values())) if own else given.get("groups", 1)
    _check_channels(own)
    rows = group_of(given, channels)
    view = given.get("view", VIEWS[0])
    sizes = [array.size for array in own.values()]
    check_work(geometry, input_size, channels, view, given.get("groups", 1), sizes)
    bias, turned = given.get("bias"), given.get("turned", True)
    return Computation(geometry, input_size, own, channels, rows, bias, view, turned)


def complete(words: Mapping[str, Any]) -> dict[str, Any]:
    """Check words, and return them with every size: one entry per axis, plain lists for JSON.

    Examples
    --------
    >>> complete({"weight": [[1, 2], [3, 4]], "stride": 2})["kernel_size"]
    [2, 2]
    """
    return {**words, **computation(words).words}


def trace_of(words: Mapping[str, Any]) -> Trace:
    """Return the trace that words ask for; what they leave open is example data.

    Examples
    --------
    >>> trace_of({"kernel_size": 2, "stride": 2})
    <Trace scatter: 3x3 to 6x6, 10 steps, Geometry((2, 2), stride=2)>
    """
    return computation(words).trace()


def group_of(words: Mapping[str, Any], channels: int) -> slice:
    """Return the input channels that the output shown can see.

    A layer of g groups has, here, one output channel for each; ``out_channel`` is the one shown.

    Examples
    --------
    >>> group_of({"groups": 2, "out_channel": 1}, channels=4)
    slice(2, 4, None)
    """
    groups, shown = words.get("groups", 1), words.get("out_channel", 0)
    if channels % groups:
        raise GeometryError("groups", value=groups, channels=channels)
    below("out_channel", shown, groups)
    return slice(shown * channels // groups, (shown + 1) * channels // groups)


def planes(name: str, data: Any, ndim: int) -> Array:
    r"""Return own data as (channels, \*size); one plane needs no axis of channels."""
    array = reals(name, data)
    if array.ndim == ndim:
        return array[None]
    if array.ndim != ndim + 1:
        raise GeometryError("planes", name=name, shape=array.shape, ndim=ndim, channels=ndim + 1)
    return array


def check_place(trace: Trace, step: Any = 0, selection: Any = None) -> None:
    """Check that a step and a selected cell are there.

    Raises
    ------
    GeometryError
        If the story is not as long, or no such cell is drawn.

    Examples
    --------
    >>> trace = trace_of({"padding": 1})
    >>> check_place(trace, selection={"kind": "y", "index": [-1, 3]})
    >>> check_place(trace, selection={"kind": "x", "index": [3, 0]})
    Traceback (most recent call last):
    deconvviz.errors.GeometryError: selection (=x:3,0) must be a cell that is there: x:0,0 to x:2,2
    """
    below("step", step, len(trace))
    if selection is None:
        return
    kind, index = selection["kind"], selection["index"]
    first, last = _corners(trace, kind)
    there = len(index) == len(first) and all(map(_between, index, first, last))
    if not there:
        ends = {"first": first, "last": last, "value": index}
        cells = {name: write("selection", {"kind": kind, "index": at}) for name, at in ends.items()}
        raise GeometryError("missing_cell", **cells)


def _between(value: int, least: int, most: int) -> bool:
    return least <= value <= most


def _corners(trace: Trace, kind: str) -> tuple[list[int], list[int]]:
    """Return the first and last cell of a kind; of outputs, the rim that padding crops is drawn."""
    geometry = trace.geometry
    sizes = {"x": trace.input_size, "w": geometry.kernel_size, "y": trace.output_size}
    ends = {name: [n - 1 for n in size] for name, size in sizes.items()}
    origin = (0,) * geometry.ndim
    if kind != "y" or trace.direct:
        return [*origin], ends[kind]
    reached = geometry.output_index(ends["x"], ends["w"])
    return [*geometry.output_index(origin, origin)], [*map(max, ends["y"], reached)]


def _brought(data: Mapping[str, Array], name: str) -> Any:
    """Return the size that own data bring where no size says how many axes there are."""
    if name not in data:
        return TABLE[SIZES[name] or ""].default
    shape = data[name].shape
    return list(shape if len(shape) < 3 else shape[1:])


def _axes(sizes: list[Any], data: Mapping[str, Array]) -> int:
    """Return how many axes there are, 0 where nothing says so."""
    written = [len(size) for size in sizes if isinstance(size, list) and 1 <= len(size) <= 3]
    depths = [array.ndim if array.ndim < 3 else array.ndim - 1 for array in data.values()]
    return next(iter([*written, *depths]), 0)


def _check_channels(own: Mapping[str, Array]) -> None:
    counts = {name: len(array) for name, array in own.items()}
    if len(set(counts.values())) > 1:
        raise GeometryError("in_channels", value=counts["input"], expected=counts["weight"])
