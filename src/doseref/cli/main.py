"""The ``doseref`` program: finds the command in the first word and loads that command alone."""

import os
import re
import sys
from contextlib import suppress
from importlib import import_module
from types import ModuleType
from typing import Any, TextIO

import typer

from doseref.cli import common
from doseref.cli.plain_params import make_plain
from doseref.errors import DoserefError, ExitCode, UsageError
from doseref.patterns import regex
from doseref.streams import printable

COMMANDS: dict[str, tuple[str, str]] = {
    "check": ("doseref.cli.check", "Judge a regimen: totals, limits, doublings."),
    "bulk": ("doseref.cli.bulk", "Judge a file of many people into tables."),
    "parse": ("doseref.cli.parse", "Show how a dosage instruction is read."),
    "show": ("doseref.cli.show", "What the sources say, side by side."),
    "extract": ("doseref.cli.extract", "The dosing statements in articles."),
    "reconcile": ("doseref.cli.reconcile", "Where articles contradict each other."),
    "lsp": ("doseref.cli.lsp", "A language server for articles."),
    "validate": ("doseref.cli.validate", "Check the dataset."),
    "import": ("doseref.cli.import_", "Label files or RxNorm into an overlay."),
    "export": ("doseref.cli.export", "The tables for joins elsewhere."),
    "convert": ("doseref.cli.convert", "Convert a quantity, with the working."),
    "rules": ("doseref.cli.rules", "What a rule means, with examples."),
    "serve": ("doseref.cli.serve", "CDS Hooks, a JSON API and a page."),
    "schema": ("doseref.cli.schema", "The JSON Schema of what a command writes."),
}
"""Command → the module that holds it (a function of the same name) and its line in ``doseref --help``."""

_RULE = regex(r"[rad][0-9]{3}", re.I)

_ABOUT = """A medication and supplement reference checker.

It adds up ingredients across products, compares with the limits of each source, finds contradictions between
articles, shows its working, and says what it did not assess. It never guesses a drug, a unit or a dose.

Exit code: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage or unreadable input.
"""


def _version(value: bool) -> None:
    if value:
        from doseref import __version__
        from doseref.tables.load import data_digest, data_directory, data_version, data_vintage

        directory = data_directory()
        typer.echo(f"doseref {__version__}, data {data_version(directory)} ({data_digest(directory)[:7]})")
        typer.echo(data_vintage(directory))
        raise typer.Exit


def _root(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Program and data version, and how old the data are."
    ),
    color: str = typer.Option("auto", "--color", metavar="WHEN", help="auto, always or never; with any command."),
    install_completion: str = typer.Option(
        "",
        "--install-completion",
        metavar="SHELL",
        help="Complete commands, options, rule codes and drug names in bash, zsh or fish.",
    ),
) -> None:
    """Options of the program itself."""


def _named(first: str) -> str | None:
    """The command that the first word names."""
    return first if first in COMMANDS else None


def build(arguments: list[str]) -> Any:
    """The program for these arguments: with one command in full, or with all of them as lines of help."""
    app = typer.Typer(
        add_completion=False,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        help=_ABOUT,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(help=_ABOUT)(_root)
    wanted = next((word for word in arguments if not word.startswith("-")), "")
    command = _named(wanted)
    for name, (module, line) in COMMANDS.items():
        if name == command:
            app.command(name, context_settings={"help_option_names": ["-h", "--help"]})(
                _function(import_module(module), name)
            )
        elif command is None:
            app.command(name, help=line)(_stub)
    return app


def _function(module: ModuleType, command: str) -> Any:
    """The function of a command; ``import`` is a word of the language, so its function ends in an underscore."""
    return getattr(module, command, None) or getattr(module, f"{command}_")


def _refuse_a_rule(words: list[str]) -> None:
    """What a rule means is asked with ``rules``, not ``explain``, and not with the bare code; raises
    :class:`UsageError`.
    """
    if not words or _named(words[0]):
        return
    first, *others = words
    code = next((word for word in words if _RULE.fullmatch(word)), "")
    if first.lower() in ("explain", "rule") or (code == first and not others):
        raise UsageError(f"there is no command '{first}'; what a rule means: doseref rules {code.upper() or 'CODE'}")


def _stub() -> None:
    """A line of help; the command itself is loaded when it is named."""


def run(arguments: list[str] | None = None) -> None:
    """Run the program and end the process with its exit code."""
    words = [printable(word) for word in (sys.argv[1:] if arguments is None else arguments)]
    if sys.stdout is None:  # closed by the shell: ">&-"
        if sys.stderr is not None:
            sys.stderr.write("doseref: standard output is closed\n")
        raise SystemExit(int(ExitCode.UNUSABLE))
    for stream in (sys.stdout, sys.stderr):
        # What a terminal cannot show is replaced, never a traceback; the commands write plain words first of all.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        if words[:1] and words[0] in ("--complete", "--install-completion", "--show-completion"):
            from doseref.cli import completion

            completion.asked(words, ((name, module) for name, (module, _) in COMMANDS.items()))
            return
        words = common.take_colour(words)
        command = typer.main.get_command(build(words))
        make_plain(command)
        _refuse_a_rule(words)
        command(args=words, prog_name="doseref")
    except DoserefError as error:
        _tell(str(error))
        _end(error.exit_code)
    except SystemExit as ended:
        if not isinstance(ended.__context__, BrokenPipeError):
            raise
        # The framework turned the closed pipe into exit code 1, which here would mean findings.
        _forget_output()
        _end(ExitCode.CLEAN)
    except BrokenPipeError:
        # The reader went away (head); that is no finding.
        _forget_output()
        _end(ExitCode.CLEAN)
    except KeyboardInterrupt:
        typer.echo("doseref: interrupted", err=True)
        _end(ExitCode.INTERRUPTED)
    except OSError as error:
        _tell(f"{error.filename or 'output'}: {error.strerror or error}")
        _forget_output()
        _end(ExitCode.UNUSABLE)


def _tell(message: str) -> None:
    """Say it on standard error; where that cannot be written either, the exit code alone has to tell."""
    try:
        common.tell(message)
        if sys.stderr is not None:
            sys.stderr.flush()
    except OSError:
        _forget(sys.stderr)


def _forget_output() -> None:
    """Drop what is left in the buffer: Python must not try to write it again while closing,
    and fail with another code.
    """
    _forget(sys.stdout)


def _forget(stream: TextIO) -> None:
    with suppress(OSError, ValueError):  # there is no such thing as a file number where output is caught
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _end(code: ExitCode) -> None:
    raise SystemExit(int(code))
