"""From a rule's Hit to the Finding that is reported: what is dropped, the file's offsets, the identity."""

from __future__ import annotations

import re
from collections.abc import Callable

from copydesk.article import Article, FileEdit, Ref
from copydesk.compiled import compiled
from copydesk.finding import FileFix, Finding, Fix, Hit, Match, Place, Related, Safety, Severity
from copydesk.fix import clash
from copydesk.offsets import Span
from copydesk.rule import Rule
from copydesk.typed import Any

Locate = Callable[[Ref], Article | None]

_SIC = compiled(r"[\w’'.\-]*[”\"’']?\s?[\[(]sic[\])]", re.I)
_CONTEXT = 24
_SAFEST_FIRST: tuple[Safety | None, ...] = ("safe", "unsafe", "display", None)


def assemble(
    article: Article, rule_id: str, rule: Rule, hit: Hit, severity: Severity, locate: Locate
) -> Finding | None:
    """The finding of a hit, or None where code or ``[sic]`` protects the place.

    ``severity`` is the configured one; ``locate`` finds the other articles a hit points to.
    """
    if not Span(0, len(article.text)).covers(hit.span):
        raise ValueError(f"{rule_id} marks {tuple(hit.span)} outside the text of {len(article.text)} code points")
    if (not rule.in_code and article.in_code(hit.span)) or _SIC.match(article.text, hit.span.end):
        return None
    file, at = article.file, article.map.span(hit.span)
    line, column = file.place(at.start)
    end_line, end_column = file.place(at.end)
    shown, shown_from = file.excerpt(at.start)
    data: dict[str, Any] = dict(hit.data)
    if hit.matches:
        data["matches"] = [_match(article, m, locate) for m in hit.matches]
    return Finding(
        path=file.path,
        article=article.id,
        rule=rule_id,
        severity=severity,
        confidence=hit.confidence,
        message=hit.message,
        start=file.offset + at.start,
        end=file.offset + at.end,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        fix=_fix(article, rule, hit.fix) if hit.fix else None,
        related=tuple(r for r in (_related(p, locate) for p in hit.related) if r),
        fingerprint=_fingerprint(article, rule_id, hit.span),
        data=data,
        source_line=shown,
        source_column=shown_from,
    )


def _fix(article: Article, rule: Rule, fix: Fix) -> FileFix | None:
    """The fix in file offsets; None where the file cannot take it; for show only where it is not ours to make."""
    edits: list[FileEdit] = []
    for edit in fix.edits:
        try:
            written = article.to_file(edit)
            if written is not None:
                written.text.encode(article.file.encoding)
        except ValueError:
            written = None
        if written is None or any(clash(written, e) for e in edits):  # two edits may need the same cell quoted anew
            return None
        edits.append(written)
    before = article.file.offset
    moved = edits if not before else [FileEdit(e.start + before, e.end + before, e.text) for e in edits]
    return FileFix(fix.title, tuple(moved), _safety(article, rule, fix))


def _safety(article: Article, rule: Rule, fix: Fix) -> Safety:
    if not article.file.rewritable:
        return "display"
    if not rule.in_quotations and any(_cuts_quotation(article, e.span) for e in fix.edits):
        return "display"
    return fix.safety


def _cuts_quotation(article: Article, span: Span) -> bool:
    """Whether an edit of ``span`` changes words inside a quotation (taking a whole one out changes none)."""
    from copydesk.text.quotations import quotations_around  # only where there is a fix

    return any(q.inner.touches(span) and not span.covers(q.inner) for q in quotations_around(article, span))


def _related(place: Place, locate: Locate) -> Related | None:
    other = locate(place.ref)
    if other is None:
        return None
    line, column = other.file.place(other.map.start(place.span.start))
    at = _in_file(other, place.span)
    return Related(place.ref.path, place.ref.article, at.start, at.end, place.message, line, column)


def _match(article: Article, match: Match, locate: Locate) -> dict[str, Any]:
    other = locate(match.ref)
    passages = [
        [*_in_file(article, here), *(_in_file(other, far) if other is not None else far)]
        for here, far in match.passages
    ]
    return {
        "path": match.ref.path,
        "article": match.ref.article,
        "source": match.source,
        "date": match.date,
        "overlap": [round(x, 4) for x in match.overlap],
        "credited": match.credited,
        "passages": passages,
        **match.more,
    }


def _in_file(article: Article, span: Span) -> Span:
    """Where a range of an article's text stands, in code points of the whole file."""
    at, before = article.map.span(span), article.file.offset
    return Span(at.start + before, at.end + before)


def _fingerprint(article: Article, rule_id: str, span: Span) -> str:
    """Identity of a finding: rule, marked text and a little of its block, without blanks; never a line number."""
    text, at = article.text, article.block_at(span.start)
    block = article.blocks[at].span if at >= 0 else span
    parts = (
        rule_id,
        text[span.start : span.end],
        text[max(block.start, span.start - _CONTEXT) : span.start],
        text[span.end : min(block.end, span.end + _CONTEXT)],
    )
    from copydesk.hashing import blake2b

    squeezed = "\0".join("".join(p.split()) for p in parts)
    return blake2b(squeezed.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


def distinct(found: list[Finding]) -> list[Finding]:
    """Findings in order of place, the safest fix of twins kept; those of one identity in a file are numbered apart."""
    out: list[Finding] = []
    seen: dict[tuple[str, str | None, str], int] = {}
    places: set[tuple[str, str | None, str, int, int]] = set()
    for f in sorted(found, key=lambda f: (f.path, f.start, f.end, f.rule, _risk(f))):
        place = (f.path, f.article, f.rule, f.start, f.end)
        if place in places:
            continue
        places.add(place)
        key = (f.path, f.article, f.fingerprint)
        nth = seen[key] = seen.get(key, 0) + 1
        out.append(f if nth == 1 else f._replace(fingerprint=f"{f.fingerprint}-{nth}"))
    return out


def _risk(finding: Finding) -> int:
    return _SAFEST_FIRST.index(finding.fix.safety if finding.fix is not None else None)
