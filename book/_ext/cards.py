"""What the gallery shows: a card a figure, from one table that page, pictures and tests share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from windows import Windows

from deconvviz.figures import key_frames
from deconvviz.figures.panels import Panel
from deconvviz.figures.scenes import counts, scene
from deconvviz.geometry import PARAMETERS, Geometry, Index
from deconvviz.player.listed import listed
from deconvviz.player.presets import preset, table
from deconvviz.player.state import complete, trace_of
from deconvviz.text import load
from deconvviz.words.write import query

TABLE = Path(__file__).parents[1] / "_gallery.yml"
GROUPS = ("direct", "transposed", "numeric", "networks", "telling", "more")
MOVES = ("stride", "padding", "dilation")  # what a direct convolution is told besides its arrays
ACTING = ("scatter", "gather", "multiply", "slide")  # the phases in which products are made


@dataclass(frozen=True, eq=False)
class Still:
    """One picture: its panels, and the sentence that says what they show."""

    panels: list[Panel]
    sentence: str


@dataclass(frozen=True, eq=False)
class Card:
    """One figure of the gallery.

    ``geometry`` is the transposed convolution's, ``small`` the map that it reads and that the
    direct convolution writes. ``words`` are the player's, none where no player can show it.
    ``figure`` is conv_arithmetic's name, if it has this one.
    """

    id: str
    title: str
    note: str
    geometry: Geometry | None
    small: Index
    words: dict[str, Any]
    figure: str = ""
    windows: Windows | None = None

    @property
    def large(self) -> Index:
        """The map that the transposed convolution writes and the direct one reads."""
        if self.windows is not None:
            return self.windows.map.shape
        assert self.geometry is not None
        return self.geometry.output_size(self.small)

    @property
    def sizes(self) -> tuple[Index, Index]:
        """From which size to which the figure goes."""
        return (self.large, self.small) if self.windows else (self.small, self.large)

    @property
    def ours(self) -> str:
        """The transposed convolution's own parameters."""
        return self._layer("ConvTranspose", "ours")

    @property
    def direct(self) -> str:
        """Those of the direct convolution that it transposes."""
        return self._layer("Conv", "direct")

    def _layer(self, name: str, whose: str) -> str:
        assert self.geometry is not None
        letters = load()["sizes"][whose]
        return f"{name}{self.geometry.ndim}d({', '.join(listed(letters, self.geometry))})"

    @property
    def query(self) -> str:
        """The same in an address: of the playground."""
        kept = {name: value for name, value in self.words.items() if name != "title"}
        return query(**complete(kept))

    @property
    def stills(self) -> list[Still]:
        """What stands in for the player."""
        if self.windows is not None and not self.words:
            moments = self.windows.moments
            return [Still(self.windows.panels(t), self.windows.sentence(t)) for t in moments]
        trace = trace_of(self.words)
        if self.words.get("view") == "overlap":
            panels = counts(trace.geometry, trace.input_size)
            return [Still(panels, load()["descriptions"]["overlap"])]
        return [Still(scene(trace, t), trace.sentence(t)) for t in key_frames(trace)]

    @property
    def thumbnail(self) -> int:
        """Which of its stills stands for all: one in the middle of the work."""
        if self.windows is not None and not self.words:
            return 1
        if self.words.get("view") == "overlap":
            return 0
        trace = trace_of(self.words)
        steps = key_frames(trace)
        acting = [at for at, t in enumerate(steps[:-1]) if trace.phase(t).name in ACTING]
        return acting[-1]


@cache
def cards() -> dict[str, tuple[Card, ...]]:
    """Return every card, by group."""
    rows = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    pairs = [(_direct(row), _transposed(row)) for row in rows["direct"]]
    presets = [row for row in table() if row["group"] != "arithmetic"]
    found: dict[str, list[Card]] = {
        "direct": [direct for direct, _ in pairs],
        "transposed": [transposed for _, transposed in pairs],
        "numeric": [_direct(row) for row in rows["numeric"]],
        "more": [
            _layer(row["id"], row["title"], row["note"], row["words"]) for row in rows["more"]
        ],
    }
    for row in presets:
        view = rows["views"].get(row["id"])
        card = _layer(row["id"], *_told(row["id"]), preset(row["id"]), view)
        found.setdefault(row["group"], []).append(card)
    return {group: tuple(found[group]) for group in GROUPS}


def every() -> Iterator[Card]:
    """Yield the cards of all groups."""
    for group in cards().values():
        yield from group


def _layer(
    name: str, title: str, note: str, words: dict[str, Any], view: str | None = None
) -> Card:
    shown = {**words, "title": note.removesuffix("."), **({"view": view} if view else {})}
    if view == "overlap":
        shown["step"] = len(trace_of(words)) - 1  # where every stamp has been counted
    geometry, small = _shape(words)
    return Card(name, title[0].upper() + title[1:], note, geometry, small, shown)


def _direct(row: dict[str, Any]) -> Card:
    """Return a direct convolution, alive where it is one: pooling by the largest number is none."""
    windows = _windows(row)
    geometry = None if row.get("take") == "max" else windows.transposed
    words = {} if geometry is None else _alive(windows)
    if words:
        words["title"] = row["note"].removesuffix(".")
    name = _dashed(row["figure"])
    return Card(
        *(name, row["title"], row["note"], geometry, windows.shape, words),
        figure=row["figure"],
        windows=windows,
    )


def _transposed(row: dict[str, Any]) -> Card:
    windows = _windows(row)
    named = row.get("preset")
    title, note = _told(named) if named else row["transposed"].values()
    words = {"input_size": windows.shape, **_parameters(windows.transposed), "view": "gather"}
    card = _layer(_dashed(row["figure"]) + "-transposed", f"{title}, transposed", note, words)
    figure = f"{row['figure']}_transposed" if named else ""
    return Card(card.id, card.title, note, card.geometry, card.small, card.words, figure)


def _windows(row: dict[str, Any]) -> Windows:
    p = {"d": 1, **row["parameters"]}
    return Windows.example(p["i"], p["k"], p["s"], p["p"], p["d"], row.get("take", "sum"))


def _alive(windows: Windows) -> dict[str, Any]:
    """Return the words of a player that shows a direct convolution, at its first place."""
    words = {
        "input": [_plain(windows.map)],
        "weight": [_plain(windows.kernel)],
        **{name: value for name, value in _parameters(windows.transposed).items() if name in MOVES},
        "view": "direct",
    }
    phases = {phase.name: phase.start for phase in trace_of(words).phases}
    return {**words, "step": phases["slide"]}


def _shape(words: dict[str, Any]) -> tuple[Geometry, Index]:
    whole = complete(words)
    return Geometry(**{name: whole[name] for name in PARAMETERS}), tuple(whole["input_size"])


def _parameters(geometry: Geometry) -> dict[str, Any]:
    """Return what differs from the usual, short: the axes are alike."""
    axis = geometry.axes[0]
    words = {"stride": axis.stride, "padding": axis.padding_begin}
    words |= {"output_padding": axis.output_padding, "dilation": axis.dilation}
    usual = {"stride": 1, "dilation": 1}
    kept = {name: value for name, value in words.items() if value != usual.get(name, 0)}
    return {"kernel_size": axis.kernel_size, **kept}


def _told(name: str) -> tuple[str, str]:
    words = load()["presets"]
    return words["titles"][name], words["notes"][name]


def _plain(values: Any) -> list[Any]:
    """Return numbers as JSON would: whole ones without a point."""
    whole = values.astype(int)
    return list((whole if (whole == values).all() else values).tolist())


def _dashed(name: str) -> str:
    return name.replace("_", "-")
