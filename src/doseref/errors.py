"""Every error that doseref raises on purpose, and the exit codes, chosen once.

Findings are not errors: they are values (see :mod:`doseref.findings`). An error here means that the
question could not be asked: wrong words on the command line, a file that is not there or not readable,
a dataset that cannot be loaded.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """The process exit codes of every command."""

    CLEAN = 0
    """Nothing at or above ``--fail-on``."""
    FINDINGS = 1
    """At least one finding at or above ``--fail-on``."""
    UNUSABLE = 2
    """Wrong usage, unreadable input, or a file that is not there."""
    INTERRUPTED = 130
    """Ctrl-C: not findings, and not an error in the input."""


class DoserefError(Exception):
    """Base of all errors raised on purpose; ``exit_code`` is what a command ends with."""

    exit_code: ExitCode = ExitCode.UNUSABLE


class UsageError(DoserefError):
    """The caller asked for something that does not exist (an option value, a rule code, a policy)."""


class InputError(DoserefError):
    """A file or stream could not be read as what it claims to be.

    ``path``, ``line`` and ``column`` (both from 1) say where, as far as that is known.
    """

    def __init__(self, message: str, *, path: str = "", line: int = 0, column: int = 0) -> None:
        self.path, self.line, self.column = path, line, column
        where = path
        if line:
            where += f":{line}"
            if column:
                where += f":{column}"
        super().__init__(f"{where}: {message}" if where else message)


class DataError(DoserefError):
    """The dataset in ``data/`` cannot be loaded; ``doseref validate`` says why, row by row."""


class QuantityError(DoserefError, ValueError):
    """A number or a unit that is not one, or two amounts that cannot meet."""


class MissingExtraError(DoserefError):
    """A feature needs an optional dependency that is not installed; the message names the extra."""

    def __init__(self, feature: str, extra: str) -> None:
        self.feature, self.extra = feature, extra
        super().__init__(f"{feature} needs an extra: python -m pip install 'doseref[{extra}]'")

    def __reduce__(self) -> tuple[type[MissingExtraError], tuple[str, str]]:
        """Made again from what it was made of: a process of :mod:`doseref.bulk` sends it to the one that tells it."""
        return type(self), (self.feature, self.extra)
