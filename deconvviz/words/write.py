"""Words as attributes and addresses write them: the inverse of reading."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any
from urllib.parse import quote_plus

from . import NAMES, PER_AXIS, SIZES, TABLE


def write(name: str, value: Any) -> str:
    """Write the value of one word as its attribute does, as short as it can be read back.

    Examples
    --------
    >>> write("stride", (2, 2)), write("stride", (2, 1)), write("kernel_size", (3,))
    ('2', '2,1', '3,')
    >>> write("padding", ((1, 2), (0, 1))), write("loop", True), write("bias", 0.5)
    ('1:2,0:1', 'true', '0.5')
    >>> write("selection", {"kind": "y", "index": [2, 3]}), write("input", [[1, 2]])
    ('y:2,3', '[[1,2]]')
    """
    return _per_axis(name, value, SIZES.values()) if name in PER_AXIS else _written(name, value)


def query(**state: Any) -> str:
    """Write a state as the query of an address, as the player does: of a page with ``url``.

    ``state`` has one entry per axis, as ``complete`` of the player's state returns it.

    Examples
    --------
    >>> query(kernel_size=(4, 4), stride=(2, 2), padding=((1, 1), (0, 2)), view="gather")
    'kernel-size=4&stride=2&padding=1,0:2&view=gather'
    """
    own = any(state.get(name) is not None for name in SIZES)
    given = {name: state[name] for name in NAMES if state.get(name) is not None}
    # the kernel says how many axes there are
    words = {
        name: _per_axis(name, value, ["kernel_size"]) if name in PER_AXIS else _written(name, value)
        for name, value in given.items()
    }
    return "&".join(
        f"{name.replace('_', '-')}={quote_plus(text, safe='*,:')}"
        for name, text in words.items()
        if text != _written(name, TABLE[name].default) or (own and name in SIZES.values())
    )


def shortest(name: str, value: Any, ndim: int) -> Any:
    """Return one number where all axes are alike.

    The sizes stay one per axis where there are not two axes, as they say how many there are.

    Examples
    --------
    >>> shortest("padding", [[1, 1], [1, 1]], 2), shortest("kernel_size", [3], 1)
    (1, [3])
    """
    if name not in PER_AXIS or not isinstance(value, Sequence):
        return value
    if name in SIZES.values() and ndim != 2:
        return value
    entries = [entry[0] if _alike(entry) else entry for entry in value]
    return entries[0] if _alike(entries) and not isinstance(entries[0], Sequence) else value


def _per_axis(name: str, value: Any, counting: Any) -> str:
    if isinstance(value, str) or not isinstance(value, Sequence):
        return str(value)
    entries = [_sides(entry) for entry in value]
    if entries and _alike(entries) and (name not in counting or len(entries) == 2):
        return entries[0]
    return ",".join(entries) + "," * (len(entries) == 1)


def _sides(entry: Any) -> str:
    if isinstance(entry, str) or not isinstance(entry, Sequence):
        return str(entry)
    return str(entry[0]) if entry and _alike(entry) else ":".join(map(str, entry))


def _alike(entries: Any) -> bool:
    return isinstance(entries, Sequence) and all(a == b for a, b in pairwise(entries))


def _written(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if name in SIZES and not isinstance(value, str):
        listed = value.tolist() if hasattr(value, "tolist") else value
        return json.dumps(listed, separators=(",", ":"))
    if isinstance(value, Mapping):
        return f"{value['kind']}:{','.join(map(str, value['index']))}"
    return str(value)
