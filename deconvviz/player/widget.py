"""The player in Jupyter: its traits are the state of the player, in the words of the page.

The page computes and draws; Python mirrors its words and checks them by the same rules. The only
file that knows anywidget.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import anywidget
from traitlets import Any as Free
from traitlets import TraitError, observe, validate

from ..engine.arrays import Array
from ..errors import GeometryError
from ..geometry import Geometry
from ..text import load
from ..trace import Trace
from ..words import APPEARANCE, NAMES, SHAPING, SIZES, TABLE
from ..words.check import checked, known
from ..words.write import shortest
from .cell import shown
from .markup import element, element_of, still
from .question import question
from .state import Computation, check_place, computation, planes, words_of

TRAITS = {word.trait: name for name, word in TABLE.items()}
PLACES = ("step", "selection")
APART = [trait for trait, name in TRAITS.items() if name not in (*SHAPING, *PLACES)]


class ImpossibleState(GeometryError, TraitError):
    """A GeometryError at which traitlets takes back every change made together with it."""


class Trait(Free):
    """A trait whose check also hears of None, which traitlets otherwise lets pass unasked."""

    allow_none = False


class Player(anywidget.AnyWidget):
    r"""The player as a widget: shows in a notebook, moves from Python, tells what the reader does.

    Parameters
    ----------
    of
        A trace, whose data are then the player's own, or a geometry, which is filled with example
        data. Without either, the words alone say what is shown.
    **state
        Any word of the player: ``deconvviz.words.NAMES``, and ``playing``. Each is also a
        trait: assign it, ``observe`` it, ``jslink`` it to another widget; only ``keys`` is the
        trait ``keyboard``, as ipywidgets has taken that name. A number that stands for all axes
        stays one, so that a slider can be joined to it; but ``input_size`` is one per axis where
        there is one axis or three, as it says how many there are.
        Own data, ``input`` and ``weight`` of shape (channels, \*size) or one plane without
        channels, bring their size with them; at another size they keep their numbers, and cells
        that were not there take the example's. ``None`` is a word's default, here and assigned.

        With ``ask``, the trait ``answered`` turns true once the reader has answered or skipped:
        ``player.observe(show, "answered")``. Assigned, it tells the answer, or asks again.

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
    (3, (9, 9))
    """

    _esm = Path(__file__).parents[1] / "static" / "deconvviz.mjs"

    # known to mypy by name; the table makes them all
    step: int
    selection: dict[str, Any] | None
    vars().update({word.trait: Trait(word.default).tag(sync=True) for word in TABLE.values()})
    _sentences = Free(None, allow_none=True).tag(sync=True)  # of a language that is not English

    _ready = False  # at the start, data come with their size
    _judged: tuple[dict[str, Any], Computation] | None = None  # the last words, and what they ask
    _told: tuple[Computation, Trace] | None = None

    def __init__(self, of: Trace | Geometry | None = None, **state: Any) -> None:
        words = {**words_of(of), **state}
        known(words, tuple(TABLE))
        told = {k: word for k, word in words.items() if word is not None or k not in SHAPING}
        given = {name: checked(name, value) for name, value in told.items()}
        asked = computation(given)
        sized = {
            name: asked.words[name] for name in (*SIZES, *SIZES.values()) if name in asked.words
        }
        short = {name: shortest(name, value, asked.geometry.ndim) for name, value in sized.items()}
        whole = {**given, **short}
        self._judged = ({name: whole.get(name, TABLE[name].default) for name in SHAPING}, asked)
        if given.get("ask"):
            self._told = asked, asked.trace()
            question(self._told[1], given["ask"])
        super().__init__(**{TABLE[name].trait: value for name, value in whole.items()})
        self._ready = True

    @property
    def trace(self) -> Trace:
        """The present computation, step by step."""
        return self._trace_of(self._words())

    @property
    def output(self) -> Array:
        """The present output plane, shape ``trace.output_size``."""
        return self.trace.output

    @contextmanager
    def hold_trait_notifications(self) -> Iterator[None]:
        """Change several traits as one; the page hears of them in one message, too."""
        with self.hold_sync(), super().hold_trait_notifications():
            yield

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take what the page says; of an impossible choice, which the page explains, only the rest.

        Our page tells possible choices only; a slider that is linked in the browser may not.
        """
        words = {name: value for name, value in sync_data.items() if name in (*SHAPING, *PLACES)}
        try:
            given = {name: checked(name, value) for name, value in words.items()}
            place = {name: given.pop(name) for name in PLACES if name in given}
            check_place(self._trace_of({**self._words(), **given}), **place)
        except GeometryError:
            sync_data = {name: sync_data[name] for name in sync_data.keys() - words}
        super().set_state(sync_data)

    def __repr__(self) -> str:
        return f"<Player step {self.step + 1} of {len(self.trace)}: {self.trace!r}>"

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Show a widget where there is a kernel, and an element where there is none."""
        bundle = super()._repr_mimebundle_(**kwargs)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle or {}, {})
        return shown({**data, "text/plain": repr(self)}, self.html), metadata

    @property
    def words(self) -> dict[str, Any]:
        """Every word that is not left at its default."""
        return self._chosen(NAMES)

    @property
    def appearance(self) -> dict[str, Any]:
        """Every word that does not shape the computation and is not left at its default."""
        return self._chosen(APPEARANCE)

    def _chosen(self, names: Iterable[str]) -> dict[str, Any]:
        now = {name: getattr(self, TABLE[name].trait) for name in names}
        return {name: value for name, value in now.items() if value != TABLE[name].default}

    @property
    def html(self) -> str:
        """The element that shows this player on any page, with its still picture inside."""
        told = {name: getattr(self, name) for name in ("view", "lang", "ask", "step")}
        fallback = still(self.trace, self.title or None, **told)
        if self.input is None and self.weight is None:
            return element(fallback=fallback, **self.words)
        return element_of(self.trace, self.words, fallback)

    def _words(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in SHAPING}

    def _computation(self, words: dict[str, Any]) -> Computation:
        """Judge the words that shape the computation together, once for every change."""
        if self._judged is None or self._judged[0] != words:
            self._judged = words, computation(words)
        return self._judged[1]

    def _trace_of(self, words: dict[str, Any]) -> Trace:
        asked = self._computation(words)
        if self._told is None or self._told[0] is not asked:
            self._told = asked, asked.trace()
        return self._told[1]

    @validate(*SHAPING)
    def _possible(self, proposal: Any) -> Any:
        name, value = proposal["trait"].name, proposal["value"]
        with _refusing():
            kept = checked(name, TABLE[name].default if value is None else value)
            if name == "input_size" and self._ndim != 2 and isinstance(kept, int):
                kept = [kept] * self._ndim  # a single number would not say how many axes there are
            words = {**self._words(), **self._brought(name, kept), name: kept}
            asked = self._computation(words)
        if name in asked.own:  # one plane becomes one of several channels
            kept = asked.words[name]
            self._judged = {**words, name: kept}, asked
        return kept

    @validate(*PLACES)
    def _inside(self, proposal: Any) -> Any:
        name = proposal["trait"].name
        with _refusing():
            value = checked(name, proposal["value"])
            check_place(self.trace, **{name: value})
        return value

    @validate(*APART)
    def _known(self, proposal: Any) -> Any:
        trait = proposal["trait"].name
        with _refusing():
            value = checked(TRAITS[trait], proposal["value"])
            if trait == "ask" and value:
                question(self.trace, value)
        if trait == "lang":  # the page must have the sentences before it hears of the language
            self._sentences = None if value == "en" else load(value)
        return value

    def _brought(self, name: str, data: Any) -> dict[str, Any]:
        """Return the size that new data bring; from the page they come with it."""
        size = SIZES.get(name)
        if size is None or data is None or name in self._property_lock or not self._ready:
            return {}
        ndim = self._ndim
        return {size: shortest(size, list(planes(name, data, ndim).shape[1:]), ndim)}

    @observe(*SHAPING)
    def _follow(self, change: Any) -> None:
        """Let data bring their size; keep step and cell, or the last step and no cell."""
        for name, size in self._brought(change["name"], change["new"]).items():
            setattr(self, name, size)
        self.step = min(self.step, len(self.trace) - 1)
        try:
            check_place(self.trace, selection=self.selection)
        except GeometryError:
            self.selection = None
        if self._ndim != 2:
            self.input_size = list(self.trace.input_size)

    @property
    def _ndim(self) -> int:
        """Return how many axes the last words had that were judged possible."""
        return self._judged[1].geometry.ndim if self._judged else 2


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except GeometryError as error:
        raise ImpossibleState(error.key, **error.fields) from None
