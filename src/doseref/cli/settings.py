"""Settings of a project: ``doseref.toml``, or ``[tool.doseref]`` in ``pyproject.toml``.

Looked for from the directory of what is read upward, to the top of the repository; ``doseref.toml`` goes before
``pyproject.toml``, and a ``pyproject.toml`` without the table is passed over. What stands on the command line goes
before the file.

========== ============================ ==========================================================================
key        value                        meaning
========== ============================ ==========================================================================
paths      list of strings              articles that ``reconcile`` and ``extract`` read where none is named:
                                        files, directories, patterns (``content/**/*.md``)
exclude    list of strings              patterns, as in ``.gitignore``, of what is left out of directories and patterns
select     list of rule codes           only these rules of ``reconcile`` (``A1``: all that begin so)
ignore     list of rule codes           not these
severity   table: code = word           ``error``, ``warning``, ``info`` or ``off``, for ``reconcile``
fail-on    word                         ``error``, ``warning``, ``info`` or ``never``, for ``reconcile``
baseline   string                       file of the findings accepted for now
country    string                       country (ISO code) whose labels ``check`` and ``reconcile`` hold doses against
data       string                       directory of tables over the shipped ones (:mod:`doseref.cli.dataset`)
========== ============================ ==========================================================================

``articles`` is another word for ``paths``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from doseref.errors import InputError, UsageError
from doseref.records import record

NAMES = ("doseref.toml", "pyproject.toml")
_LISTS = ("paths", "exclude", "select", "ignore", "articles")
_STRINGS = ("fail-on", "baseline", "country", "data")
_KEYS = (*_LISTS[:-1], "severity", *_STRINGS)
_SEVERITIES = ("error", "warning", "info", "off")


@record
class Settings:
    """What the file says; empty where it says nothing. Relative paths in it begin at ``directory``."""

    paths: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: tuple[tuple[str, str], ...] = ()
    """Rule code (or how codes begin) and ``error``, ``warning``, ``info`` or ``off``."""
    fail_on: str = ""
    baseline: str = ""
    country: str = ""
    data: str = ""
    directory: Path = Path()
    file: str = ""
    """The file they were read from; empty where there is none."""


def load(config: str | None = None, *, isolated: bool = False, beside: Sequence[str] = ()) -> Settings:
    """The settings in ``config``, else in the nearest file at or above what all paths of ``beside`` have in common.

    Without paths (or for standard input alone) the search begins where the program runs; ``isolated`` looks for none.
    Raises :class:`InputError` for a file that is no TOML or holds a key or a value that is not known.
    """
    if isolated:
        if config is not None:
            raise UsageError("--config and --isolated exclude each other")
        return Settings()
    if config is not None:
        return _read(Path(config), named=True)
    found = find(_common(beside))
    return _read(found, named=False) if found else Settings()


def find(directory: Path) -> Path | None:
    """The nearest settings file at or above ``directory``; not above the top of a repository."""
    for each in (directory, *directory.parents):
        for name in NAMES:
            path = each / name
            if path.is_file() and (name == NAMES[0] or _has_table(path)):
                return path
        if (each / ".git").exists():
            return None
    return None


def _has_table(path: Path) -> bool:
    """Whether a ``pyproject.toml`` has the table, as far as its bytes tell: reading TOML costs a start-up."""
    try:
        return b"tool.doseref" in path.read_bytes().replace(b" ", b"").replace(b'"', b"")
    except OSError:
        return False  # nobody asked for it by name


def _common(beside: Sequence[str]) -> Path:
    """The directory that all paths are in."""
    places = [Path(each).absolute() for each in beside if each != "-"]
    directories = [place if place.is_dir() else place.parent for place in places]
    if not directories:
        return Path.cwd()
    first, *others = directories
    return next(
        (each for each in (first, *first.parents) if all(each == other or each in other.parents for other in others)),
        Path.cwd(),
    )


def _read(path: Path, *, named: bool) -> Settings:
    import tomllib

    try:
        content: Any = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            f"cannot be read as settings: {getattr(error, 'strerror', None) or error}", path=str(path)
        ) from None
    except RecursionError:
        raise InputError("cannot be read as settings: nested too deeply", path=str(path)) from None
    if path.name == "pyproject.toml" or (named and "tool" in content):
        tool = content.get("tool", {})
        content = tool.get("doseref", {}) if isinstance(tool, Mapping) else {}
    if not isinstance(content, Mapping):
        raise InputError("[tool.doseref] is no table", path=str(path))
    return _settings(content, path)


def _settings(content: Mapping[str, Any], path: Path) -> Settings:
    from doseref.cli.common import FAIL_ON

    for key, value in content.items():
        _demand_known(key, value, path)
    if "paths" in content and "articles" in content:
        raise InputError("paths and articles are the same; keep paths", path=str(path))
    if content.get("fail-on", "error") not in FAIL_ON:
        raise InputError(f"fail-on must be one of {', '.join(FAIL_ON)}", path=str(path))
    return Settings(
        paths=tuple(content.get("paths", content.get("articles", ()))),
        exclude=tuple(content.get("exclude", ())),
        select=tuple(content.get("select", ())),
        ignore=tuple(content.get("ignore", ())),
        severity=tuple(content.get("severity", {}).items()),
        fail_on=content.get("fail-on", ""),
        baseline=content.get("baseline", ""),
        country=content.get("country", ""),
        data=content.get("data", ""),
        directory=path.parent,
        file=str(path),
    )


def _demand_known(key: str, value: Any, path: Path) -> None:
    if key in _LISTS:
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise InputError(f"{key} must be a list of strings", path=str(path))
    elif key in _STRINGS:
        if not isinstance(value, str):
            raise InputError(f"{key} must be a string", path=str(path))
    elif key == "severity":
        words = ", ".join(_SEVERITIES)
        if not isinstance(value, Mapping):
            raise InputError(f'severity must be a table such as A103 = "info"; the words are {words}', path=str(path))
        wrong = next((code for code, word in value.items() if word not in _SEVERITIES), None)
        if wrong is not None:
            raise InputError(f"severity: {wrong} = {value[wrong]!r}; the words are {words}", path=str(path))
    else:
        raise InputError(f"unknown key {key!r}; known are {', '.join(_KEYS)}", path=str(path))
