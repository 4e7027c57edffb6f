"""A trace as a file to give away."""

from __future__ import annotations

from contextlib import suppress
from os import PathLike, getpid
from pathlib import Path
from typing import Any

from ..player.state import trace_of, words_of
from ..text import fill, load
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
    OSError
        If it cannot be written; what was there before is still there.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> import deconvviz as dv
    >>> dv.export(dv.Geometry(3, stride=2), mkdtemp() + "/stamps.html", step=4).name
    'stamps.html'
    """
    path = Path(path)
    if path.suffix.lower() != ".html":
        raise ValueError(_said("suffix", path))
    if path.exists() and not overwrite:
        raise FileExistsError(_said("exists", path))
    words = {**getattr(thing, "words", {}), **state}
    shape = {name: state[name] for name in SHAPING if name in state}
    _put(path, page(_trace(thing, shape), **words))
    return path


def _put(path: Path, text: str) -> None:
    """Write a file whole or not at all: under another name beside it first."""
    part = path.with_name(f"{path.name}.{getpid()}.part")
    try:
        with part.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
        part.replace(path)
    except OSError as error:
        raise type(error)(_said("unwritten", path, reason=error.strerror or str(error))) from None
    finally:
        with suppress(OSError):  # there is none, most times
            part.unlink()


def _said(key: str, path: Path, **fields: str) -> str:
    return fill(load()["errors"][key], path=repr(str(path)), **fields)


def _trace(thing: Any, shape: dict[str, Any]) -> Trace:
    trace = getattr(thing, "trace", thing)
    if isinstance(trace, Trace) and not shape:
        return trace
    return trace_of({**words_of(trace), **shape})
