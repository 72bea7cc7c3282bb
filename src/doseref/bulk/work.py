"""The work directory of a run: what is done, so that a run that was killed goes on where it stopped.

Every file is written beside its place and renamed when it is whole; the manifest names input, program, data and options
by their digests, and work of another run is never taken up.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"
JOINED = "joined.pickle"
"""What all instructions together say beside their packs; written when the packs are."""
PART = ".*.[0-9]*.part"
"""What :func:`write_whole` writes beside the place of a file, for ``glob``."""


class Work:
    """The directory ``.work`` inside the output directory; it goes when the run is complete."""

    def __init__(self, out: Path, identity: Mapping[str, Any]) -> None:
        """Take up the work of an earlier run of the same ``identity``, or begin anew."""
        self.out = out
        self.directory = out / ".work"
        self.identity = dict(identity)
        self.resumed = self._known() == self.identity
        if not self.resumed:
            if self.directory.exists():
                shutil.rmtree(self.directory)
            for old in out.glob("*-[0-9][0-9][0-9][0-9][0-9].*"):
                old.unlink()
            for name in ("summary.json", "rejected.csv"):
                (out / name).unlink(missing_ok=True)
        self.directory.mkdir(parents=True, exist_ok=True)
        for torn in (*out.glob(PART), *self.directory.rglob(PART)):
            torn.unlink()  # by a run that was killed while it wrote
        if not self.resumed:
            put(self.directory / MANIFEST, json.dumps(self.identity, indent=2, sort_keys=True).encode())

    def _known(self) -> Any:
        try:
            return json.loads((self.directory / MANIFEST).read_text("utf-8"))
        except (OSError, ValueError):
            return None

    def finish(self) -> None:
        """Everything is written: the work directory is no longer needed."""
        shutil.rmtree(self.directory)


def put(path: Path, content: bytes) -> None:
    """A whole file or none."""
    write_whole(path, lambda beside: beside.write_bytes(content))


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Let ``write`` make a file beside ``path`` and rename it when it is whole and on the disk."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        write(beside)
        with beside.open("rb") as made:
            os.fsync(made.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def digest(path: Path) -> str:
    """The digest of a file's content."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
