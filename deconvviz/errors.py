"""What can go wrong, in words that say which argument, which bound and the way out."""

from __future__ import annotations

from typing import Any

from .text import fill, load


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


class MissingExtra(ImportError):
    """An optional package is needed for this and is not installed.

    Examples
    --------
    >>> print(MissingExtra("matplotlib", extra="figures"))
    matplotlib is needed for this and is not installed: pip install "deconvviz[figures]"
    """

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(fill(load()["errors"]["missing_extra"], package=package, extra=extra))
