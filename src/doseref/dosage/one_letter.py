"""Words that differ by one letter, as a slip of the pen or of a key makes them."""

from __future__ import annotations


def one_letter_off(word: str, known: str) -> bool:
    """Whether one letter was changed, added, left out or swapped with its neighbour;
    two-letter words only by their second.
    """
    if len(word) == len(known):
        differing = [n for n in range(len(word)) if word[n] != known[n]]
        if len(differing) == 2 and sorted(word) == sorted(known):
            return len(known) > 2
        return len(differing) == 1 and (len(known) > 2 or differing == [1])
    if abs(len(word) - len(known)) != 1:
        return False
    longer, shorter = (word, known) if len(word) > len(known) else (known, word)
    return len(shorter) > 1 and any(longer[:n] + longer[n + 1 :] == shorter for n in range(len(longer)))
