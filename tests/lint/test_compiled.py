"""Work that is kept from one run to the next is what would be done anew."""

import marshal
import re
import subprocess
import sys
from pathlib import Path

import pytest

from copydesk import compiled

PATTERNS = [
    (r"a", 0),
    (r"(?P<day>\d{1,2})[ .](?P<month>\w+)(?:,)?|(x)", re.I),
    (r"^[^\S\n]*+(\S[^\n]*+)$", re.M),
    (r"[À-ɏͰ-ԯḀ-῿ぁ-ヾ\U0001f300-\U0001faff]+(?<!Â)(?=\s|\Z)", 0),
    (r"(?>ab|a)(?i:bc)\b(?#said)", re.X | re.S),
]


@pytest.fixture
def empty(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A place of its own for what is kept, with nothing in it."""
    file = tmp_path / "kept"
    compiled.compiled.cache_clear()
    monkeypatch.setattr(compiled, "_FILE", str(file))
    monkeypatch.setattr(compiled, "_kept", None)
    monkeypatch.setattr(compiled, "_new", {})
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return file


@pytest.mark.parametrize(("pattern", "flags"), PATTERNS)
def test_a_kept_pattern_equals_the_one_re_makes(empty: Path, pattern: str, flags: int) -> None:
    assert compiled.compiled(pattern, flags) == re.compile(pattern, flags)
    compiled._write()
    kept = compiled._read()
    [value] = kept.values()
    made = compiled._made(pattern, *marshal.loads(value))
    real = re.compile(pattern, flags)
    assert (made, made.groupindex, made.groups, made.flags) == (real, real.groupindex, real.groups, real.flags)
    text = "3 May, ab\n  abc À🌀 x aBC"
    assert [m.span() for m in made.finditer(text)] == [m.span() for m in real.finditer(text)]


@pytest.mark.parametrize(
    ("pattern", "end"),
    [
        (r"(?:ab?c)++", 3),
        (r"(?=(?:ab?c)*+(a))(?:(?:ab?c)*+|x)a", 4),
        (r"(?:(?:ab?c)?+){2}(?#d)", 3),
        (r"(?(1)a|(?i:(?:Ab?c){1,9}+))", 3),
    ],
)
def test_a_possessive_repeat_gives_back_what_its_last_round_read_in_vain(
    empty: Path, monkeypatch: pytest.MonkeyPatch, pattern: str, end: int
) -> None:
    pattern = pattern.replace("(?(1)", "(x)?(?(1)")
    monkeypatch.setattr(compiled, "_LEAKS", True)
    found = compiled.compiled(pattern).match("abca")
    assert found is not None and found.end() == end
    monkeypatch.setattr(compiled, "_LEAKS", False)
    compiled.compiled.cache_clear()
    assert compiled.compiled(pattern).pattern == pattern


@pytest.mark.parametrize("damage", [b"", b"\x00", b"not marshal", None])
def test_a_damaged_file_costs_only_time(empty: Path, monkeypatch: pytest.MonkeyPatch, damage: bytes | None) -> None:
    compiled.compiled("a+b")
    compiled._write()
    whole = empty.read_bytes()
    empty.write_bytes(whole[: len(whole) // 2] if damage is None else damage)
    monkeypatch.setattr(compiled, "_kept", None)
    compiled.compiled.cache_clear()
    assert compiled.compiled("a+b") == re.compile("a+b")


def test_wrong_code_is_refused_and_compiled_anew(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = marshal.dumps((32, b"\xff\xff\xff\xff", 0, {}, ()))
    monkeypatch.setattr(compiled, "_kept", {compiled._key("a+b", 0): wrong})
    assert compiled.compiled("a+b") == re.compile("a+b")
    assert compiled._key("a+b", 0) in compiled._new


def test_a_pattern_that_is_wrong_raises_what_re_raises(empty: Path) -> None:
    with pytest.raises(re.error, match="unterminated"):
        compiled.compiled("(a")


def test_old_patterns_are_dropped_in_the_end(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_MOST", 3)
    for pattern in "abcde":
        compiled.compiled(pattern)
        compiled._write()
        compiled._new.clear()
    assert compiled._read().keys() == {compiled._key("d", 0), compiled._key("e", 0)}


def test_what_is_made_of_a_text_is_made_once(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []

    def words(text: str) -> dict[str, object]:
        made.append(text)
        return {"words": text.split(), "of": (len(text), 0.5, True)}

    first = compiled.kept("one two", "words", words)
    compiled._write()
    monkeypatch.setattr(compiled, "_kept", None)
    assert compiled.kept("one two", "words", words) == first == {"words": ["one", "two"], "of": (7, 0.5, True)}
    assert made == ["one two"]
    compiled.kept("one two", "other words", words)
    compiled.kept("one", "words", words)
    assert made == ["one two", "one two", "one"]


def test_a_damaged_entry_is_made_anew(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_kept", {compiled._key("a b", "words"): b"("})
    assert compiled.kept("a b", "words", str.split) == ["a", "b"]
    assert compiled._key("a b", "words") in compiled._new


def test_nothing_is_written_where_python_writes_no_bytecode(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    compiled.compiled("a+b")
    compiled._write()
    assert not empty.exists()


def test_a_second_process_finds_what_the_first_kept(tmp_path: Path) -> None:
    code = (
        "import sys; sys.dont_write_bytecode = False\n"
        f"from copydesk import compiled as c; c._FILE = {str(tmp_path / 'kept')!r}\n"
        "c.compiled('a+b'); print(len(c._new))"
    )
    runs = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True) for _ in range(2)]
    assert [r.stdout for r in runs] == ["1\n", "0\n"]


def test_a_second_check_compiles_no_pattern(tmp_path: Path) -> None:
    """A pattern made from a set is another one in every process, and would be kept again and again."""
    seeds = Path(__file__).parent.parent.parent / "seeds"
    code = (
        "import sys; sys.dont_write_bytecode = False\n"
        f"from copydesk import compiled as c; c._FILE = {str(tmp_path / 'kept')!r}\n"
        "from copydesk.cli import main\n"
        f"sys.argv = ['copydesk', 'check', '--isolated', '--no-cache', '--exit-zero', {str(seeds)!r}]\n"
        "try:\n    main()\nexcept SystemExit:\n    print(sorted(c._new), file=sys.stderr)"
    )
    runs = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True) for _ in range(2)]
    assert len(runs[0].stderr) > 1000
    assert runs[1].stderr == "[]\n"


def test_where_it_may_not_write_it_leaves_nothing(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    empty.mkdir()  # no file can take its place
    (empty / "inside").touch()
    compiled.compiled("a+b")
    compiled._write()
    assert [p.name for p in empty.parent.iterdir()] == [empty.name]
