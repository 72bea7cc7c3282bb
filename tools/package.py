"""Builds wheel and sdist twice, in two places, and holds them against each other and against the files of the clone.

``python tools/package.py DIRECTORY`` leaves both there with their SHA-256. It ends with 1 where a byte differs between the
two builds, where a file of the clone is missing, or where something is in them that is not of the clone. What is built with
is installed already (extra ``dev``), so that nothing is fetched.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MADE = {"PKG-INFO"}
"""What the build adds to an sdist."""
MADE_IN_WHEEL = {"METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE", "licenses/LICENSE-DATA"}


def clone_files(root: Path) -> set[str]:
    """The files of the clone, as version control knows them; what it ignores is none."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=root, check=True, capture_output=True
    )
    return {name for name in listed.stdout.decode().split("\0") if name and (root / name).is_file()}


def in_sdist(files: set[str]) -> set[str]:
    """What an sdist has to hold: everything, so that its tests run and its pages are whole."""
    return files | MADE


def in_wheel(files: set[str], version: str) -> set[str]:
    """What a wheel has to hold: the package, the tables, and what an installer needs."""
    package = {name.removeprefix("src/") for name in files if name.startswith("src/doseref/")}
    tables = {f"doseref/{name}" for name in files if name.startswith("data/")}
    return package | tables | {f"doseref-{version}.dist-info/{name}" for name in MADE_IN_WHEEL}


def difference(held: set[str], wanted: set[str]) -> list[str]:
    """What is wrong with a list of files, one line each."""
    return [
        *(f"missing: {name}" for name in sorted(wanted - held)),
        *(f"foreign: {name}" for name in sorted(held - wanted)),
    ]


def _copy(files: set[str], to: Path, moment: int) -> None:
    for name in sorted(files):
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, to / name)
        shutil.copymode(ROOT / name, to / name)
        os.utime(to / name, (moment, moment))


def _build(place: Path, out: Path, day: str) -> dict[str, Path]:
    moment = int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())
    subprocess.run(
        [sys.executable, "-m", "build", "-q", "--no-isolation", "--outdir", str(out), str(place)],
        check=True, env={**os.environ, "SOURCE_DATE_EPOCH": str(moment)},
    )  # fmt: skip
    return {path.name: path for path in out.iterdir()}


def main() -> int:
    """Builds, compares, tells; the exit code."""
    kept = Path(sys.argv[1])
    files = clone_files(ROOT)
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    citation = (ROOT / "CITATION.cff").read_text("utf-8").splitlines()
    day = next(line.partition(":")[2].strip(" '\"") for line in citation if line.startswith("date-released:"))
    told: list[str] = []
    with tempfile.TemporaryDirectory() as work:
        builds = []
        for place, moment, mask in (("one", 1_000_000_000, 0o022), ("a/deeper/two", 1_700_000_000, 0o077)):
            before = os.umask(mask)
            _copy(files, Path(work) / place, moment)
            builds.append(_build(Path(work) / place, Path(work) / f"dist{len(builds)}", day))
            os.umask(before)
        first, second = builds
        told += [f"differs: {name}" for name in sorted(first) if second[name].read_bytes() != first[name].read_bytes()]
        for name, path in sorted(first.items()):
            if name.endswith(".whl"):
                held = {each for each in zipfile.ZipFile(path).namelist() if not each.endswith("/")}
                told += [f"{name}: {each}" for each in difference(held, in_wheel(files, version))]
            else:
                with tarfile.open(path) as archive:
                    held = {each.name.partition("/")[2] for each in archive if each.isfile()}
                told += [f"{name}: {each}" for each in difference(held, in_sdist(files))]
            kept.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, kept)
            print(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {name}")
    print(
        "\n".join(told)
        if told
        else "built twice in two places: the same bytes, with the files of the clone and no others"
    )
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
