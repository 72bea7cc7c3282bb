"""Headings of a list of medicines: one vocabulary for rows of a file that are no items and for items that are none."""

from __future__ import annotations

import re

from doseref.patterns import regex

_OF = (
    r"(?:(?:home|current|discharge|admission|active|regular|scheduled|other|otc|prn|as[- ]needed|over[- ]the[- ]counter|chronic|new|"
    r"inpatient|outpatient|oral|topical|inhaled|daily|long[- ]term|prescribed|prescription|repeat|acute)\s+)*"
)
_HEAD = (
    r"(?:mar\s(?:chart|sheet)|(?:drug|medication|kardex|prescription)\s+(?:chart|sheet|record|history|list)|"
    r"discharge\s(?:summary|letter|prescription)|"
    rf"{_OF}med(?:ication|icine)?s?(?:\s+list|\s+(?:on|at)\s+(?:discharge|admission|transfer))?|tt[oa]s?)"
)
HEADING = regex(
    rf"(?:{_HEAD}\b[\s:–—-]*)+"
    r"(?:\(?[0-9]{1,2}/(?:7|52|12)\s(?:supplied|supply)\)?|(?:room|ward|bed|unit|page)\s[0-9A-Za-z]{1,4}|:)?[\s:)]*"
    rf"|{_OF}(?:drugs?|prescriptions?|supplements?|vitamins|otc|prn)\s*:",
    re.I,
)
"""A heading of the list, and nothing else: to be matched against a whole line."""
