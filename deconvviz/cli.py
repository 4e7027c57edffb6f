"""``deconvviz export``, or ``python -m deconvviz export``: a player as a file."""

from __future__ import annotations

from collections.abc import Sequence

import click

from . import __version__
from .exports import export
from .words import NAMES, TABLE, Word
from .words.check import checked
from .words.describe import describe
from .words.read import read

REFUSED, INTERRUPTED = 2, 130
FLAGS = [f"--{name.replace('_', '-')}" for name in NAMES if TABLE[name].kind == "flag"]


class _Command(click.Command):
    """A command whose flags may stand alone: ``--present`` is ``--present true``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Write the value of a flag beside it, so that it never takes the next argument."""
        pairs = zip(args, [*args[1:], ""], strict=False)
        alone = [arg in FLAGS and after not in ("true", "false") for arg, after in pairs]
        written = [f"{arg}=true" if bare else arg for arg, bare in zip(args, alone, strict=True)]
        return super().parse_args(ctx, written)


def _option(word: Word) -> click.Option:
    """Return the option of a word: what may be written, what it says, what holds without it."""
    told = describe(word)
    metavar = "|".join(filter(None, word.choices)) or word.kind.upper()
    about = told.about if word.choices else f"{told.about}: {told.values}"
    return click.Option([f"--{told.name}"], metavar=metavar, help=f"{about} [{told.without}]")


@click.group(
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="deconvviz")
@click.pass_context
def commands(context: click.Context) -> None:
    """Transposed convolution, step by step."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@commands.command(
    "export",
    cls=_Command,
    short_help="Write a player as a page.",
    params=[
        click.Argument(["path"]),
        click.Option(["--overwrite"], is_flag=True, help="Replace a file that exists."),
        *(_option(TABLE[name]) for name in NAMES),
    ],
)
def _export(path: str, overwrite: bool, **texts: str | None) -> None:
    """Write a player to PATH, x.html: a file that opens without a network.

    \b
    deconvviz export stamps.html --kernel-size 3 --stride 2 --padding 1
    """
    told = {name: read(name, text) for name, text in texts.items() if text is not None}
    words = {name: checked(name, value) for name, value in told.items()}
    click.echo(export(None, path, overwrite=overwrite, **words))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; what cannot be done is said in one line."""
    try:
        commands.main(arguments, prog_name="deconvviz", standalone_mode=False)
    except click.ClickException as error:
        return _refused(error.format_message())
    except (ValueError, ArithmeticError, OSError, MemoryError) as error:
        return _refused(str(error))
    except click.Abort:
        return INTERRUPTED
    return 0


def _refused(reason: str) -> int:
    click.echo(f"deconvviz: {' '.join(reason.split())}", err=True)
    return REFUSED
