"""What cases cannot say of residue/boilerplate: learned footers byte for byte, composition of removals, the tables."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk import Span
from copydesk.config import Config
from copydesk.finding import Finding
from copydesk.fix import choose, rewritten
from copydesk.project import Project
from copydesk.reading import read
from copydesk.run import Run as Checking
from copydesk.work import Desk
from copydesk_rules.residue.boilerplate import Options
from copydesk_rules.residue.judgement import Segment, segments
from copydesk_rules.residue.runs import Run, removals
from copydesk_rules.residue.table import phrases, tables
from copydesk_rules.residue.wording import KEYS, TABLE, tokens, wording

STORIES = [
    "The harbour bridge closes to lorries in May\n\nThe council voted on Monday to close the bridge to lorries"
    " from May, after engineers found cracks in two of its piers.\n\n“We could not wait,” the mayor said after"
    " the vote, which took place in public and lasted for three hours.\n",
    "Ferry fares rise for the first time in years\n\nA crossing will cost forty cents more from the first of"
    " June, the harbour office said, and children will pay half of that.\n\nThe office blamed the price of fuel,"
    " which has doubled since the last time the fares were set.\n",
    "School on the north shore wins a prize\n\nThe pupils built a tide gauge from parts they had found on the"
    " beach, and it has measured every tide since the autumn.\n\nThe prize will be handed over in the town hall"
    " next week, and the whole island is invited.\n",
    "Storm takes the roof of the old cannery\n\nThe roof came down shortly after midnight, a neighbour said,"
    " and landed in the yard where nobody was at the time.\n\nThe cannery has stood empty for thirty years, and"
    " the island's council wants to tear it down.\n",
]
FOOTER = (
    "\nWritten on the quay, printed by the tide\n"
    "The Porthaven Courier has been owned by its readers since the year of the great storm and it is set by hand.\n"
    "In all good bakeries of the sound\n"
)
DESK = Desk(Config(root=Path.cwd(), select=("residue/boilerplate",)))


def found(files: dict[str, bytes]) -> list[Finding]:
    """The rule's findings in a folder's files."""
    run = Checking(Project.of(DESK), dict(files), jobs=1)
    run.check(sorted(files))
    report = run.report()
    assert not report.errors
    return list(report.findings)


def settled(files: dict[str, bytes], unsafe: bool = False) -> dict[str, bytes]:
    """The files after fixes, until nothing changes."""
    for _ in range(10):
        before, findings = dict(files), found(files)
        for path, data in before.items():
            chosen = choose([f for f in findings if f.path == path], unsafe)
            source = read(path, DESK.config, data).file
            new = rewritten(source, chosen) if source and chosen else None
            files = files | {path: data if new is None else new}
        if files == before:
            return files
    raise AssertionError("the fixes do not settle")


def folder(stories: list[str], footer: str) -> dict[str, bytes]:
    """One source's files, each a story with the same footer."""
    return {f"courier/{n}.txt": (story + footer).encode() for n, story in enumerate(stories)}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_footer_no_list_knows_is_learned_from_the_files(end: str) -> None:
    """It goes, and every article is otherwise byte for byte what it was."""
    files = {k: v.replace(b"\n", end.encode()) for k, v in folder(STORIES, FOOTER).items()}
    stories = {f"courier/{n}.txt": s.replace("\n", end).encode() for n, s in enumerate(STORIES)}
    assert settled(files) == stories


def test_two_files_teach_nothing() -> None:
    """Below three files repetition is chance."""
    assert found(folder(STORIES[:2], FOOTER)) == []


def test_copies_of_one_story_teach_nothing() -> None:
    """What several copies of a story share is the story."""
    long = "".join(s.split("\n", 1)[1] for s in STORIES)
    copies = {
        f"courier/{n}.txt": f"Edition {word}\n{long}".encode() for n, word in enumerate(("one", "two", "three", "four"))
    }
    assert found(copies) == []


def test_a_column_keeps_its_name() -> None:
    """A headline that several articles of a source share is no furniture that --fix may take."""
    files = {
        f"courier/{n}.txt": ("Letters from the north shore\n" + s.split("\n", 1)[1]).encode()
        for n, s in enumerate(STORIES)
    }
    assert settled(files) == files


def test_other_sources_do_not_count() -> None:
    """The same line in four folders is nobody's footer."""
    files = {f"paper{n}/story.txt": (story + FOOTER).encode() for n, story in enumerate(STORIES)}
    assert found(files) == []


LINES = st.sampled_from(
    [
        "Share this article",
        "Leave a comment",
        "Facebook",
        "Related Articles",
        "By Ann Lee",
        "Photo: Marta Lind",
        "Key points",
        "Storm takes the roof of the old cannery",
        "The roof came down shortly after midnight, a neighbour said, and landed in the yard where nobody was.",
    ]
)
GAPS = st.sampled_from(["\n", "\n\n", "\n\n\n"])


