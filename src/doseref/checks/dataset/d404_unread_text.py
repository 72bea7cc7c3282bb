"""D404 unread-text (error)

What. The program reads every dosage text of a statement from which a dose can be computed.

Why. What is not read is not entered twice. Either the reader lacks something that people write, or the row is an
exception and says why.

Passes:
    400–800 mg every 6–8 hours

Fires:
    400–800 mg evry 6–8 hours
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.dataset.data import Dataset, Rule, shown
from doseref.checks.dataset.double_entry import reading
from doseref.findings import Finding

RULE = Rule("D404", "unread-text")


def check(data: Dataset) -> Iterator[Finding]:
    """Texts of computable statements, without an exception, that are not wholly read."""
    for rows in data.statements().values():
        first = rows[0]
        if not first["dosage"] or first["computable"] == "no" or any(row["exception"] for row in rows):
            continue
        dosage = reading(data, first["dosage"])
        if dosage.status != "read":
            why = "; ".join(dict.fromkeys(problem.message for problem in dosage.problems if not problem.noted))
            yield RULE.at(
                first,
                "dosage",
                f"{first['id']}: the text {shown(first['dosage'], 240)} is {dosage.status}{': ' if why else ''}{why}",
                "correct the text, teach the reader, or give the reason in the column exception",
            )
