"""Zip archives from outside (``.xlsx``, ``.docx``): what they would unpack to is looked at before anything is
unpacked.
"""

from __future__ import annotations

import io
import zipfile

from doseref.errors import InputError

MOST_RATIO = 200
"""How many times its packed size one part may unpack to (XML packs to a tenth or a thirtieth)."""
_SMALL = 1_000_000
"""Bytes up to which the ratio of a part does not matter: a short run of blanks packs as steeply."""


def guard(content: bytes, path: str, *, kind: str, no_archive: str, most_bytes: int, most_parts: int) -> None:
    """Refuse what is no archive, is encrypted, or would unpack to more than ``kind`` ("a document") does.

    ``most_bytes`` and ``most_parts`` bound the unpacked whole. Raises :class:`InputError`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        raise InputError(no_archive, path=path) from None
    total = sum(part.file_size for part in parts)
    steep = any(part.file_size > _SMALL and part.file_size > MOST_RATIO * max(1, part.compress_size) for part in parts)
    if len(parts) > most_parts or total > most_bytes or steep:
        raise InputError(f"would unpack to {total:,} bytes, more than {kind} does (zip bomb?)", path=path)
    if any(part.flag_bits & 1 for part in parts):
        raise InputError("the file is encrypted; save it without a password", path=path)