@given(st.lists(st.tuples(LINES, GAPS), min_size=1, max_size=14))
def test_fixes_settle_and_leave_story_and_gaps(parts: list[tuple[str, str]]) -> None:
    """Story paragraphs survive safe fixes in order, and no fix leaves a wider gap than one that was there."""
    files = {"a/story.txt": "".join(line + gap for line, gap in parts).encode()}
    safe, every = (settled(files, unsafe)["a/story.txt"].decode() for unsafe in (False, True))
    story = [line for line, _ in parts if line.endswith(".")]
    assert [line for line in safe.split("\n") if line.endswith(".")] == story
    widest = max(len(gap) for _, gap in parts)
    assert "\n" * (widest + 1) not in safe + every


@given(st.lists(st.integers(0, 3), min_size=2, max_size=12), st.data())
def test_removals_never_overlap(gaps: list[int], data: st.DataObject) -> None:
    """Edits of neighbouring runs abut; together they leave one gap of those around them."""
    spans, at = [], 0
    for gap in gaps:
        spans.append(Span(at, at + 5))
        at += 6 + gap
    taken = sorted(data.draw(st.sets(st.integers(0, len(spans) - 1), max_size=len(spans) - 1)))
    edits = list(removals([Run(n, n, "share", True, ()) for n in taken], spans))
    assert all(a.span.end <= b.span.start for a, b in pairwise(edits))
    assert all(e.span.covers(spans[n]) for e, n in zip(edits, taken, strict=True))
    kept = [s for n, s in enumerate(spans) if n not in taken]
    assert not any(e.span.touches(s) for e in edits for s in kept)


@given(st.lists(st.integers(-4, 4).map(float), max_size=24))
def test_segments_are_maximal_and_apart(weights: list[float]) -> None:
    """The heaviest segment is found, none overlap, and none has a part at its edge that weighs nothing or less."""
    got = segments(weights)
    best = max((sum(weights[a:b]) for a in range(len(weights)) for b in range(a + 1, len(weights) + 1)), default=0.0)
    assert max((s.weight for s in got), default=0.0) == max(best, 0.0)
    assert all(a.last < b.first for a, b in pairwise(got))
    assert all(_positive_edges(weights, s) for s in got)


def _positive_edges(weights: list[float], s: Segment) -> bool:
    inside = weights[s.first : s.last + 1]
    return all(sum(inside[:n]) > 0 and sum(inside[-n:]) > 0 for n in range(1, len(inside) + 1))


def test_every_kind_of_the_vocabulary_has_a_switch() -> None:
    """Kinds are named once, in the tables, and each can be switched off."""
    switches = {name.replace("_", "-") for name in Options._fields}
    assert {found.kind for found in phrases()} <= switches


def test_the_tables_are_those_of_the_vocabulary() -> None:
    """``python -m copydesk_rules.residue.table`` was run after the last change."""
    assert (TABLE.read_text(encoding="utf-8"), KEYS.read_text(encoding="utf-8")) == tables()


def test_every_language_has_the_common_kinds() -> None:
    """Ten languages besides English know advertisement, share, comments, subscribe, navigation, related, copyright."""
    kinds: dict[str, set[str]] = {}
    for said in phrases():
        kinds.setdefault(said.language, set()).add(said.kind)
    common = {"advertisement", "share", "comments", "subscribe", "navigation", "related", "copyright", "cookie", "tags"}
    assert set(kinds) == {"de", "en", "es", "fr", "it", "nl", "pl", "pt", "ru", "uk", "zh"}
    assert all(common <= found for found in kinds.values())


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Kommentare (12)", "comments"),
        ("Lire aussi : la grève du ferry", "related"),
        ("Todos los derechos reservados", "copyright"),
        ("Continua após a publicidade", "advertisement"),
        ("Iscriviti alla newsletter", "subscribe"),
        ("Lees ook: de brug gaat dicht", "related"),
        ("Udostępnij na Facebooku", "share"),
        ("Читайте также: мост закроют", "related"),
        ("Підписуйтесь на наш канал", "share"),
        ("相关新闻", "related"),
    ],
)
def test_wordings_of_other_languages(line: str, kind: str) -> None:
    """The common kinds are sure in every language."""
    said = wording(line)
    assert said is not None
    assert (said.kind, said.sure) == (kind, True)


@given(st.text(max_size=300))
def test_any_line_can_be_read(line: str) -> None:
    """No text breaks the look-up, and what it reads has no blanks."""
    wording(line)
    assert all(word and not word.isspace() for word in tokens(line))
