"""Files that are written beside their place and put there when they are whole: never half there, never left behind.

A process that is killed leaves its draft. Whoever writes a draft holds a lock on it, which dies with the process: a
draft that nobody holds is what is left of somebody killed, and the next one that is written beside it clears it away.
"""

from __future__ import annotations

import errno
import fcntl
import os
import secrets
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from crawler.errors import BayeganError

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME: Final = ".bayegan-{}.part"
_READ_ONLY: Final = "its folder is read-only: choose another one."
_NO_FOLDER: Final = "its folder does not exist: make it first."
_REASONS: Final = {
    errno.ENOENT: _NO_FOLDER,
    errno.ENOTDIR: _NO_FOLDER,
    errno.EACCES: _READ_ONLY,
    errno.EPERM: _READ_ONLY,
    errno.EROFS: _READ_ONLY,
    errno.ENOSPC: "the disk is full: make room, or choose another folder.",
    errno.EDQUOT: "the disk quota is used up: make room, or choose another folder.",
    errno.EFBIG: "it grows larger than a file may be here: raise the limit, or choose another folder.",
    errno.EISDIR: "it is a folder: name a file.",
    errno.ENAMETOOLONG: "its name is too long: choose a shorter one.",
}


class ExportError(BayeganError):
    """The file could not be written; nothing of it was left behind."""


def unwritten(what: str, error: OSError) -> ExportError:
    """What the file system refused, in one sentence."""
    reason = _REASONS.get(error.errno or 0, f"{error.strerror}: choose another place.")
    return ExportError(f"{what} could not be written, {reason}")


@contextmanager
def written_beside(path: Path) -> Iterator[BinaryIO]:
    """A stream into a file that takes the place of ``path`` when all went well, and is gone otherwise.

    Raises ExportError, in one sentence, for what the file system refuses.
    """
    place = Path(os.path.realpath(path))  # a symbolic link stays one
    draft = None
    try:
        rights = _rights_at(place)
        _clear(place.parent)
        draft, stream = _begin(place.parent)
        with stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
            if rights is not None:
                draft.chmod(rights)
            draft.replace(place)
        _settle(place.parent)
    except OSError as error:
        raise unwritten(str(path), error) from error
    finally:
        if draft is not None:
            with suppress(OSError):
                draft.unlink()


def _begin(folder: Path) -> tuple[Path, BinaryIO]:
    """A new draft that is locked; before it was, somebody may have cleared it away as one that nobody holds."""
    while True:
        draft = folder / NAME.format(secrets.token_hex(8))
        stream = draft.open("xb")
        with suppress(OSError):  # a file system without locks: then nobody clears either
            fcntl.flock(stream.fileno(), fcntl.LOCK_EX)
        if os.fstat(stream.fileno()).st_nlink:
            return draft, stream
        stream.close()


def _clear(folder: Path) -> None:
    """Remove what killed processes left; what is held, or cannot be removed, stays."""
    for draft in folder.glob(NAME.format("*")):
        with suppress(OSError), draft.open("rb") as stream:
            fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
            draft.unlink()


def _rights_at(place: Path) -> int | None:
    """The rights of the file that is to be replaced, None where there is none; raises OSError for a folder."""
    try:
        mode = place.stat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    return stat.S_IMODE(mode)


def _settle(folder: Path) -> None:
    """Have the new name survive a power cut too, where the file system can promise that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
