"""How many regimens of the two decks come out as worked out by hand: ``python benchmarks/deck_rates.py [--differences]``."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from decks.deck import DECKS, differences, read  # noqa: E402


def main() -> int:
    """Print both rates; exit code 1 where any regimen differs."""
    failed = 0
    for deck, path in DECKS.items():
        rows = read(path)
        told = {row: differences(row, row.check()) for row in rows}
        right = sum(not found for found in told.values())
        failed += len(rows) - right
        print(f"{deck}: {right} of {len(rows)} regimens as expected ({100 * right / len(rows):.1f} %)")
        if "--differences" in sys.argv[1:]:
            for row, found in told.items():
                for each in found:
                    print(f"  {row.id}: {each}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
