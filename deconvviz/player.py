"""The player in Jupyter: its traits are the state of the player, in the words of the page.

The page computes and draws; Python mirrors its words and checks them by the same rules. The only
file that knows anywidget.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import anywidget
from traitlets import Any as Free
from traitlets import CFloat, TraitError, Unicode, observe, validate

from .choices import CHOICES, FLAGS, checked
from .engine import Array
from .errors import GeometryError
from .geometry import Geometry, whole_number
from .markup import DATA, NAMES, STATE, element, still
from .state import SHAPING, SIZES, complete, size_of, trace_of, words_of
from .text import load
from .trace import Trace

TRAITS = {"keys": "keyboard"}  # ipywidgets keeps the names of the traits in ``keys``
WORDS = {trait: name for name, trait in TRAITS.items()}
CHECKED = [
    TRAITS.get(name, name)
    for name in (*CHOICES, "lang", *FLAGS, "speed", "beside")
    if name != "view"
]


class ImpossibleState(GeometryError, TraitError):
    """A GeometryError at which traitlets takes back every change made together with it."""


class Player(anywidget.AnyWidget):
    r"""The player as a widget: shows in a notebook, moves from Python, tells what the reader does.

    Parameters
    ----------
    of
        A trace, whose data are then the player's own, or a geometry, which is filled with example
        data. Without either, the words alone say what is shown.
    **state
        ``input_size kernel_size stride padding output_padding dilation input weight bias groups
        out_channel view step playing speed selection lang theme controls keys autoplay loop title
        predict exercise present beside``. Each is also a trait: assign it, ``observe`` it,
        ``jslink`` it to another widget; only ``keys`` is the trait ``keyboard``, as ipywidgets has
        taken that name.
        Own data, ``input`` and ``weight`` of shape (channels, \*size) or one plane without
        channels, bring their size with them; at another size they keep their numbers, and cells
        that were not there take the example's.

    Raises
    ------
    GeometryError
        For an impossible choice, at the start or at an assignment, which then changes nothing.
        Where one choice is possible only with another, assign both inside
        ``with player.hold_trait_notifications():``.

    Examples
    --------
    >>> player = Player(Geometry(3, stride=2), step=4)
    >>> player.stride = 3
    >>> player.stride, player.output.shape
    ([3, 3], (9, 9))
    """

    _esm = Path(__file__).parent / "static" / "deconvviz.mjs"

    input_size = Free([3, 3]).tag(sync=True)
    kernel_size = Free([3, 3]).tag(sync=True)
    stride = Free([1, 1]).tag(sync=True)
    padding = Free([[0, 0], [0, 0]]).tag(sync=True)
    output_padding = Free([0, 0]).tag(sync=True)
    dilation = Free([1, 1]).tag(sync=True)
    input = Free(None, allow_none=True).tag(sync=True)
    weight = Free(None, allow_none=True).tag(sync=True)
    bias = CFloat(None, allow_none=True).tag(sync=True)
    groups = Free(1).tag(sync=True)
    out_channel = Free(0).tag(sync=True)
    view = Free("scatter").tag(sync=True)
    step = Free(0).tag(sync=True)
    playing = Free(False).tag(sync=True)
    speed = Free(1.0).tag(sync=True)
    selection = Free(None, allow_none=True).tag(sync=True)
    lang = Free("en").tag(sync=True)
    theme = Free("auto").tag(sync=True)
    controls = Free("full").tag(sync=True)
    keyboard = Free("on").tag(sync=True)
    autoplay = Free(False).tag(sync=True)
    loop = Free(False).tag(sync=True)
    title = Unicode("").tag(sync=True)
    predict = Free(False).tag(sync=True)
    exercise = Free("").tag(sync=True)
    present = Free(False).tag(sync=True)
    beside = Free("auto").tag(sync=True)
    _sentences = Free(None, allow_none=True).tag(sync=True)  # of a language that is not English

    _ready = False  # at the start, data come with their size

    def __init__(self, of: Trace | Geometry | None = None, **state: Any) -> None:
        words = {TRAITS.get(name, name): value for name, value in state.items()}
        if unknown := sorted(set(words) - set(self.trait_names())):
            raise TypeError(f"Player has no {', '.join(unknown)}: its words are {', '.join(NAMES)}")
        super().__init__(**complete({**words_of(of), **words}))
        self._ready = True

    @property
    def trace(self) -> Trace:
        """The present computation, step by step."""
        words = self._words()
        if words != getattr(self, "_recorded", None):
            self._trace, self._recorded = trace_of(words), words
        return self._trace

    @property
    def output(self) -> Array:
        """The present output plane, shape ``trace.output_size``."""
        return self.trace.output

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take what the page says; of an impossible choice, which the page explains, only the rest.

        Our page tells possible choices only; a slider that is linked in the browser may not.
        """
        words = {name: value for name, value in sync_data.items() if name in (*SHAPING, "step")}
        try:
            _place(words.get("step", 0), trace_of({**self._words(), **words}))
        except GeometryError:
            sync_data = {name: sync_data[name] for name in sync_data.keys() - words}
        super().set_state(sync_data)

    def __repr__(self) -> str:
        return f"<Player step {self.step + 1} of {len(self.trace)}: {self.trace!r}>"

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Show a widget where there is a kernel, and an element where there is none."""
        bundle = super()._repr_mimebundle_(**kwargs)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle or {}, {})
        return {**data, "text/plain": repr(self), "text/html": self.html}, metadata

    @property
    def appearance(self) -> dict[str, Any]:
        """Every word that does not shape the computation and is not left at its default."""
        return self._chosen(STATE)

    def _chosen(self, names: Iterable[str]) -> dict[str, Any]:
        traits = {name: TRAITS.get(name, name) for name in names}
        default = {name: self.traits()[trait].default_value for name, trait in traits.items()}
        now = {name: getattr(self, trait) for name, trait in traits.items()}
        return {name: now[name] for name in names if now[name] != default[name]}

    @property
    def html(self) -> str:
        """The element that shows this player on any page, with its still picture inside."""
        fallback = still(self.trace, self.title or None, view=self.view, lang=self.lang)
        # a trace holds one group only; of more, the words tell the whole layer
        if self.groups > 1 or (self.input is None and self.weight is None):
            return element(fallback=fallback, **self._chosen(NAMES))
        return element(self.trace, fallback=fallback, **self.appearance)

    def _words(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in SHAPING}

    @validate(*SHAPING)
    def _possible(self, proposal: Any) -> Any:
        name, value = proposal["trait"].name, proposal["value"]
        with _refusing():
            checked(name, value)
            size = self._brought(name, value)
            return complete({**self._words(), **size, name: value})[name]

    @validate("step")
    def _inside(self, proposal: Any) -> int:
        with _refusing():
            return _place(proposal["value"], self.trace)

    @validate("selection")
    def _a_cell(self, proposal: Any) -> Any:
        cell = proposal["value"]
        if cell is None:
            return None
        known = isinstance(cell, Mapping) and set(cell) == {"kind", "index"}
        if not known or cell["kind"] not in ("x", "w", "y"):
            raise ImpossibleState("selection", value=repr(cell))
        with _refusing():
            index = [whole_number("selection", i, -(10**9)) for i in cell["index"]]
        return {"kind": cell["kind"], "index": index}

    @validate(*CHECKED)
    def _known(self, proposal: Any) -> Any:
        trait = proposal["trait"].name
        with _refusing():
            value = checked(WORDS.get(trait, trait), proposal["value"])
        if trait == "lang":  # the page must have the sentences before it hears of the language
            self._sentences = None if value == "en" else load(value)
        return value

    def _brought(self, name: str, value: Any) -> dict[str, Any]:
        """Return the size that new data bring; from the page they come with it."""
        if name not in DATA or value is None or name in self._property_lock or not self._ready:
            return {}
        return {SIZES[name]: size_of(name, value, len(self.kernel_size))}

    @observe(*DATA)
    def _resize(self, change: Any) -> None:
        for name, size in self._brought(change["name"], change["new"]).items():
            setattr(self, name, size)

    @observe(*SHAPING)
    def _stay_inside(self, _: Any) -> None:
        """Keep the step, as the page does; where the story is now shorter, its last one."""
        self.step = min(self.step, len(self.trace) - 1)


def _place(step: Any, trace: Trace) -> int:
    place, bound = whole_number("step", step, 0), len(trace)
    if place >= bound:
        raise GeometryError("below", name="step", value=place, bound=bound, most=bound - 1)
    return place


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except GeometryError as error:
        raise ImpossibleState(error.key, **error.fields) from None
