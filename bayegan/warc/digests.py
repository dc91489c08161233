"""Digests as WARC writes them: the algorithm's name, a colon, base 32 (or 16) of the sum."""

from __future__ import annotations

import hashlib
from base64 import b32encode
from typing import Final

KNOWN: Final = frozenset({"sha1", "sha256", "sha512", "md5"})


def digest(content: bytes) -> str:
    """What the field writes: SHA-1 in base 32.

    >>> digest(b"")
    'sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ'
    """
    return f"sha1:{b32encode(hashlib.sha1(content, usedforsecurity=False).digest()).decode()}"


def agrees(said: str | None, content: bytes) -> bool:
    """Whether this is the content that the digest was made of; True where there is none, or of an unknown kind."""
    name, _, written = (said or "").partition(":")
    algorithm = name.strip().lower().replace("-", "")
    if algorithm not in KNOWN:
        return True
    made = hashlib.new(algorithm, content, usedforsecurity=False).digest()
    return written.strip().rstrip("=").upper() in {b32encode(made).decode().rstrip("="), made.hex().upper()}
