"""Asking an editor about doubtful pairs of names, and keeping the answers in a style file."""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

import click

from copydesk.article import Article, Ref
from copydesk.commands.names_tables import Doubt, Group, Side, note, style_table
from copydesk.configtable import style_file
from copydesk.offsets import Span
from copydesk.project import Project
from copydesk.reading import read
from copydesk.render.visible import line_start, visible
from copydesk.rule import Style
from copydesk.write import StaleError, write

_AROUND = 45
"""Code points shown on both sides of a name."""
_QUESTION = "1 or 2 = write this form, d = different names, s = skip, q = quit: "


class StyleFile:
    """A style file that entries are added to; what stands in it is never written anew.

    Raises ConfigError for a file that is no style file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.styles = style_file(path) if path.exists() else ()

    def add(self, entry: str) -> None:
        """Append an entry. Raises ClickException where the file would not be a style file with it."""
        old = self.path.read_bytes() if self.path.exists() else b""
        newline = "\r\n" if b"\r\n" in old else "\n"
        gap = "" if not old else newline if old.endswith(b"\n") else newline * 2
        new = old + (gap + entry.rstrip("\n").replace("\n", newline) + newline).encode()
        if _entries(new) != _entries(old) + 1:
            raise click.ClickException(f"{self.path} takes no [[styles]] at its end; nothing was added to it")
        try:
            if self.path.exists():
                write(str(self.path), new, old)
            else:
                self._create(new)
            self.styles = style_file(self.path)
        except StaleError:
            raise click.ClickException(f"{self.path} was changed meanwhile; nothing was added to it") from None
        except OSError as e:
            raise click.ClickException(f"{self.path} cannot be written: {e.strerror}") from None

    def _create(self, data: bytes) -> None:
        with self.path.open("xb") as f:
            f.write(data)


def _entries(data: bytes) -> int:
    """Number of the entries of a style file; -1 for what is none."""
    try:
        return len(tomllib.loads(data.decode()).get("styles", ()))
    except (ValueError, TypeError):
        return -1


def review(doubts: Sequence[Doubt], file: StyleFile, project: Project) -> None:
    """Ask about each pair that no style settles, and write each answer at once."""
    house = project.desk.config.styles
    left = [d for d in doubts if not _settled(d, (*house, *file.styles))]
    if not left:
        click.echo("no doubtful pairs")
        return
    added = 0
    for number, doubt in enumerate(left, 1):
        if _settled(doubt, (*house, *file.styles)):
            continue  # by the answers so far
        click.echo(f"{number:,} of {len(left):,}: {visible(doubt.evidence)}")
        sides = (doubt.other, doubt.odd)
        for key, side in enumerate(sides, 1):
            _show(key, side, project)
        answer = _ask(doubt)
        if answer == "q":
            break
        if answer != "s":
            file.add(_entry(sides, answer))
            added += 1
    _conclude(added, file.path, project)


def _settled(doubt: Doubt, styles: Sequence[Style]) -> bool:
    """Whether the styles hold both forms, alone or in full, under one preferred form."""
    known: dict[str, set[str]] = {}
    for s in styles:
        known.setdefault(s.preferred, {s.preferred}).update((*s.rejected, *s.distinct))
    pairs = ({doubt.odd.form, doubt.other.form}, {doubt.odd.full, doubt.other.full})
    return any(pair <= forms for forms in known.values() for pair in pairs)


def _show(key: int, side: Side, project: Project) -> None:
    articles = "1 article" if side.articles == 1 else f"{side.articles:,} articles"
    click.echo(f"  {key}  {visible(side.form)}  ({side.mentions:,} in {articles})")
    for ref, span in side.places:
        article = _article(ref, project)
        if article is not None and span.end <= len(article.text):
            line = article.file.place(article.map.start(span.start))[0]
            click.echo(f"       {line_start(ref.path)}:{line}: {_context(article.text, span)}")


def _article(ref: Ref, project: Project) -> Article | None:
    found = read(ref.path, project.desk_of(ref.path).config).articles
    return next((a for a in found if a.id == ref.article), None)


def _context(text: str, span: Span) -> str:
    start, end = max(0, span.start - _AROUND), min(len(text), span.end + _AROUND)
    shown = visible(" ".join(text[start:end].split()))
    return "…" * (start > 0) + shown + "…" * (end < len(text))


def _ask(doubt: Doubt) -> str:
    """The answer: 1, 2, d, s or q; the end of the input quits."""
    while True:
        click.echo(_QUESTION, nl=False)
        line = sys.stdin.readline()
        if not sys.stdin.isatty():
            click.echo(line.strip())
        answer = line.strip().lower() if line else "q"
        if answer in ("1", "2") and not (doubt.odd.full and doubt.other.full):
            click.echo("others may bear the form that would go, and nothing tells them apart; skip it")
        elif answer in ("1", "2", "d", "s", "q"):
            return answer


def _entry(sides: tuple[Side, Side], answer: str) -> str:
    """The entry of a style file for an answer."""
    first, second = sides
    if answer == "d":
        return style_table(Group(first.form, (), f"different names: {note(sides)}"), distinct=(second.form,))
    kept, rejected = (first, second) if answer == "1" else (second, first)
    return style_table(Group(kept.full, (rejected.full,), note((kept, rejected))))


def _conclude(added: int, path: Path, project: Project) -> None:
    """Say what was written, and how to use it."""
    if not added:
        click.echo("nothing was decided, nothing was written")
        return
    config = project.desk.config
    click.echo(f"{added:,} {'decision' if added == 1 else 'decisions'} added to {visible(str(path))}")
    name = Path(os.path.relpath(path, config.root)).as_posix()
    if not any((config.root / e).resolve() == path.resolve() for e in config.extends):
        where = visible(str(config.file)) if config.file else "copydesk.toml"
        click.echo(f'to use it, name it in {where}: extends = ["{visible(name)}"]')
