"""``reconcile`` as ``doseref.reconcile/1``."""

from __future__ import annotations

import json

from doseref.checks.article.run import Reconciliation


def render(result: Reconciliation) -> str:
    """The JSON document."""
    return json.dumps(result.to_json(), ensure_ascii=False, indent=2) + "\n"
