"""``deconvviz export``: a player as a file, from the command line."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from .exports import export
from .markup import NAMES, STATE, parse
from .state import trace_of

EPILOG = """\
Values are written as in <deconv-viz>: 3 for every axis, 3,2 per axis, 3, for one axis, and
padding 1:2 for a begin and an end; data as JSON: --input "[[1, 2], [3, 4]]".
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; what cannot be done is said in one line."""
    chosen = _parser().parse_args(arguments)
    try:
        print(_export(chosen))
    except (ValueError, OSError) as error:
        print(f"deconvviz: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="deconvviz", description="Transposed convolution, step by step.")
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser(
        "export", help="write a player to a file that opens without a network", epilog=EPILOG
    )
    command.add_argument("path", help="the file to write: x.html")
    command.add_argument("--overwrite", action="store_true", help="replace a file that exists")
    for name in NAMES:
        command.add_argument(f"--{name.replace('_', '-')}")
    return parser


def _export(chosen: Namespace) -> str:
    given = {name: getattr(chosen, name) for name in NAMES}
    words = {name: parse(name, text) for name, text in given.items() if text is not None}
    state = {name: words[name] for name in STATE if name in words}
    return str(export(trace_of(words), chosen.path, overwrite=chosen.overwrite, **state))


if __name__ == "__main__":
    sys.exit(main())
