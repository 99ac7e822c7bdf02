"""The baseline: what it holds, what it lets through, what it reports as gone."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk import baseline
from copydesk.baseline import Baseline, BaselineError, Compared, Key
from copydesk.finding import Finding


def finding(path: str = "a.txt", fingerprint: str = "f1", rule: str = "names/style") -> Finding:
    """A finding of that identity."""
    return Finding(path, None, rule, "warning", "high", "", 0, 1, 1, 1, 1, 2, None, (), fingerprint, {})


def stored(findings: Sequence[Finding]) -> Baseline:
    """The baseline of findings, in the working directory."""
    return baseline.of(findings, Path.cwd())


def compared(known: Baseline, findings: Sequence[Finding], *checked: str, rules: Sequence[str] = ()) -> Compared:
    """A comparison in which the files of the findings, and ``checked``, were checked with their rules."""
    return baseline.compare(
        known, findings, {f.path for f in findings} | set(checked), {"names/style", "names/spelling", *rules}
    )


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_file_has_an_entry_a_line_in_order() -> None:
    found = [finding("b.txt"), finding("a.txt", "f2"), finding("a.txt", "f1"), finding("a.txt", "f1-2")]
    assert baseline.dumps(stored(found)) == (
        "{\n"
        '"version": 1,\n'
        '"entries": [\n'
        '{"path": "a.txt", "rule": "names/style", "fingerprint": "f1", "count": 2},\n'
        '{"path": "a.txt", "rule": "names/style", "fingerprint": "f2", "count": 1},\n'
        '{"path": "b.txt", "rule": "names/style", "fingerprint": "f1", "count": 1}\n'
        "]\n"
        "}\n"
    )


PATHS = st.sampled_from(["a.txt", "b/c.txt", "b/d “e”.txt", "\udcff.txt"])
FINDINGS = st.lists(st.builds(finding, PATHS, st.sampled_from(["f1", "f1-2", "f1-3", "f2"])), max_size=12)


@given(FINDINGS)
def test_what_was_stored_is_known(found: list[Finding]) -> None:
    file = Path("known.json")
    file.write_text(baseline.dumps(stored(found)), encoding="utf-8")
    known = baseline.load(file)
    result = compared(known, found)
    assert (result.new, result.known, result.stale) == ((), tuple(found), ())
    assert baseline.dumps(baseline.pruned(known, result)) == file.read_text(encoding="utf-8")


@given(FINDINGS, FINDINGS)
def test_pruning_never_adds(before: list[Finding], after: list[Finding]) -> None:
    known = stored(before)
    result = compared(known, after, "a.txt", "b/c.txt", "b/d “e”.txt", "\udcff.txt")
    assert sorted((*result.new, *result.known), key=id) == sorted(after, key=id)
    pruned = baseline.pruned(known, result)
    assert pruned.counts.total() == len(result.known) == known.counts.total() - sum(n for _, n in result.stale)
    again = compared(pruned, after)
    assert (len(again.new), len(again.known), again.stale) == (len(result.new), len(result.known), ())


def test_one_more_of_the_same_is_new() -> None:
    result = compared(stored([finding()]), [finding(), finding(fingerprint="f1-2")])
    assert (len(result.known), len(result.new)) == (1, 1)


def test_another_rule_of_the_same_place_is_new() -> None:
    assert len(compared(stored([finding()]), [finding(rule="names/spelling")]).new) == 1


def test_a_renamed_file_stays_known() -> None:
    known = stored([finding("old.txt")])
    result = compared(known, [finding("desk/new.txt")])
    assert (result.new, result.stale) == ((), ())
    assert list(baseline.pruned(known, result).counts) == [Key("desk/new.txt", "names/style", "f1")]


def test_a_renamed_file_keeps_all_of_one_identity() -> None:
    known = stored([finding("old.txt"), finding("old.txt", "f1-2")])
    result = compared(known, [finding("new.txt"), finding("new.txt", "f1-2"), finding("new.txt", "f1-3")])
    assert (len(result.known), len(result.new), result.stale) == (2, 1, ())


def test_a_copy_of_a_known_file_is_new(folder: Path) -> None:
    (folder / "old.txt").touch()
    known = stored([finding("old.txt")])
    assert len(compared(known, [finding("new.txt")]).new) == 1
    assert len(compared(known, [finding("old.txt"), finding("new.txt")]).new) == 1


def test_a_passage_moved_between_checked_files_stays_known(folder: Path) -> None:
    (folder / "old.txt").touch()
    assert compared(stored([finding("old.txt")]), [finding("new.txt")], "old.txt").new == ()


def test_only_what_was_checked_can_be_stale(folder: Path) -> None:
    (folder / "b.txt").touch()
    known = stored([finding("a.txt"), finding("a.txt", "f2"), finding("b.txt", "f3"), finding("a.txt", "f4", "x/y")])
    result = compared(known, [finding("a.txt")])
    assert result.stale == ((Key("a.txt", "names/style", "f2"), 1),)
    assert sorted(k.fingerprint for k in baseline.pruned(known, result).counts) == ["f1", "f3", "f4"]


def test_a_deleted_file_is_stale() -> None:
    result = compared(stored([finding("gone.txt")]), [])
    assert result.stale == ((Key("gone.txt", "names/style", "f1"), 1),)


def test_paths_are_those_seen_from_the_baseline(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = folder / "known.json"
    file.write_text(baseline.dumps(stored([finding("desk/a.txt")])), encoding="utf-8")
    (folder / "desk").mkdir()
    monkeypatch.chdir(folder / "desk")
    assert compared(baseline.load(file), [finding("a.txt")]).known
    assert compared(baseline.load(file), [finding(str(folder / "desk" / "a.txt"))]).moved == ()


BROKEN = {
    "no JSON": ("{", "is not JSON"),
    "a merge": ('{"entries": [\n<<<<<<< HEAD\n', "a merge left conflict marks in it"),
    "no entries": ("{}", 'it has no list "entries"'),
    "a list": ("[]", 'it has no list "entries"'),
    "a later version": ('{"version": 2, "entries": []}', "has version 2; this copydesk reads version 1"),
    "an entry of another kind": ('{"version": 1, "entries": [1]}', "entry 1 is not"),
    "an entry without rule": ('{"version": 1, "entries": [{"path": "a", "fingerprint": "f"}]}', "entry 1 is not"),
    "a count that is none": (
        '{"version": 1, "entries": [{"path": "a", "rule": "r", "fingerprint": "f", "count": true}]}', "entry 1 is not"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_named(text: str, message: str) -> None:
    Path("known.json").write_text(text, encoding="utf-8")
    with pytest.raises(BaselineError, match=r"^known\.json: ") as error:
        baseline.load(Path("known.json"))
    assert message in str(error.value)


def test_a_file_that_cannot_be_read_is_named() -> None:
    with pytest.raises(BaselineError, match=r"known\.json: cannot be read: No such file"):
        baseline.load(Path("known.json"))
    Path("known.json").write_bytes(b"\xff")
    with pytest.raises(BaselineError, match="is not UTF-8"):
        baseline.load(Path("known.json"))


def test_an_empty_baseline_is_a_valid_file() -> None:
    text = baseline.dumps(stored([]))
    assert json.loads(text) == {"version": 1, "entries": []}
