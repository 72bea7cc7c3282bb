"""The strengths of a combination in brackets behind its number: "Augmentin 625 (500+125) 1-1-1", "Pan-D (40/30 SR) OD"."""

from __future__ import annotations

import re
from decimal import Decimal

from doseref.patterns import regex
from doseref.tables.entries import Product

_FIGURE = r"[0-9]{1,7}(?:\.[0-9]{1,4})?"
_EACH = regex(_FIGURE)
_SUM = regex(
    r"^(?P<head>\s*(?:tab|tabs|tablet|cap|caps|capsule|t|c)?\.?\s*)"
    rf"\((?P<sum>{_FIGURE}(?:\s?[+/]\s?{_FIGURE}){{1,3}})(?:\s(?:SR|ER|XR|CR|MR))?\)",
    re.I,
)


def without_own_strengths(sig: str, product: Product | None) -> str:
    """``sig`` without a bracket at its head that holds the very strengths of the ``product``, whatever their order."""
    if product is None or "(" not in sig:
        return sig
    found = _SUM.match(sig)
    if found is None:
        return sig
    told = sorted(Decimal(part) for part in _EACH.findall(found["sum"]))
    if told != sorted(each.strength for each in product.ingredients):
        return sig
    return f"{found['head']}{sig[found.end() :]}"
