"""The tables that Python and the front-end share: one JSON file each, beside this one."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> Any:
    """Return what a table holds, read once; whoever asks must not change it.

    Examples
    --------
    >>> table("tokens")["light"]["page"]
    '#ffffff'
    """
    return json.loads(files("deconvviz").joinpath(f"{name}.json").read_text(encoding="utf-8"))
