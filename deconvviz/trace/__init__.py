"""One computation told step by step, in several views; ``to_dict()`` is what players are given."""

from .steps import Frame
from .trace import SCHEMA, STORIES, VIEWS, Phase, Trace, record

__all__ = ["SCHEMA", "STORIES", "VIEWS", "Frame", "Phase", "Trace", "record"]
