"""Settings of ``reconcile`` from ``doseref.toml`` or from ``[tool.doseref]`` in ``pyproject.toml``.

Known keys: ``select`` and ``ignore`` (lists of rule codes), ``fail-on`` (error, warning, info, never), ``baseline`` (a file),
``articles`` (a list of files and patterns), ``data`` (a directory of tables, see :mod:`doseref.cli.dataset`). What stands on the command line goes before what stands in the file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from doseref.cli.common import FAIL_ON
from doseref.errors import InputError
from doseref.records import record

_LISTS = ("select", "ignore", "articles")
_STRINGS = ("fail-on", "baseline", "data")


@record
class Settings:
    """What the file says; empty where it says nothing. ``directory`` is where its relative paths begin."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    fail_on: str = ""
    baseline: str = ""
    directory: Path = Path()
    data: str = ""


def load(path: str | None = None) -> Settings:
    """The settings in ``path``, else in ``doseref.toml`` or ``pyproject.toml`` of this directory or the nearest above it.

    Raises :class:`InputError` for a file that is no TOML or holds a key or value that is not known.
    """
    if path is not None:
        return _read(Path(path), required=True)
    here = Path.cwd()
    for directory in (here, *here.parents):
        for name in ("doseref.toml", "pyproject.toml"):
            candidate = directory / name
            if candidate.is_file():
                return _read(candidate, required=False)
        if (directory / ".git").exists():
            break
    return Settings()


def _read(path: Path, *, required: bool) -> Settings:
    try:
        content: Any = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"cannot be read as settings: {error}", path=str(path)) from None
    if path.name == "pyproject.toml" or (required and "tool" in content):
        content = content.get("tool", {}).get("doseref", {})
    return _settings(content, path)


def _settings(content: Mapping[str, Any], path: Path) -> Settings:
    if not isinstance(content, Mapping):
        raise InputError("[tool.doseref] is no table", path=str(path))
    for key, value in content.items():
        if key in _LISTS:
            if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
                raise InputError(f"{key} must be a list of strings", path=str(path))
        elif key in _STRINGS:
            if not isinstance(value, str):
                raise InputError(f"{key} must be a string", path=str(path))
        else:
            raise InputError(f"unknown key {key!r}; known are {', '.join((*_LISTS, *_STRINGS))}", path=str(path))
    if content.get("fail-on", "error") not in FAIL_ON:
        raise InputError(f"fail-on must be one of {', '.join(FAIL_ON)}", path=str(path))
    return Settings(
        tuple(content.get("select", ())), tuple(content.get("ignore", ())), tuple(content.get("articles", ())), content.get("fail-on", ""),
        content.get("baseline", ""), path.parent, content.get("data", ""),
    )  # fmt: skip
