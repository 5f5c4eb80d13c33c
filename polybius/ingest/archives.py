"""ZIP, TAR and packed files → what is in them. Nothing is ever written under a name that an archive gives."""

from __future__ import annotations

import bz2
import datetime as dt
import gzip
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import PurePosixPath
from typing import IO, cast

from polybius.ingest.decode import Undecodable
from polybius.ingest.kind import readable, unpacked
from polybius.ingest.piece import MAX_DEPTH, Item, Piece, Tools, Unpacking, metered, refuse

OFFICE = frozenset(["[Content_Types].xml", "mimetype"])  # DOCX and the like; ODT, EPUB
FIRST_YEAR = 1990  # an older date of a member stands for "not known"
BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    OSError,
    EOFError,
    RuntimeError,
    NotImplementedError,
    ValueError,
)
SPOOLED = 20_000_000


def read_gzip(piece: Piece, tools: Tools) -> Iterator[Item]:
    """A file packed with gzip, whatever is in it."""
    yield from _packed(piece, gzip.GzipFile(fileobj=piece.stream), tools)


def read_bzip2(piece: Piece, tools: Tools) -> Iterator[Item]:
    """A file packed with bzip2."""
    yield from _packed(piece, bz2.BZ2File(piece.stream), tools)


def _packed(piece: Piece, stream: Unpacking, tools: Tools) -> Iterator[Item]:
    _require_shallow(piece)
    inner = replace(
        piece,
        stream=metered(stream, piece.budget),
        depth=piece.depth + 1,
        path=None,
        called=unpacked(piece.called or piece.name),
    )
    yield from tools.unpack(inner)


def _require_shallow(piece: Piece) -> None:
    if piece.depth >= MAX_DEPTH:
        raise Undecodable("too_much", f"archives within archives, more than {MAX_DEPTH} deep")


def read_zip(piece: Piece, tools: Tools) -> Iterator[Item]:
    """The members of a ZIP archive, in their order."""
    _require_shallow(piece)
    with _seekable(piece) as stream:
        try:
            archive = zipfile.ZipFile(stream)
        except BROKEN as error:
            raise Undecodable("unreadable", f"no whole ZIP archive: {error}") from None
        with archive:
            if OFFICE & set(archive.namelist()[:5]):
                raise Undecodable("binary", "this is an office document or a book; give its text")
            for member in archive.infolist():
                yield from _zip_member(archive, member, piece, tools)


def _zip_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, piece: Piece, tools: Tools) -> Iterator[Item]:
    name = member.orig_filename
    if member.is_dir() or _passed_over(name):
        return
    subject = f"{piece.name}/{name}"
    try:
        with archive.open(member) as stream:
            yield from _member(stream, name, _zip_date(member), piece, tools)
    except BROKEN as error:
        yield refuse(subject, "unreadable", str(error)[:200])


def _zip_date(member: zipfile.ZipInfo) -> dt.datetime | None:
    try:
        # No time zone is given: the latest moment that it may be.
        return _known(dt.datetime(*member.date_time, tzinfo=dt.UTC) + dt.timedelta(hours=12))
    except ValueError:
        return None


def _known(moment: dt.datetime) -> dt.datetime | None:
    return moment if moment.year >= FIRST_YEAR else None


def read_tar(piece: Piece, tools: Tools) -> Iterator[Item]:
    """The members of a TAR archive, in their order; the stream is read once, from its beginning to its end."""
    _require_shallow(piece)
    try:
        with tarfile.open(fileobj=piece.stream, mode="r|") as archive:
            for member in archive:
                yield from _tar_member(archive, member, piece, tools)
    except tarfile.TarError as error:
        yield refuse(piece.name, "unreadable", f"no whole TAR archive: {error}")


def _tar_member(archive: tarfile.TarFile, member: tarfile.TarInfo, piece: Piece, tools: Tools) -> Iterator[Item]:
    if member.isdir() or _passed_over(member.name):
        return
    if not member.isfile():
        yield refuse(f"{piece.name}/{member.name}", "unsafe_name", "a link or a device, not a file")
        return
    stream = archive.extractfile(member)
    assert stream is not None
    yield from _member(stream, member.name, _tar_date(member), piece, tools)


def _tar_date(member: tarfile.TarInfo) -> dt.datetime | None:
    try:
        return _known(dt.datetime.fromtimestamp(member.mtime, dt.UTC))
    except (ValueError, OverflowError, OSError):
        return None


def _member(stream: IO[bytes], name: str, modified: dt.datetime | None, piece: Piece, tools: Tools) -> Iterator[Item]:
    subject = f"{piece.name}/{name}"
    if _unsafe(name):
        yield refuse(subject, "unsafe_name")
        return
    if not readable(name):
        return
    inner = metered(cast(Unpacking, stream), piece.budget)
    modified = modified or piece.modified
    yield from tools.unpack(
        replace(piece, name=subject, stream=inner, depth=piece.depth + 1, modified=modified, path=None, called="")
    )


def _passed_over(name: str) -> bool:
    """As in a folder: hidden files, and those that a Mac adds."""
    parts = PurePosixPath(name).parts
    return not _unsafe(name) and any(part.startswith(".") and part != ".." or part == "__MACOSX" for part in parts)


def _unsafe(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return name.startswith(("/", "\\")) or ".." in parts or ":" in (parts[0] if parts else "") or "\x00" in name


@contextmanager
def _seekable(piece: Piece) -> Iterator[IO[bytes]]:
    """The archive itself where it is a file; else a copy, since a ZIP archive is read from its end."""
    if piece.path is not None:
        with open(piece.path, "rb") as stream:
            yield stream
        return
    with tempfile.SpooledTemporaryFile(SPOOLED) as copy:
        while chunk := piece.stream.read(1 << 20):
            copy.write(chunk)
        copy.seek(0)
        yield copy
