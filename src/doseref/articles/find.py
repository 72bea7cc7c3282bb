"""Which files of a directory are articles: what version control ignores, hidden files and the like are left out.

Left out of a directory or a pattern: what its ``.gitignore`` files (and those above it in the repository) ignore,
hidden files and directories, ``node_modules``, the lock files that Word keeps beside an open document (``~$…``), and
what ``exclude`` names. A file that is named itself is always read.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from doseref.articles.read import ENDINGS
from doseref.errors import InputError
from doseref.records import record

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

NO_READER = (".rst", ".adoc", ".asciidoc", ".org", ".tex", ".rtf", ".doc", ".odt", ".pdf", ".epub")
"""Endings of texts that nothing here reads: they are told, so that nobody takes them for checked."""
_ARTICLES = frozenset(ending for ending in ENDINGS if ending)
_NEVER = ("node_modules", "__pycache__")


@record
class ArticleFiles:
    """The articles that paths stand for, in the order of the paths, each file once."""

    files: tuple[str, ...]
    unreadable: tuple[tuple[str, str], ...] = ()
    """Directories that cannot be listed, and why."""
    no_reader: tuple[tuple[str, int], ...] = ()
    """Endings of texts that have no reader, and how many files have them."""

    def said(self) -> str:
        """What has no reader, in one line for a person; empty where there is nothing."""
        if not self.no_reader:
            return ""
        listed = ", ".join(f"{number} {ending}" for ending, number in self.no_reader)
        return (
            f"not read, for want of a reader: {listed} (convert to Markdown, HTML or Word; 'doseref extract --as text' "
            "reads one as it is)"
        )


def find_articles(
    paths: Iterable[str], *, exclude: Sequence[str] = (), exclude_base: Path | None = None, base: Path | None = None
) -> ArticleFiles:
    """The articles that ``paths`` stand for: files, ``-``, directories; relative to ``base`` also patterns
    (``**/*.md``).

    ``exclude`` are patterns as in ``.gitignore``, relative to ``exclude_base`` (else ``base``). A file that several
    paths name is given once, by its first name. Raises :class:`InputError` for a directory without an article and for a
    pattern that fits nothing.
    """
    gathering = _Gathering(exclude, base or Path(), exclude_base or base or Path())
    for path in paths:
        gathering.add(path, patterns=base is not None)
    no_reader = tuple(sorted(gathering.no_reader.items()))
    return ArticleFiles(tuple(gathering.files.values()), tuple(gathering.unreadable), no_reader)


class _Gathering:
    """Collects the files of paths."""

    def __init__(self, exclude: Sequence[str], base: Path, exclude_base: Path) -> None:
        self.base = base
        self.excluded = _IgnoreFile(_absolute(exclude_base), _spec(tuple(exclude))) if exclude else None
        self.files: dict[str, str] = {}
        """Real path → path as it is shown."""
        self.unreadable: list[tuple[str, str]] = []
        self.no_reader: Counter[str] = Counter()
        self.left_out = 0

    def add(self, path: str, *, patterns: bool) -> None:
        """The files that one path stands for."""
        if path == "-":
            self.files.setdefault(path, path)
            return
        place = self.base / path if patterns else Path(path)
        if place.is_dir():
            before, left_out = len(self.files), self.left_out
            inside = list(self._walk(place, _rules_above(place)))
            for each in inside:
                self._keep(each)
            if not inside and len(self.files) == before and not any(p == str(place) for p, _ in self.unreadable):
                some = self.left_out > left_out
                hint = "; what is hidden, ignored by version control or excluded is left out" if some else ""
                raise InputError(f"holds no article ({', '.join(sorted(_ARTICLES))}){hint}", path=str(place))
        elif patterns and any(char in path for char in "*?["):
            self._pattern(path)
        else:
            self._keep(place)

    def _pattern(self, pattern: str) -> None:
        try:
            fitting = sorted(self.base.glob(pattern))
        except (ValueError, NotImplementedError) as error:
            raise InputError(f"the pattern cannot be used: {error}", path=pattern) from None
        if not fitting:
            raise InputError("the pattern fits no file", path=pattern)
        rules = (*_rules_above(self.base), *_rules_in(self.base))
        for each in fitting:
            if self._left_out_on_the_way(each, rules):
                continue
            if each.is_dir():
                for file in self._walk(each, _rules_above(each)):
                    self._keep(file)
            elif each.suffix.lower() in _ARTICLES:
                self._keep(each)
            elif each.suffix.lower() in NO_READER:
                self.no_reader[each.suffix.lower()] += 1

    def _left_out_on_the_way(self, path: Path, rules: tuple[_IgnoreFile, ...]) -> bool:
        """Whether a file that a pattern fits, or a directory between it and the base, is left out."""
        way = [path, *(each for each in path.parents if self.base in each.parents)]
        for each in reversed(way):
            if self._is_left_out(each, each.is_dir(), rules):
                return True
            if each.is_dir():
                rules = (*rules, *_rules_in(each))
        return False

    def _keep(self, path: Path) -> None:
        self.files.setdefault(os.path.realpath(path), _shown(path))

    def _walk(self, directory: Path, rules: tuple[_IgnoreFile, ...]) -> Iterator[Path]:
        """The articles below a directory, by name; links to directories are not followed."""
        rules = (*rules, *_rules_in(directory))
        try:
            entries = sorted(os.scandir(directory), key=lambda entry: entry.name)
        except OSError as error:
            self.unreadable.append((str(directory), error.strerror or str(error)))
            return
        for entry in entries:
            path = directory / entry.name
            is_directory = entry.is_dir(follow_symlinks=False)
            ending = path.suffix.lower()
            if not is_directory and ending not in _ARTICLES and ending not in NO_READER:
                continue
            if self._is_left_out(path, is_directory, rules):
                self.left_out += 1
            elif is_directory:
                yield from self._walk(path, rules)
            elif ending in NO_READER:
                self.no_reader[ending] += 1
            elif not entry.is_dir():
                yield path

    def _is_left_out(self, path: Path, is_directory: bool, rules: tuple[_IgnoreFile, ...]) -> bool:
        name = path.name
        if name.startswith((".", "~$")) or name in _NEVER:
            return True
        if self.excluded is not None and self.excluded.leave_out(path, is_directory):
            return True
        told = [each.leave_out(path, is_directory) for each in rules]
        return next((each for each in reversed(told) if each is not None), False)


def _shown(path: Path) -> str:
    """A path as people and annotations want it: relative to where they are, if it is below."""
    if path.is_absolute() and (here := Path.cwd()) in path.parents:
        return str(path.relative_to(here))
    return str(path)


def _absolute(path: Path) -> Path:
    """A path from the root on, without ``..``; links in it stay."""
    return Path(os.path.normpath(path.absolute()))


@record
class _IgnoreFile:
    """The patterns of one ``.gitignore``, which hold below its directory."""

    directory: Path
    patterns: GitIgnoreSpec

    def leave_out(self, path: Path, is_directory: bool) -> bool | None:
        """Whether the patterns leave a file out, ``False`` where they take it in again, ``None`` where none fits."""
        try:
            relative = _absolute(path).relative_to(self.directory)
        except ValueError:
            return None
        return self.patterns.check_file(relative.as_posix() + ("/" if is_directory else "")).include


@lru_cache(maxsize=256)
def _spec(lines: tuple[str, ...]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(lines)
    except (ValueError, re.error) as error:
        raise InputError(f"a pattern of what is left out cannot be used: {error}") from None


def _usable(line: str) -> bool:
    """Whether a line of an ignore file is a pattern at all; git takes one that is none for one that fits nothing."""
    try:
        _spec((line,))
    except InputError:
        return False
    return True


def _rules_in(directory: Path) -> tuple[_IgnoreFile, ...]:
    """The rules of the ``.gitignore`` in a directory; at the top of a repository also those of
    ``.git/info/exclude``.
    """
    found = []
    for name in (".git/info/exclude", ".gitignore"):
        try:
            lines = (directory / name).read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            continue
        found.append(_IgnoreFile(_absolute(directory), _spec(tuple(filter(_usable, lines)))))
    return tuple(found)


def _rules_above(directory: Path) -> tuple[_IgnoreFile, ...]:
    """The rules of the directories above, from the top of the repository down.

    Whoever names a directory that they ignore wants it read: then they do not count.
    """
    place = _absolute(directory)
    top = next((each for each in (place, *place.parents) if (each / ".git").exists()), None)
    if top is None or top == place:
        return ()
    between = [each for each in place.parents if each == top or top in each.parents]
    rules: tuple[_IgnoreFile, ...] = ()
    for each, following in zip(reversed(between), [*reversed(between[:-1]), place], strict=True):
        rules = (*rules, *_rules_in(each))
        told = [rule.leave_out(following, True) for rule in rules]
        if next((one for one in reversed(told) if one is not None), False):
            return ()
    return rules
