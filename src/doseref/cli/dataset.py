"""Which tables a command uses: the shipped ones, with the overlay over them that the user named somewhere.

The first that is given counts: ``--data DIR``, the environment's ``DOSEREF_DATA``, ``data = "DIR"`` in ``doseref.toml``
or in ``[tool.doseref]`` of ``pyproject.toml`` (of this directory or the nearest above it; relative to that file). An
overlay is always named on standard error, so that no report passes for one by the shipped tables alone.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from doseref.cli.common import tell

if TYPE_CHECKING:
    from doseref.cli.settings import Settings
    from doseref.refdata import Reference

VARIABLE = "DOSEREF_DATA"


def dataset(option: str | None, settings: Settings | None = None) -> Reference:
    """The dataset for a command; ``option`` is what stands behind ``--data``, ``settings`` are those read already.

    Raises :class:`~doseref.errors.DataError` for an overlay that is not there or not sound, and
    :class:`~doseref.errors.InputError` for settings that cannot be read.
    """
    from doseref.api import reference

    named, where = _named(option, settings)
    loaded = reference(named)
    if loaded.overlay is not None:
        tell(f"with overlay {loaded.overlay}{where}")
    return loaded


def _named(option: str | None, settings: Settings | None) -> tuple[str | None, str]:
    """The overlay's directory and, for a person, who named it."""
    if option is not None:
        return option, ""
    if os.environ.get(VARIABLE):
        return os.environ[VARIABLE], f", named by {VARIABLE}"
    chosen = configured("data") if settings is None else settings
    return (str(chosen.directory / chosen.data), f", named by {chosen.file}") if chosen.data else (None, "")


def judging_country(option: str | None) -> str:
    """The country whose labels judge: as ``--country`` says, else the settings (said on standard error), else US."""
    if option is not None:
        return option
    country = configured("country").country
    if country:
        print(f"doseref: labels of {country.upper()} judge, as the settings say", file=sys.stderr)
    return country or "US"


def configured(key: str) -> Settings:
    """The settings of this directory; only read as TOML where the key may stand there,
    because reading costs a start-up.
    """
    from doseref.cli.settings import Settings, find, load

    path = find(Path.cwd())
    if path is None:
        return Settings()
    try:
        content = path.read_bytes()
    except OSError:
        return Settings()  # settings that nobody asked for by name
    return load(str(path)) if key.encode() in content else Settings()
