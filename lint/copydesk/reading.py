"""From a path to its articles: bytes, decoding, format, metadata, and the source each article is from."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from copydesk.article import Article
from copydesk.config import Config
from copydesk.formats import BINARY, BrokenRecord, articles, format_of
from copydesk.ranges import Range
from copydesk.report import Error
from copydesk.source import SourceFile, UnreadableError, read_source
from copydesk.typed import NamedTuple


class Read(NamedTuple):
    """A file that was read: its source (None where it could not be), its articles, what went wrong."""

    file: SourceFile | None
    articles: tuple[Article, ...] = ()
    errors: tuple[Error, ...] = ()


def load(path: str, config: Config) -> bytes:
    """The bytes of a file.

    Raises OSError, and UnreadableError for what is no regular file (to open a pipe or a device may wait forever)
    and for one larger than configuration allows.
    """
    found = os.stat(path)  # noqa: PTH116 - a path object costs as much as the call
    if not stat.S_ISREG(found.st_mode):
        raise UnreadableError("is not a regular file; to check what a program writes, pipe it to `copydesk check -`")
    most = config.max_file_size
    if found.st_size > most:
        raise UnreadableError(f"is {found.st_size:,} bytes; max-file-size is {most:,}: raise it, or split the file")
    with open(path, "rb") as f:  # noqa: PTH123 - a file may grow while it is read, and those of /proc tell no size
        data = f.read(found.st_size + 1)  # as much as may be read is set aside at once
        if len(data) > found.st_size:
            data += f.read(most + 1 - len(data))
    if len(data) > most:
        raise UnreadableError(f"is larger than {most:,} bytes, which is max-file-size")
    return data


def read(path: str, config: Config, data: bytes | None = None) -> Read:
    """Read a file, or ``data`` in its name. Never raises for what a file may hold: it reports."""
    try:
        data = load(path, config) if data is None else data
        file = _source_file(path, config, data)
        got, errors = _split(articles(file, config.fields, config.formats), file)
    except UnreadableError as e:
        return Read(None, errors=(Error(path, str(e)),))
    except OSError as e:
        return Read(None, errors=(Error(path, _reason(path, e)),))
    except Exception as e:  # a bug in one format must not cost the run
        return Read(None, errors=(Error(path, f"internal error while reading: {type(e).__name__}: {e}"),))
    if file.problem:
        errors = (Error(path, file.problem), *errors)
    return Read(file, tuple(_with_source(a, config) for a in got), errors)


def read_range(path: str, config: Config, lines: Range) -> tuple[Read, dict[str, int]]:
    """Read a range of a file's lines; and what its records are named, with their numbers.

    A name is one that no other record of the range has; one before it may.
    """
    from copydesk.formats.jsonl import records  # most runs are of other files
    from copydesk.formats.records import Names

    names = Names(lines.part.record)
    try:
        data = lines.read(path)
        file = SourceFile(path, data, data.decode(), part=lines.part)
        got, errors = _split(records(file, config.fields, names), file)
    except OSError as e:
        return Read(None, errors=(Error(path, _reason(path, e)),)), {}
    except Exception as e:  # as in read; what is no longer UTF-8 was changed, which is found out in the end
        return Read(None, errors=(Error(path, f"internal error while reading: {type(e).__name__}: {e}"),)), {}
    return Read(file, tuple(_with_source(a, config) for a in got), errors), names.given


def _source_file(path: str, config: Config, data: bytes) -> SourceFile:
    if format_of(path, config.formats) in BINARY:
        return SourceFile(path, data, "", "binary", known="binary")
    return read_source(path, data, config.encoding_of(path))


def _reason(path: str, error: OSError) -> str:
    if isinstance(error, FileNotFoundError) and Path(path).is_symlink():
        return "is a dangling link: its target does not exist"
    return f"cannot be read: {error.strerror}"


def _split(found: Iterator[Article | BrokenRecord], file: SourceFile) -> tuple[list[Article], tuple[Error, ...]]:
    got: list[Article] = []
    errors: list[Error] = []
    for item in found:
        if isinstance(item, Article):
            got.append(item)
        else:
            errors.append(Error(file.path, item.message, line=file.place(item.offset)[0]))
    return got, tuple(errors)


def _with_source(article: Article, config: Config) -> Article:
    source = next(filter(None, (_source(article, way) for way in config.corpus.source)), "")
    if source == article.meta.source:
        return article
    return article._replace(meta=article.meta._replace(source=source), _views={})


def _source(article: Article, way: str) -> str:
    if way == "metadata":
        return article.meta.source
    if way == "url":
        if not article.meta.url:
            return ""
        from urllib.parse import urlsplit

        return (urlsplit(article.meta.url).hostname or "").removeprefix("www.")
    return _folder(os.path.dirname(article.file.path))  # noqa: PTH120 - as above


def _folder(path: str) -> str:
    """The name of a folder."""
    name = os.path.basename(path)  # noqa: PTH119 - as above
    return name if name not in ("", ".", "..") else os.path.basename(os.path.abspath(path))  # noqa: PTH100, PTH119
