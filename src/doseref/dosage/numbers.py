"""Numbers as people write them → exact decimals, or the reason why not. No binary floats anywhere."""

from __future__ import annotations

from decimal import Decimal

MAX_DIGITS = 15
"""A dosage holds no number longer than this; longer digit strings are refused, not rounded."""

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")

Reading = tuple[str, Decimal | str | None]
"""(token kind, value): ``NUM`` and its value, ``POW`` and a power of ten, or ``BAD`` and what is wrong."""

SMALL: dict[str, Decimal] = {str(value): Decimal(value) for value in range(1001)}


def read(word: str) -> Reading:
    """Read one numeric token (ASCII digits with separators, lower case).

    ``1,000`` / ``1 000`` / ``1'000`` group thousands; ``1.5`` is a decimal; ``1,5``, ``1.000,5`` and
    ``1.500`` could mean two things and are refused; so is what has too many digits (``1e400``).
    """
    if word.isdigit() and word.isascii():
        return _plain(word)
    if "^" in word or word[-1] in "⁰¹²³⁴⁵⁶⁷⁸⁹":
        return _power(word)
    if "e" in word:
        mantissa, _, exponent = word.partition("e")
        if len(exponent) > 2 or int(exponent) > MAX_DIGITS or len(mantissa) > MAX_DIGITS:
            return "BAD", "the number is too large"
        return "NUM", Decimal(mantissa) * (Decimal(10) ** int(exponent))
    return _separated(word)


def _plain(word: str) -> Reading:
    if len(word) > MAX_DIGITS:
        return "BAD", "the number is too large"
    if word[0] == "0" and len(word) > 1:
        return "BAD", "a number with a leading zero"
    return "NUM", Decimal(word)


def _power(word: str) -> Reading:
    exponent = word[2:].strip().lstrip("^").strip().translate(SUPERSCRIPTS)
    if len(exponent) > 2 or int(exponent) > MAX_DIGITS:
        return "BAD", "the number is too large"
    return "POW", Decimal(10) ** int(exponent)


def _separated(word: str) -> Reading:
    if len(word) > 2 * MAX_DIGITS:
        return "BAD", "the number is too large"
    body, dot, fraction = word.partition(".")
    if dot and not fraction:
        return "BAD", "a number that ends in a point"
    if dot and ("." in fraction or "," in fraction or "'" in fraction or " " in fraction):
        return "BAD", "the separators of the number are ambiguous"
    for separator in (",", "'", " "):
        if separator in body:
            groups = body.split(separator)
            if (
                groups[0] in ("", "0")
                or len(groups[0]) > 3
                or any(len(group) != 3 or not group.isdigit() for group in groups[1:])
            ):
                return "BAD", "the decimal separator is ambiguous"
            body = "".join(groups)
            break
    if not dot:
        return _plain(body)
    if (
        len(fraction) == 3
        and fraction[-1] == "0"
        and body.isdigit()
        and 1 <= int(body) <= 999
        and len(word) == len(body) + 4
    ):
        return "BAD", "the point could separate thousands or decimals"
    return "NUM", Decimal(f"{body or '0'}.{fraction}")


def decimal_comma(word: str) -> Decimal | None:
    """The value of a number whose comma can only be a decimal one: one or two digits behind it, the last no zero."""
    body, comma, fraction = word.partition(",")
    if not comma or not (body.isdigit() and fraction.isdigit() and word.isascii()):
        return None
    if len(body) > 3 or fraction[-1] == "0" or (body[0] == "0" and len(body) > 1):
        return None
    if len(fraction) > (3 if body == "0" else 2):  # "0,125" groups no thousands
        return None
    return Decimal(f"{body}.{fraction}")


def notation(word: str) -> str | None:
    """What is error-prone in how a number is written (it is read all the same), or ``None``."""
    if "," in word and decimal_comma(word) is not None:
        return "a decimal comma"
    if word[0] == ".":
        return "a decimal without a leading zero"
    if "." in word and word[-1] == "0" and not word.rpartition(".")[2].strip("0"):
        return "a trailing zero after the decimal point"
    return None
