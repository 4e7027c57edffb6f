"""A trace as a file to give away. One file here a kind of file."""

from __future__ import annotations

from collections.abc import Callable
from os import PathLike
from pathlib import Path
from typing import Any

from ..player.state import trace_of, words_of
from ..trace import Trace
from ..words import SHAPING
from .page import page

WRITERS: dict[str, Callable[..., str]] = {".html": page}


def export(thing: Any, path: str | PathLike[str], *, overwrite: bool = False, **state: Any) -> Path:
    """Write a trace to a file, and return its path.

    Parameters
    ----------
    thing
        A :class:`Trace`, a :class:`Geometry` filled with example data, or a :class:`Player`.
    path
        The suffix says what is written: ``.html``, one page with the living player that needs no
        network and opens from a disk.
    overwrite
        Whether a file that is already there may be replaced.
    **state
        Words of the player, as ``title="..."``, ``step=4``, ``view="gather"`` or ``stride=3``.

    Raises
    ------
    GeometryError
        If a word may not be that.
    ValueError
        If nothing here writes that suffix.
    FileExistsError
        If the file exists and ``overwrite`` is not given.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> import deconvviz as dv
    >>> dv.export(dv.Geometry(3, stride=2), mkdtemp() + "/stamps.html", step=4).name
    'stamps.html'
    """
    path = Path(path)
    write = WRITERS.get(path.suffix.lower())
    if write is None:
        kinds = ", ".join(WRITERS)
        raise ValueError(
            f"path (={str(path)!r}) must end in one of {kinds}, which says what to write"
        )
    words = {**getattr(thing, "words", {}), **state}
    shape = {name: state[name] for name in SHAPING if name in state}
    text = write(_trace(thing, shape), **words)
    try:
        with path.open("w" if overwrite else "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise FileExistsError(
            f"{path} exists already: choose another name, or replace it with overwrite=True"
        ) from None
    return path


def _trace(thing: Any, shape: dict[str, Any]) -> Trace:
    trace = getattr(thing, "trace", thing)
    if isinstance(trace, Trace) and not shape:
        return trace
    return trace_of({**words_of(trace), **shape})
