"""What cases cannot say: dates, credits, the focus, many papers, one pass for both rules."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest

from copydesk import Corpus, Hit, Match
from copydesk_rules.copies import near_duplicate, shared_passage
from copydesk_rules.copies.pairs import pairs

from .conftest import MakeCorpus, Prose

SEEDS = sorted((Path(__file__).parents[3] / "seeds").glob("*.txt"))


def _near(corpus: Corpus, **options: Any) -> dict[str, Hit]:
    return {ref.path: hit for ref, hit in near_duplicate.compare(corpus, near_duplicate.Options(**options))}


def _shared(corpus: Corpus, **options: Any) -> list[tuple[str, Hit]]:
    return [(ref.path, hit) for ref, hit in shared_passage.compare(corpus, shared_passage.Options(**options))]


def _directions(hits: dict[str, Hit]) -> dict[str, list[str]]:
    return {path: [m.more["direction"] for m in hit.matches] for path, hit in hits.items()}


def test_dates_tell_who_was_first(make_corpus: MakeCorpus, prose: Prose) -> None:
    story = prose(8)
    texts = {"a/1.txt": story, "b/1.txt": story, "c/1.txt": story}
    hits = _near(make_corpus(texts, {"a/1.txt": "2024-05-02", "b/1.txt": "2024-05-01"}))
    assert _directions(hits) == {
        "a/1.txt": ["earlier", "unknown"],
        "b/1.txt": ["later", "unknown"],
        "c/1.txt": ["unknown", "unknown"],
    }
    assert "which ran first" in hits["a/1.txt"].message
    assert "which ran later" in hits["b/1.txt"].message


def test_a_credit_tells_who_was_first_where_dates_do_not(make_corpus: MakeCorpus, prose: Prose) -> None:
    story = prose(8)
    hits = _near(make_corpus({"reuters/1.txt": story, "echo/1.txt": f"ORSEN (Reuters) - {story}"}))
    assert _directions(hits) == {"echo/1.txt": ["earlier"], "reuters/1.txt": ["later"]}
    assert [hit.severity for hit in hits.values()] == ["info", "info"]


def test_an_uncredited_copy_stands_out(make_corpus: MakeCorpus, prose: Prose) -> None:
    story = prose(8)
    texts = {"echo/1.txt": f"{story}\n\n(AP)", "globe/1.txt": f"{story}\n\n(AP)", "thief/1.txt": story}
    hits = _near(make_corpus(texts))
    assert {path: hit.severity for path, hit in hits.items()} == {
        "echo/1.txt": "info",
        "globe/1.txt": "info",
        "thief/1.txt": None,
    }
    assert _near(make_corpus(texts), credited=False).keys() == {"thief/1.txt"}


def test_an_article_that_names_itself_as_first_credits_nobody(make_corpus: MakeCorpus, prose: Prose) -> None:
    story = prose(8)
    hits = _near(
        make_corpus({"globe/1.txt": f"{story}\n\nThis article first appeared in The Globe.", "echo/1.txt": story})
    )
    assert [hit.severity for hit in hits.values()] == [None, None]


def test_one_sources_articles_are_versions(make_corpus: MakeCorpus, prose: Prose) -> None:
    story = prose(8)
    corpus = make_corpus({"a/1.txt": story, "a/2.txt": f"{story}\n\n{prose(1)}", "a/3.txt": story})
    assert (_near(corpus), _shared(corpus)) == ({}, [])


def test_versions_of_the_original_do_not_hide_the_copy(make_corpus: MakeCorpus, prose: Prose) -> None:
    story = [prose(1) for _ in range(20)]
    texts = {f"wire/{n}.txt": "\n\n".join(story[: 6 + 2 * n]) for n in range(7)}
    hits = _near(make_corpus({**texts, "paper/1.txt": "\n\n".join(story[:8])}))
    assert hits.keys() == {*texts, "paper/1.txt"}
    assert len(hits["paper/1.txt"].matches) == 7


def _cut(story: list[str], nth: int, prose: Prose) -> str:
    return "\n\n".join([prose(1), *(s for n, s in enumerate(story) if (n * 7 + nth * 5) % 11 > 1)])


@pytest.mark.parametrize("papers", [5, 90])
@pytest.mark.parametrize("as_it_came", [True, False])
def test_a_story_run_by_many_papers(make_corpus: MakeCorpus, prose: Prose, papers: int, as_it_came: bool) -> None:
    story = [prose(1) for _ in range(22)]
    texts = {f"p{n}/1.txt": "\n\n".join(story) if as_it_came else _cut(story, n, prose) for n in range(papers)}
    hits = _near(make_corpus(texts))
    assert hits.keys() == texts.keys()
    assert {len(hit.matches) for hit in hits.values()} == {papers - 1}
    told = {(m.more["cluster"], m.more["cluster_size"]) for hit in hits.values() for m in hit.matches}
    assert told == {("p0/1.txt", papers)}


@pytest.mark.parametrize("papers", [12, 300])
def test_furniture_shared_by_many_is_nothing(make_corpus: MakeCorpus, prose: Prose, papers: int) -> None:
    footer = prose(3)
    corpus = make_corpus({f"p{n}/1.txt": f"{prose(8)}\n\n{footer}" for n in range(papers)})
    assert pairs(corpus) == ()


def test_furniture_of_one_house_is_nothing_where_another_has_it(make_corpus: MakeCorpus, prose: Prose) -> None:
    footer = prose(3)
    paths = [*(f"a/{n}.txt" for n in range(5)), "b/1.txt"]
    assert pairs(make_corpus({path: f"{prose(8)}\n\n{footer}" for path in paths})) == ()


def test_only_the_focus_gets_hits(make_corpus: MakeCorpus, prose: Prose) -> None:
    one, two = prose(8), prose(8)
    texts = {"a/1.txt": one, "b/1.txt": one, "a/2.txt": two, "b/2.txt": two}
    assert _near(make_corpus(texts)).keys() == texts.keys()
    focused = make_corpus(texts, focus=["b/1.txt"])
    assert _near(focused).keys() == {"b/1.txt"}
    assert len(pairs(focused)) == 1


def test_the_focus_changes_nothing_of_its_hits(make_corpus: MakeCorpus, prose: Prose) -> None:
    story = [prose(1) for _ in range(22)]
    texts = {f"p{n}/1.txt": _cut(story, n, prose) for n in range(20)}
    full, focused = _near(make_corpus(texts)), _near(make_corpus(texts, focus=["p3/1.txt"]))
    assert _without_cluster(focused["p3/1.txt"]) == _without_cluster(full["p3/1.txt"])


def _without_cluster(hit: Hit) -> list[Match]:
    return [Match(m.ref, m.source, m.overlap, m.passages, m.date, m.credited) for m in hit.matches]


def test_the_order_of_articles_changes_nothing(make_corpus: MakeCorpus, prose: Prose) -> None:
    story = [prose(1) for _ in range(12)]
    texts = {f"p{n}/1.txt": _cut(story, n, prose) for n in range(4)}
    one, other = _near(make_corpus(texts)), _near(make_corpus(dict(reversed(texts.items()))))
    assert one == other


def test_passages_are_the_same_text_on_both_sides(make_corpus: MakeCorpus, prose: Prose) -> None:
    first, second, third = prose(3), prose(3), prose(3)
    texts = {"a/1.txt": f"{first}\n\n{second}\n\n{third}", "b/1.txt": f"{third}\n\n{prose(2)}\n\n{first}"}
    for path, hit in _near(make_corpus(texts)).items():
        (match,) = hit.matches
        assert len(match.passages) == 2
        for here, there in match.passages:
            assert texts[path][here.start : here.end] == texts[match.ref.path][there.start : there.end]
        assert hit.span in {here for here, _ in match.passages}


def test_a_passage_in_two_papers_is_one_hit_with_both(make_corpus: MakeCorpus, prose: Prose) -> None:
    lent = prose(2)
    texts = {f"{name}/1.txt": f"{prose(6)}\n\n{lent}\n\n{prose(6)}" for name in "abc"}
    hits = _shared(make_corpus(texts))
    assert [path for path, _ in hits] == sorted(texts)
    assert {len(hit.matches) for _, hit in hits} == {2}
    assert {texts[path][hit.span.start : hit.span.end] for path, hit in hits} == {lent.rstrip(".")}


def test_near_duplicates_are_told_of_once(make_corpus: MakeCorpus, prose: Prose) -> None:
    story = prose(8)
    corpus = make_corpus({"a/1.txt": story, "b/1.txt": story})
    assert _shared(corpus) == []
    assert [path for path, _ in _shared(corpus, near_duplicates=True)] == ["a/1.txt", "b/1.txt"]


@pytest.mark.parametrize("path", ["source{}/1.txt", "seeds/{}.txt"])
def test_the_seeds_are_nobodys_copy(make_corpus: MakeCorpus, path: str) -> None:
    corpus = make_corpus({path.format(n): seed.read_text(encoding="utf-8") for n, seed in enumerate(SEEDS)})
    assert len(corpus.facts) == len(SEEDS) == 5
    assert (_near(corpus), _shared(corpus)) == ({}, [])


def test_degenerate_articles(make_corpus: MakeCorpus) -> None:
    texts = ["", "one two three", "ha " * 5000, "a b " * 3000, "“" * 500 + " x" * 100, "1 " * 4000, "\n" * 99]
    corpus = make_corpus({f"s{n}{side}/1.txt": t for n, t in enumerate(texts) for side in "ab"})
    for path, hit in itertools.chain(_near(corpus).items(), _shared(corpus)):
        assert hit.matches, path


def test_nothing_at_all(make_corpus: MakeCorpus) -> None:
    assert pairs(make_corpus({})) == ()
