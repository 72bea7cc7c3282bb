"""Which tables a command uses: the shipped ones, with the overlay over them that the user named somewhere.

The first that is given counts: ``--data DIR``, the environment's ``DOSEREF_DATA``, ``data = "DIR"`` in ``doseref.toml`` or in
``[tool.doseref]`` of ``pyproject.toml`` (of this directory or the nearest above it; relative to that file). An overlay is
always named on standard error, so that no report passes for one by the shipped tables alone.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from doseref.refdata import Reference

VARIABLE = "DOSEREF_DATA"


def dataset(option: str | None) -> Reference:
    """The dataset for a command; ``option`` is what stands behind ``--data``.

    Raises :class:`~doseref.errors.DataError` for an overlay that is not there or not sound, and
    :class:`~doseref.errors.InputError` for settings that cannot be read.
    """
    from doseref.api import reference

    named, where = _named(option)
    loaded = reference(named)
    if loaded.overlay is not None:
        print(f"doseref: with overlay {loaded.overlay}{where}", file=sys.stderr)
    return loaded


def _named(option: str | None) -> tuple[str | None, str]:
    """The overlay's directory and, for a person, who named it."""
    if option is not None:
        return option, ""
    if os.environ.get(VARIABLE):
        return os.environ[VARIABLE], f", named by {VARIABLE}"
    return _configured()


def _configured() -> tuple[str | None, str]:
    """What the settings name; they are only read as TOML where they may name something, because reading costs a start-up."""
    here = Path.cwd()
    for directory in (here, *here.parents):
        for name in ("doseref.toml", "pyproject.toml"):
            path = directory / name
            if path.is_file():
                return _in_settings(path)
        if (directory / ".git").exists():
            break
    return None, ""


def _in_settings(path: Path) -> tuple[str | None, str]:
    try:
        content = path.read_bytes()
    except OSError:
        return None, ""  # settings that nobody asked for by name
    if b"data" not in content or (path.name == "pyproject.toml" and b"tool.doseref" not in content):
        return None, ""
    from doseref.cli.article_settings import load

    settings = load(str(path))
    return (str(settings.directory / settings.data), f", named by {path}") if settings.data else (None, "")
