"""What doseref stands on: pinned as installed, within its own bounds, under licences that may be passed on."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
USED = ("docx", "serve", "xlsx", "articles", "bulk", "lsp")
"""Extras of those who use doseref; the others are of those who work on it."""
FREE = {
    "MIT", "MIT-0", "ISC", "BSD", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "Apache-2.0", "PSF-2.0", "MPL-2.0", "Zlib", "CC0-1.0",
}  # fmt: skip
"""Licences under which a library may be installed beside the program and passed on unchanged."""
_CLASSIFIED = {
    "BSD License": "BSD", "MIT License": "MIT", "ISC License (ISCL)": "ISC", "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Apache Software License": "Apache-2.0", "Python Software Foundation License": "PSF-2.0",
}  # fmt: skip


def pinned() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text("utf-8").split()
    return {canonicalize_name(name): version for name, _, version in (line.partition("==") for line in lines)}


def required() -> list[Requirement]:
    """Every requirement of the project and of all its extras."""
    extras = [line for lines in PROJECT["optional-dependencies"].values() for line in lines]
    return [Requirement(line) for line in [*PROJECT["dependencies"], *extras]]


def closure(extras: Iterable[str]) -> dict[str, Distribution]:
    """What is installed of doseref's requirements, and of theirs, by name."""
    found: dict[str, Distribution] = {}
    waiting = [(Requirement(f"doseref[{','.join(extras)}]"))]
    asked: set[tuple[str, str]] = set()
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        try:
            found[name] = distribution(wanted.name)
        except PackageNotFoundError:
            continue
        for extra in {"", *wanted.extras} - {extra for each, extra in asked if each == name}:
            asked.add((name, extra))
            each = map(Requirement, found[name].requires or ())
            waiting += [need for need in each if need.marker is None or need.marker.evaluate({"extra": extra})]
    del found["doseref"]
    return found


def licences(metadata: Mapping[str, str]) -> set[str]:
    """The licences that a distribution names, as SPDX names; what is not known stays as it is written."""
    expression = metadata.get("License-Expression", "")
    if expression:
        return set(re.split(r"\s+AND\s+", expression.replace("(", "").replace(")", "")))
    told = [value for key, value in metadata.items() if key == "Classifier" and value.startswith("License ::")]
    words = [value.rpartition(" :: ")[2] for value in told] or [metadata.get("License") or "none named"]
    return {_CLASSIFIED.get(word, word) for word in words}


def test_what_is_installed_is_what_is_pinned() -> None:
    """The tests speak of the versions of ``constraints.txt``, so these must be the ones they run with."""
    told = {
        name: f"{each.version} is installed, {pinned().get(name, 'nothing')} is pinned: install with -c constraints.txt"
        for name, each in closure([*PROJECT["optional-dependencies"]]).items()
        if pinned().get(name) != each.version
    }
    assert told == {}


def test_every_requirement_is_pinned_within_its_bounds() -> None:
    pins = pinned()
    outside = [
        str(need)
        for need in required()
        if canonicalize_name(need.name) != "playwright"  # comes with a browser; see CONTRIBUTING
        and not need.specifier.contains(pins.get(canonicalize_name(need.name), "0"))
    ]
    assert outside == []


def test_every_requirement_comes_by_its_name_and_has_a_lower_bound() -> None:
    """No address and no repository: what is installed is what its name means to everybody."""
    assert [str(need) for need in required() if need.url] == []
    assert [str(need) for need in required() if not re.search(r">=?", str(need.specifier))] == []


def test_pins_are_releases_and_named_once() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").split()
    assert len(pinned()) == len(lines)
    assert [name for name, version in pinned().items() if Version(version).is_prerelease] == []


def test_everything_that_is_used_may_be_passed_on() -> None:
    used = closure(USED)
    assert len(used) >= 20
    told = {name: licences(each.metadata) - FREE for name, each in used.items()}
    assert {name: unknown for name, unknown in told.items() if unknown} == {}


@pytest.mark.parametrize(
    ("metadata", "names"),
    [
        ({"License-Expression": "BSD-3-Clause AND (MIT AND Zlib)"}, {"BSD-3-Clause", "MIT", "Zlib"}),
        ({"Classifier": "License :: OSI Approved :: MIT License"}, {"MIT"}),
        ({"License": "GPL-3.0", "Classifier": "Topic :: Utilities"}, {"GPL-3.0"}),
        ({}, {"none named"}),
    ],
)
def test_licences_are_read_wherever_they_stand(metadata: dict[str, str], names: set[str]) -> None:
    assert licences(metadata) == names


def test_the_components_page_names_every_direct_one_with_its_licence() -> None:
    rows = re.findall(r"^\| ([\w-]+) \| [\d.]+ \| ([^|]+) \| ", (ROOT / "docs/hazards.md").read_text("utf-8"), re.M)
    named = {canonicalize_name(name): licence for name, licence in rows}
    extras = [line for extra in USED for line in PROJECT["optional-dependencies"][extra]]
    direct = {canonicalize_name(Requirement(line).name) for line in [*PROJECT["dependencies"], *extras]}
    assert set(named) == direct
    assert named == {name: " and ".join(sorted(licences(distribution(name).metadata))) for name in direct}
