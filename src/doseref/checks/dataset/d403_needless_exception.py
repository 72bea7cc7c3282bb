"""D403 needless-exception (error)

What. A row is marked as an exception to the double entry only where text and figures do part, or the text is not read.

Why. An exception switches a safeguard off; one that is no longer needed hides the next slip.

Passes:
    exception blank on a row whose text is read and agrees

Fires:
    exception "unusual wording" on a row whose text is read and agrees
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.dataset.data import Dataset, Rule
from doseref.checks.dataset.double_entry import differences, reading, resolver
from doseref.findings import Finding

RULE = Rule("D403", "needless-exception")


def check(data: Dataset) -> Iterator[Finding]:
    """Exceptions of statements whose text is read and agrees with all figures."""
    resolve = resolver(data)
    for rows in data.statements().values():
        marked = next((row for row in rows if row["exception"]), None)
        text = rows[0]["dosage"]
        if marked is None or not text:
            continue
        dosage = reading(data, text)
        needless = dosage.status == "read" or rows[0]["computable"] == "no"
        if needless and not any(differences(rows, dosage, resolve, strict=dosage.status == "read")):
            yield RULE.at(
                marked,
                "exception",
                f"{marked['id']}: text and figures agree, so no exception is needed",
                "clear the exception",
            )
