"""The sig language: text → tokens → grammar → :class:`~doseref.dosage.model.Dosage`."""

from __future__ import annotations

from doseref.dosage.model import Dosage
from doseref.dosage.parser import parse
from doseref.dosage.vocabulary import Vocabulary

__all__ = ["Dosage", "Vocabulary", "parse"]
