"""Layers with a name: the table that the player's menu, the gallery and the tests share."""

from __future__ import annotations

from typing import Any

from .. import tables
from ..checkerboard.cures import bilinear
from ..geometry import Geometry


def table() -> tuple[dict[str, Any], ...]:
    """Return the rows of presets.json: id, group, parameters, and where given weight and view.

    Titles and notes are in text/*.json under ``presets``.

    Examples
    --------
    >>> table()[8]["id"], table()[8]["parameters"]["kernel_size"]
    ('dcgan', 4)
    """
    return tuple(tables.table("presets"))


def preset(name: str) -> dict[str, Any]:
    """Return the words of a player for one preset: ``Player(**preset("dcgan"))``.

    Raises
    ------
    ValueError
        If there is no preset of that name.

    Examples
    --------
    >>> preset("causal")
    {'input_size': [5], 'kernel_size': [4], 'stride': [2], 'padding': [[0, 2]]}
    """
    rows = {row["id"]: row for row in table()}
    if name not in rows:
        raise ValueError(f"preset (={name!r}) must be one of {', '.join(rows)}")
    row = rows[name]
    view = {"view": row["view"]} if "view" in row else {}
    return {**row["parameters"], **_weight(row), **view}


def _weight(row: dict[str, Any]) -> dict[str, Any]:
    """Return the weight that a row names; the only one so far is the interpolating kernel."""
    kind = row.get("weight")
    if kind is None:
        return {}
    if kind != "bilinear":
        raise ValueError(f"weight (={kind!r}) of preset {row['id']!r} must be 'bilinear'")
    parameters = row["parameters"]
    stride = Geometry(parameters["kernel_size"], parameters["stride"]).stride
    return {"weight": [bilinear(stride).tolist()]}
