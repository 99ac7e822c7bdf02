"""``copydesk trace``: where the passages of a text also stand, and who had them first."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path

import click

from copydesk.article import Article
from copydesk.checking import up_to_date
from copydesk.commands.options import as_usage_error, selection, tell
from copydesk.discover import Found, discover
from copydesk.finding import Finding
from copydesk.frozen import Frozen
from copydesk.home import has_index
from copydesk.index import Index
from copydesk.progress import Progress
from copydesk.project import Overrides, Project
from copydesk.reading import load, read
from copydesk.render.style import Paint
from copydesk.render.trace import FORMATS
from copydesk.report import Error
from copydesk.run import Run
from copydesk.source import SourceFile, UnreadableError, read_source
from copydesk.trace import PlaceOf, Traced
from copydesk.trace import trace as put_together
from copydesk.work import FileResult

_RULES = ("copies/near-duplicate", "copies/shared-passage")
_STDIN = "standard input/stdin.txt"
"""A name for pasted text in no folder of the project, so that it is nobody's own."""
_FILES_KEPT = 64
_config, _isolated = (option for option in selection[3:5])


class _Text(Frozen):
    """The text that is traced; ``data`` where it does not come from the file, ``source`` where one was named."""

    path: str
    data: bytes | None
    source: str | None


@click.command()
@click.argument("file", required=False)
@click.option("--stdin-filename", metavar="NAME", help="Read standard input, in the name of this file.")
@click.option("--source", metavar="NAME", help="Whose text it is. [default: told as for every article]")
@click.option("--against", multiple=True, metavar="PATH", help="Compare with these articles; may be repeated.")
@click.option("--index/--no-index", default=None, help="Compare with the project's index. [default: if there is one]")
@click.option("--output-format", type=click.Choice(list(FORMATS)), default="text", show_default=True)
@click.option("--jobs", "-j", type=click.IntRange(min=0), default=0, help="Processes; 0: one a core.")
@_config
@_isolated
@as_usage_error
def trace(
    file: str | None,
    stdin_filename: str | None,
    source: str | None,
    against: tuple[str, ...],
    index: bool | None,
    output_format: str,
    jobs: int,
    config: tuple[str, ...],
    isolated: bool,
) -> None:
    """Show where the passages of a text also stand, earliest first, and how much of it is its own.

    With `-` or --stdin-filename the text comes from standard input. It is compared with the articles of the
    project: through the index where there is one (brought up to date first) or --index makes one, else read anew.

    Exit status: 0 the text was traced, whatever was found; 2 something could not be read.
    """
    if index and against:
        raise click.UsageError("--index compares with the whole project, --against with what it names: give one")
    text = _text(file, stdin_filename, source)
    # the rules as they are, with no threshold raised and no file left out: this is a question, not a check
    project = Project(Overrides(select=_RULES, isolated=isolated, config=config, everywhere=True))
    with ExitStack() as stack:
        run = Run(project, {} if text.data is None else {text.path: text.data}, focus=frozenset([text.path]), jobs=jobs)
        errors: tuple[Error, ...] = ()
        if index or (index is None and not against and not isolated and has_index(project.desk.config.root)):
            run.index = stack.enter_context(Index(project.desk.config))
            up_to_date(run.index, project, Found((text.path,)))
            others: tuple[str, ...] = ()
        else:
            found = discover(against or _corpus(project), project.config_of)
            errors, others = found.errors, _others(found, text.path)
        _check(run, text, others)
        traced, failed = _traced(run, text)
    _show(traced, (*errors, *failed), output_format)


def _text(file: str | None, stdin_filename: str | None, source: str | None) -> _Text:
    if stdin_filename or file == "-":
        if file not in (None, "-"):
            raise click.UsageError("--stdin-filename reads standard input: name no file beside it")
        return _Text(stdin_filename or _STDIN, sys.stdin.buffer.read(), source)
    if file is None:
        raise click.UsageError("name a file, or - for standard input")
    if Path(file).is_dir():
        raise click.UsageError(f"{file} is a folder: one text is traced at a time")
    return _Text(os.path.normpath(file), None, source)


def _corpus(project: Project) -> list[str]:
    """The articles of the project, as the index would hold them."""
    config = project.desk.config
    return [os.path.relpath(config.root / p) for p in config.corpus.paths]


def _others(found: Found, path: str) -> tuple[str, ...]:
    here = os.path.abspath(path)  # noqa: PTH100 - Path keeps `..`, or follows links
    return tuple(p for p in found.files if os.path.abspath(p) != here)  # noqa: PTH100


def _check(run: Run, text: _Text, others: tuple[str, ...]) -> None:
    paths = (text.path, *others)
    with Progress("Reading", len(paths)) as progress:
        run.progress = progress
        run.check(paths)
    if text.source is not None:
        run.results[text.path] = _of(run.results[text.path], text.source)


def _of(result: FileResult, source: str) -> FileResult:
    """What was read of a file, as of another source."""
    facts = ((key, f._replace(meta=f.meta._replace(source=source))) for key, f in result.facts)
    return result._replace(facts=tuple(facts))


def _traced(run: Run, text: _Text) -> tuple[list[Traced], tuple[Error, ...]]:
    """Every article of the text, traced, and what went wrong."""
    findings, errors = run.found()
    by_article: dict[str | None, list[Finding]] = {}
    for f in findings:
        by_article.setdefault(f.article, []).append(f)
    sources = run.sources()
    place_of = _place_of(run)
    return [
        put_together(a, by_article.get(a.id, ()), place_of, sources.total() - sources[a.meta.source])
        for a in _articles(run, text)
    ], errors


def _articles(run: Run, text: _Text) -> Iterator[Article]:
    config = run.project.desk_of(text.path).config
    for article in read(text.path, config, text.data).articles:
        source = article.meta.source if text.source is None else text.source
        yield article._replace(meta=article.meta._replace(source=source), _views={})


def _place_of(run: Run) -> PlaceOf:
    @lru_cache(_FILES_KEPT)
    def file(path: str) -> SourceFile | None:
        config = run.project.desk_of(path).config
        try:
            data = run.overlay[path] if path in run.overlay else load(path, config)
            return read_source(path, data, config.encoding_of(Path(path).absolute()))
        except (OSError, UnreadableError):
            return None

    def place(path: str, offset: int) -> tuple[int, int] | None:
        found = file(path)
        return None if found is None else found.place(offset)

    return place


def _named(traced: Traced) -> Traced:
    """Standard input under the name that people are told."""
    name = Path(_STDIN).name
    copies = tuple(c._replace(cluster=name) if c.cluster == _STDIN else c for c in traced.copies)
    return traced._replace(path=name, copies=copies)


def _show(traced: list[Traced], errors: Iterable[Error], output_format: str) -> None:
    traced = [_named(t) if t.path == _STDIN else t for t in traced]
    errors = tuple(errors)
    if not traced and not errors:
        click.echo("warning: there is no text to trace", err=True)
    if any(not t.compared for t in traced):
        click.echo(
            "warning: there is no article of another source to compare with;"
            " [corpus] source says how sources are told, --source names this text's",
            err=True,
        )
    paint = Paint(sys.stdout.isatty() and not os.environ.get("NO_COLOR"))
    for piece in FORMATS[output_format](traced, errors, paint):
        click.echo(piece, nl=False)
    tell(errors)
