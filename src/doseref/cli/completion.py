"""Completion for bash, zsh and fish: commands, options and their words, rule codes, documents, names of drugs.

``doseref --install-completion`` writes a small script for the shell; that asks ``doseref --complete WORD...``, which
answers without building the program: names are read straight from the tables, rule codes are the names of files.
"""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path

from doseref.errors import InputError, UsageError

SHELLS = ("bash", "zsh", "fish")
_SCRIPTS = {
    "bash": """# completion of doseref for bash
_doseref() {
    local line
    COMPREPLY=()
    while IFS= read -r line; do COMPREPLY+=("$(printf '%q' "$line")")
    done < <(doseref --complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _doseref doseref
""",
    "zsh": """#compdef doseref
# completion of doseref for zsh
_doseref() {
    local -a found
    found=("${(@f)$(doseref --complete "${(@)words[2,CURRENT]}" 2>/dev/null)}")
    if [[ -n "${found[*]}" ]]; then compadd -- "${found[@]}"; else _files; fi
}
if [[ "$funcstack[1]" = "_doseref" ]]; then _doseref "$@"; else compdef _doseref doseref; fi
""",
    "fish": """# completion of doseref for fish
complete -c doseref -a '(doseref --complete (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'
""",
}
_FILES = {
    "bash": ".local/share/bash-completion/completions/doseref",
    "zsh": ".zfunc/_doseref",
    "fish": ".config/fish/completions/doseref.fish",
}
_WORDS = {
    "--fail-on": ("error", "warning", "info", "never"),
    "--color": ("auto", "always", "never"),
    "--policy": ("strictest", "most-permissive"),
    "--fhir-version": ("R5", "R4"),
}
_NAMED = ("show", "check", "convert")
_MOST = 200


def complete(words: Sequence[str], commands: Iterable[tuple[str, str]]) -> list[str]:
    """What the last of ``words`` (those behind the program's name) may become; empty where a file name is meant.

    ``commands`` are the commands with the module of each.
    """
    known = dict(commands)
    current = words[-1] if words else ""
    before = words[-2] if len(words) > 1 else ""
    command = next((word for word in words[:-1] if not word.startswith("-")), "")
    if before in _WORDS:
        return _starting(current, _WORDS[before])
    if command not in known:
        return _starting(
            current, (*known, "--color", "--help", "--install-completion", "--show-completion", "--version")
        )
    if before == "--format":
        return _starting(current, getattr(import_module(known[command]), "FORMATS", ("text", "json")))
    if current.startswith("-"):
        return _starting(current, (*_options(known[command], command), "--color"))
    if command == "rules":
        return _starting(current, _rule_codes())
    if command == "schema":
        from doseref.schemas import ALIASES, DOCUMENTS

        return _starting(current, (*DOCUMENTS, *ALIASES))
    if (command in _NAMED and not before.startswith("-")) or before == "--of":
        return _starting(current, _drug_names())[:_MOST] if current else []
    return []


def _starting(current: str, words: Iterable[str]) -> list[str]:
    low = current.lower()
    return sorted({word for word in words if word.lower().startswith(low)}, key=lambda word: (word.lower(), word))


def _options(module: str, command: str) -> list[str]:
    """The long options of a command, as its function declares them."""
    from typing import get_type_hints

    loaded = import_module(module)
    function = getattr(loaded, command, None) or getattr(loaded, f"{command}_")
    found = []
    for hint in get_type_hints(function, include_extras=True).values():
        for part in getattr(hint, "__metadata__", ()):
            # In an annotation typer keeps the first name where the default is kept elsewhere.
            named = (getattr(part, "default", None), *(getattr(part, "param_decls", None) or ()))
            found += [name for name in named if isinstance(name, str) and name.startswith("--")]
    return [*found, "--help"]


def _rule_codes() -> list[str]:
    checks = Path(__file__).parents[1] / "checks"
    return [
        path.stem[:4].upper() for path in checks.glob("*/*.py") if path.stem[1:4].isdigit() and path.stem[:1] in "ard"
    ]


def _drug_names() -> Iterable[str]:
    from doseref.tables.load import data_directory

    directory = data_directory()
    for file, column in (("substances.csv", "name"), ("names.csv", "name")):
        with (directory / file).open(encoding="utf-8", newline="") as table:
            yield from (row[column] for row in csv.DictReader(table))


def script(shell: str) -> str:
    """The script for ``shell`` (``bash``, ``zsh``, ``fish``); raises :class:`UsageError` for any other."""
    if shell not in _SCRIPTS:
        raise UsageError(f"there is no completion for '{shell}'; there is one for {', '.join(SHELLS)}")
    return _SCRIPTS[shell]


def install(shell: str) -> str:
    """Write the script where the shell of this user looks for it; returns what to tell.
    Raises :class:`InputError` where that fails.
    """
    text = script(shell)
    path = Path.home() / _FILES[shell]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror or error}", path=str(path)) from None
    more = " Put 'fpath+=~/.zfunc; autoload -Uz compinit && compinit' into ~/.zshrc." if shell == "zsh" else ""
    return f"written: {path}; it works in the next shell.{more}"


def asked(arguments: Sequence[str], commands: Iterable[tuple[str, str]]) -> bool:
    """Answer a request for completion, where ``arguments`` are one."""
    if not arguments or arguments[0] not in ("--complete", "--install-completion", "--show-completion"):
        return False
    if arguments[0] == "--complete":
        sys.stdout.write("".join(f"{word}\n" for word in complete(list(arguments[1:]), commands)))
        return True
    shell = arguments[1] if len(arguments) > 1 else Path(os.environ.get("SHELL", "")).name
    sys.stdout.write(f"{install(shell)}\n" if arguments[0] == "--install-completion" else script(shell))
    return True
