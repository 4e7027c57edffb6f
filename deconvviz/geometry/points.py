"""How many grid points lie below a line: counted in as many steps as Euclid's algorithm takes."""

from __future__ import annotations


def points_below(bound: int, across: int, up: int) -> int:
    """Return how many i, t >= 0 keep ``across * i + up * t`` below a bound.

    Examples
    --------
    >>> points_below(5, across=2, up=3)  # (0, 0), (0, 1), (1, 0), (2, 0)
    4
    """
    if bound <= 0:
        return 0
    last, rest = divmod(bound - 1, across)
    return last + 1 + floor_sum(last + 1, across, rest, up)


def floor_sum(count: int, slope: int, start: int, divisor: int) -> int:
    """Return the sum of ``(slope * n + start) // divisor`` over n below ``count``.

    Whole parts add up as numbers do; of what remains, rows and columns change places.

    Examples
    --------
    >>> floor_sum(4, slope=2, start=1, divisor=3) == 1 // 3 + 3 // 3 + 5 // 3 + 7 // 3
    True
    """
    total = 0
    while count:
        whole, slope = divmod(slope, divisor)
        lowest, start = divmod(start, divisor)
        total += count * (count - 1) // 2 * whole + count * lowest
        count, start = divmod(slope * count + start, divisor)
        slope, divisor = divisor, slope
    return total
