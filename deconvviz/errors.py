"""What can go wrong, in words that say which argument, which bound and the way out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from .text import fill, load

LONGEST, MANY, DEEPEST = 80, 8, 4  # letters, entries and lists in lists that are shown of a value
NEAR = 0.75  # of letters that two words share
_UNSEEN = dict.fromkeys((*range(32), 127), " ")


class GeometryError(ValueError):
    """Parameters or arrays that describe no transposed convolution.

    The sentence comes from ``text/en.json``, section ``errors``, so that Python and the player
    say the same. ``key`` names the sentence and ``fields`` holds what it mentions.

    Examples
    --------
    >>> print(GeometryError("output_padding", value=2, stride=2, dilation=1, most=1))
    output_padding (=2) must be smaller than stride (=2) or dilation (=1): use at most 1
    """

    def __init__(self, key: str, **fields: Any) -> None:
        self.key = key
        self.fields = fields
        super().__init__(self.sentence())

    def sentence(self, lang: str = "en") -> str:
        """Say in one language what is wrong, and how to mend it."""
        return fill(load(lang)["errors"][self.key], **self.fields)


class UnknownWord(TypeError):
    """A keyword that no player knows.

    Examples
    --------
    >>> print(UnknownWord("strides", ["kernel_size", "stride"]))
    strides is not a word of a player: use stride, or another of kernel_size, stride
    """

    def __init__(self, name: str, words: Sequence[str]) -> None:
        near = get_close_matches(name, words, n=1, cutoff=NEAR)
        key = "unknown_word_near" if near else "unknown_word"
        fields = {"name": brief(name), "near": "".join(near), "words": ", ".join(words)}
        super().__init__(fill(load()["errors"][key], **fields))


class MissingExtra(ImportError):
    """An optional package is needed for this and is not installed.

    Examples
    --------
    >>> print(MissingExtra("matplotlib", extra="figures"))
    matplotlib is needed for this and is not installed: pip install "deconvviz[figures]"
    """

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(fill(load()["errors"]["missing_extra"], package=package, extra=extra))


def shown(value: Any) -> str:
    r"""Return a value as Python writes it, on one line; of a long one, the beginning.

    Examples
    --------
    >>> shown((1, None)), shown("two\nlines"), shown([*range(9)])
    ('(1, None)', "'two lines'", '[0, 1, 2, 3, 4, 5, 6, 7, …]')
    """
    return brief(_written(value, DEEPEST))


def brief(text: str) -> str:
    """Return a text on one line; of a long one, the beginning."""
    letters = text[:LONGEST].encode("utf-8", "replace").decode()  # half a pair of units is none
    start = letters.translate(_UNSEEN)
    return start if len(text) <= LONGEST else f"{start}…"


def _written(value: Any, levels: int) -> str:
    if isinstance(value, str):
        return f"'{value}'"
    if isinstance(value, list):
        return f"[{_listed(value, levels)}]"
    if isinstance(value, tuple):
        return f"({_listed(value, levels)}{',' * (len(value) == 1)})"
    if isinstance(value, Mapping):
        return f"{{{_listed(value, levels)}}}"
    return " ".join(repr(value).split())


def _listed(value: Any, levels: int) -> str:
    if not levels:
        return "…" if value else ""
    entries = [_written(entry, levels - 1) for entry in list(value)[:MANY]]
    if isinstance(value, Mapping):
        values = map(value.__getitem__, value)
        entries = [
            f"{key}: {_written(entry, levels - 1)}"
            for key, entry in zip(entries, values, strict=False)
        ]
    return ", ".join([*entries, *["…"] * (len(value) > MANY)])
