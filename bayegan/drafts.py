"""Files that are written beside their place and put there when they are whole: never half there, never left behind.

A process that is killed leaves its draft. Whoever writes a draft holds a lock on it, which dies with the process: a
draft that nobody holds is what is left of somebody killed, and the next one that is written beside it clears it away.
"""

from __future__ import annotations

import errno
import fcntl
import os
import secrets
import shutil
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from crawler.errors import BayeganError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
    errno.EEXIST: "it is a file: name a folder.",
    errno.ENOTEMPTY: "there is something in it: name a new folder.",
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


@contextmanager
def folder_beside(path: Path, *, replaces: Callable[[Path], bool] = lambda _: False) -> Iterator[Path]:
    """A folder that becomes ``path``, which is new or empty, when all went well, and is gone otherwise.

    A folder that holds something is refused unless it is one that ``replaces`` says yes to; it is put away when the
    new one is whole. Raises ExportError, in one sentence, for what the file system refuses.
    """
    place = Path(os.path.realpath(path))
    draft, handle = None, -1
    try:
        replaced = place.is_dir() and replaces(place)
        if not replaced:
            _refuse_taken(place)
        _clear(place.parent)
        draft, handle = _begin_folder(place.parent)
        yield draft
        for folder, _, names in os.walk(draft):
            for name in (*names, "."):
                _sync(Path(folder, name))
        _put(draft, place, replaced=replaced)
        _settle(place.parent)
    except OSError as error:
        raise unwritten(str(path), error) from error
    finally:
        if draft is not None:
            shutil.rmtree(draft, ignore_errors=True)
            os.close(handle)


def _begin_folder(parent: Path) -> tuple[Path, int]:
    """A new draft of a folder, and what holds it; as with a file, it may have been cleared away before it was held."""
    while True:
        draft = parent / NAME.format(secrets.token_hex(8))
        draft.mkdir()
        with suppress(FileNotFoundError):
            handle = os.open(draft, os.O_RDONLY)
            with suppress(OSError):
                fcntl.flock(handle, fcntl.LOCK_EX)
            if draft.is_dir():
                return draft, handle
            os.close(handle)


def _put(draft: Path, place: Path, *, replaced: bool) -> None:
    """Two renames where a folder is replaced: for a moment there is none, and never half of one."""
    if not replaced:
        draft.replace(place)
        return
    aside = place.rename(place.parent / NAME.format(secrets.token_hex(8)))
    try:
        draft.replace(place)
    except BaseException:  # Ctrl-C as well
        if not place.exists():
            aside.rename(place)
        raise
    shutil.rmtree(aside, ignore_errors=True)  # what is left of it is a draft that nobody holds


def _refuse_taken(place: Path) -> None:
    """Raises OSError for a file, and for a folder that holds something: it may be anybody's."""
    if place.is_dir():
        if any(place.iterdir()):
            raise OSError(errno.ENOTEMPTY, os.strerror(errno.ENOTEMPTY))
    elif place.exists():
        raise OSError(errno.EEXIST, os.strerror(errno.EEXIST))


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
        with suppress(OSError):
            _clear_one(draft)


def _clear_one(draft: Path) -> None:
    handle = os.open(draft, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if draft.is_dir():
            shutil.rmtree(draft)
        else:
            draft.unlink()
    finally:
        os.close(handle)


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
        _sync(folder)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
