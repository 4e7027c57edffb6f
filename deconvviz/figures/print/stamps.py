"""How many stamps meet at every output cell, drawn for print."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes

from ...geometry import Geometry
from ...geometry.arguments import instance
from ..scenes import counts
from .grid import sheet_of


def overlap(
    geometry: Geometry,
    input_size: Any,
    *,
    theme: str = "light",
    lang: str = "en",
    ax: Axes | None = None,
) -> Axes:
    """Draw how many stamps meet at every output cell.

    The count of a cell is the count of its row times the count of its column, which stand at the
    sides. Cells that no stamp reaches are hatched; a frame marks one period, where the counts
    repeat. A large output is drawn as an image. See Odena et al., *Deconvolution and Checkerboard
    Artifacts*, Distill (2016).

    Parameters
    ----------
    geometry
        One axis is a row of cells, three are slices side by side.
    input_size
        One whole number, or one per axis.
    theme
        "light" or "dark".
    lang
        Language of the caption.
    ax
        Where to draw; by default on a new figure of pyplot's.

    Returns
    -------
    Axes
        Its unit is a cell, y downwards.

    Raises
    ------
    GeometryError
        If there is no output of that input size.
    MissingExtra
        If matplotlib is not installed.

    Examples
    --------
    >>> ax = overlap(Geometry((3,), stride=2), 3)
    >>> [text.get_text() for text in ax.texts]
    ['y', 'stamps in each cell, 7', '1', '1', '2', '1', '2', '1', '1']
    """
    instance("geometry", geometry, Geometry, "not_a_geometry")
    return sheet_of(counts(geometry, input_size, lang), theme, ax)
