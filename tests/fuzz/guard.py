"""What a door may do with an odd argument: take it, or refuse it in our own words, soon."""

import resource
import signal
import traceback
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import pytest

import deconvviz
from deconvviz.engine import layer
from tests import share

PACKAGE = Path(deconvviz.__file__).parent
MOST_BYTES = 500 * 2**20
HELD = MOST_BYTES // 10  # what the package takes for the memory of the machine
OWN = ValueError, TypeError, IndexError, ImportError, OSError


class Slow(BaseException):
    """A call that is at work for too long; nothing in the package may catch it."""


def seconds():
    """Return how long a call may be at work; the share in ``make test`` only stops a hang."""
    return 2 if share.all_of_it() else 20


def refused(call, *arguments, **named):
    """Return whether a call refuses its arguments, and fail where the words are not ours."""
    try:
        with _bounded():
            call(*arguments, **named)
    except OWN as error:
        if not is_ours(error):
            pytest.fail(_told(error))
        return True
    return False


def is_ours(error):
    """Return whether a file of the package raised an error, and not something that it called."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return Path(last.filename).is_relative_to(PACKAGE) and (last.line or "").startswith("raise")


def _told(error):
    lines = traceback.format_exception(error)
    return "in words that are not ours:\n" + "".join(lines[-6:])


@contextmanager
def _bounded():
    """Let a call work for a few seconds of this process's own time, and take so much memory."""
    low, high = resource.getrlimit(resource.RLIMIT_AS)
    before = signal.signal(signal.SIGVTALRM, _stop)
    resource.setrlimit(resource.RLIMIT_AS, (_taken() + MOST_BYTES, high))
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds())
    try:
        with patch.object(layer, "_memory", lambda: HELD):
            yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        resource.setrlimit(resource.RLIMIT_AS, (low, high))
        signal.signal(signal.SIGVTALRM, before)


def _stop(*_):
    raise Slow(f"at work for more than {seconds()} seconds")


def _taken():
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    return pages * resource.getpagesize()
