"""Paired measurements: rivals take turns, and the median of their ratios is told.

What counts is processor time of this one thread, so that other programs are not measured too.
Memory that one rival frees serves the next: the C library is made to keep it, for all alike, since
asking the system for an output anew can take longer than computing it.
"""

from collections.abc import Callable
from math import exp, log
from statistics import median
from time import perf_counter, thread_time
from typing import NamedTuple

import numpy as np
from threadpoolctl import threadpool_info

LEAST = 3e-3  # seconds that a rival runs at a stretch: after another's turn the caches are cold


BLOCK = 31 << 20  # bytes: the largest that glibc learns to keep, once it was freed


class Race(NamedTuple):
    """Median milliseconds of every rival, the best, and the median ratio of the first to each."""

    milliseconds: list[float]
    best: list[float]
    ratios: list[float]


def race(*rivals: Callable[[], object], seconds: float = 0.6, rounds: int = 9) -> Race:
    np.empty(BLOCK, np.uint8)
    for rival in rivals:
        rival()  # what is planned or loaded once
    repeats = [max(1, round(LEAST / _once(rival, 2))) for rival in rivals]
    timed, end = [], perf_counter() + seconds
    while len(timed) < rounds or perf_counter() < end:
        timed.append([_once(*pair) for pair in zip(rivals, repeats, strict=True)])
    columns = list(zip(*timed, strict=True))
    ratios = [median(a / b for a, b in zip(columns[0], column, strict=True)) for column in columns]
    medians, best = ([f(column) * 1e3 for column in columns] for f in (median, min))
    return Race(medians, best, ratios)


def geomean(ratios: list[float]) -> float:
    return exp(sum(map(log, ratios)) / len(ratios))


def machine() -> str:
    """Name the libraries that multiply, and insist that each has one thread."""
    pools = threadpool_info()
    for pool in pools:
        assert pool["num_threads"] == 1, f"{pool['internal_api']} has {pool['num_threads']} threads"
    named = (
        f"{pool['internal_api']} {pool['version'] or ''} {pool.get('architecture', '')}".strip()
        for pool in pools
    )
    return "; ".join(named)


def _once(rival: Callable[[], object], repeats: int) -> float:
    start = thread_time()
    for _ in range(repeats):
        rival()
    return (thread_time() - start) / repeats
