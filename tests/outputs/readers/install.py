"""Install the readers that the tests take where ``DOSEREF_READERS`` names their directory: ``python install.py DIR``."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

NPM = ("axe-core", "vnu-jar", "@microsoft/sarif-multitool-linux")
PYTHON = ("healthchain",)


def main() -> None:
    directory = Path(sys.argv[1]).resolve()
    directory.mkdir(parents=True, exist_ok=True)
    subprocess.run(["npm", "install", "--ignore-scripts", "--prefix", str(directory), *NPM], check=True)
    venv.create(directory / "healthchain", with_pip=True)
    subprocess.run([directory / "healthchain" / "bin" / "python", "-m", "pip", "install", "-q", *PYTHON], check=True)
    print(f"now: DOSEREF_READERS={directory} python -m pytest tests/outputs")


if __name__ == "__main__":
    main()
