"""The README's picture: ``docs/report.png``, the HTML report of ``examples/everyday.txt`` as Chromium shows its first screen.

``python tools/picture.py`` makes it anew. Needs Chromium (``CHROMIUM`` names another one); nothing is fetched.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIST = ROOT / "examples" / "everyday.txt"
PICTURE = ROOT / "docs" / "report.png"
WIDTH, HEIGHT = 900, 625
KEY = b"doseref-list"


def report(directory: Path) -> Path:
    """The report as a file in ``directory``."""
    page = directory / "report.html"
    words = [
        sys.executable,
        "-m",
        "doseref",
        "check",
        "-f",
        str(LIST),
        "--format",
        "html",
        "--output",
        str(page),
        "--fail-on",
        "never",
    ]
    subprocess.run(words, check=True)
    return page


def shot(page: Path, picture: Path) -> None:
    """A picture of the first screen of ``page``."""
    browser = (
        os.environ.get("CHROMIUM")
        or shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    if browser is None:
        raise SystemExit("no Chromium on this machine: set CHROMIUM")
    subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--window-size={WIDTH},{HEIGHT}",
         f"--screenshot={picture}", page.as_uri()],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip


def of_list(items: bytes) -> bytes:
    """What the picture carries to say of which list it is."""
    return hashlib.sha256(items).hexdigest().encode()


def marked(png: bytes, value: bytes) -> bytes:
    """The picture with a text chunk behind its header that says of which list it is."""
    content = b"tEXt" + KEY + b"\0" + value
    chunk = struct.pack(">I", len(content) - 4) + content + struct.pack(">I", zlib.crc32(content))
    return png[:33] + chunk + png[33:]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as somewhere:
        taken = Path(somewhere) / "shot.png"
        shot(report(Path(somewhere)), taken)
        PICTURE.write_bytes(marked(taken.read_bytes(), of_list(LIST.read_bytes())))
    print(f"{PICTURE}: {PICTURE.stat().st_size:,} bytes")
