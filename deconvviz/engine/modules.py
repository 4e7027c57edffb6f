"""Models of PyTorch's, known by what they can do: which transposed convolutions are inside."""

from __future__ import annotations

from typing import Any

NAMED = 6  # so many parts are named; of more, how many there are


def is_module(thing: Any) -> bool:
    """Say whether a thing is a layer or a model, and not an array."""
    return hasattr(type(thing), "named_modules")


def transposed_parts(model: Any) -> list[str]:
    """Return how to reach each transposed convolution of a model, as one writes it.

    Examples
    --------
    >>> import torch
    >>> up = torch.nn.ConvTranspose2d(1, 1, 2)
    >>> transposed_parts(torch.nn.Sequential(torch.nn.ReLU(), torch.nn.Sequential(up)))
    ['model[1][0]']
    """
    return [
        f"model{''.join(map(_step, path.split('.')))}"
        for path, part in model.named_modules()
        if path and getattr(part, "transposed", False)
    ]


def listed(parts: list[str]) -> str:
    """Name the first few parts, and count the others."""
    more = len(parts) - NAMED
    return ", ".join(parts[:NAMED]) + (f" … (+{more})" if more > 0 else "")


def _step(name: str) -> str:
    return f"[{name}]" if name.isdigit() else f".{name}"
