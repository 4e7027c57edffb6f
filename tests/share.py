"""How much is tried: a small share in ``make test``, the same every time; all of it, from a seed
of its own, in ``make exhaustive``.
"""

import numpy as np

MORE = 40  # times the share

_seeds: list[int] = []  # empty where only the share is tried


def exhaust(seed):
    """Try all from now on; the same seed tries the same again."""
    _seeds[:] = [seed]


def all_of_it():
    """Return whether all is tried, not the share."""
    return bool(_seeds)


def rng(number):
    """Return the random numbers of a test, which tells itself from others by a number."""
    return np.random.default_rng([*_seeds, number])


def draws(share):
    """Return how many to draw, where a share would be so many."""
    return share * MORE if _seeds else share


def every(nth, grid):
    """Return a whole grid, or every n-th entry of it as its share."""
    return list(grid)[:: 1 if _seeds else nth]
