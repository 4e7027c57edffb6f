"""A trace as a file to give away."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import Any

from ..player.state import trace_of, words_of
from ..trace import Trace
from ..words import SHAPING
from .page import page


def export(thing: Any, path: str | PathLike[str], *, overwrite: bool = False, **state: Any) -> Path:
    """Write a trace to a file, and return its path.

    Parameters
    ----------
    thing
        A :class:`Trace`, a :class:`Geometry` filled with example data, or a :class:`Player`.
    path
        Ends in ``.html``: one page with the living player, which needs no network and opens from a
        disk.
    overwrite
        Whether a file that is already there may be replaced.
    **state
        Words of the player, as ``title="..."``, ``step=4``, ``view="gather"`` or ``stride=3``.

    Raises
    ------
    GeometryError
        If a word may not be that.
    ValueError
        If the path ends otherwise than in ``.html``.
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
    if path.suffix.lower() != ".html":
        raise ValueError(f"path (={str(path)!r}) must end in .html: what is written is a page")
    words = {**getattr(thing, "words", {}), **state}
    shape = {name: state[name] for name in SHAPING if name in state}
    text = page(_trace(thing, shape), **words)
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
