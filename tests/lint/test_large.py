"""Large JSONL files: read in ranges of lines, they give what they give when read whole."""

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from copydesk import large, ranges
from copydesk.project import Overrides, Project
from copydesk.run import Run
from copydesk.settle import Settling

Write = Callable[[dict[str, str | bytes]], None]
EVERY = ("ALL",)
COPY = "the council said on Monday that teh harbour “would” close for a week; café owners didn’t agree Ã© 10 per cent"
KEYS: tuple[dict[str, object], ...] = (
    {},
    {},
    {"id": "a"},
    {"id": "a"},
    {"id": "7"},
    {"id": "a#9"},
    {"copydesk-ignore": "trial/typo"},
    {"copydesk-ignore": ["names", "no/rule"]},
    {"source": "Desk", "date": "2026-01-02"},
    {"body": "<p>teh <b>one</b></p><p>two&nbsp; teh</p>"},
)


def record(chance: random.Random, plain: bool) -> str:
    if chance.random() < 0.1:
        return chance.choice(("", "  ", "\t", "{not json", '{"id": "a"}', '{"text": "cut'))
    body = " ".join(chance.choice(COPY.split()) for _ in range(chance.randrange(3, 60)))
    if chance.random() < 0.2:
        body = "Two desks were sent the same long sentence teh other day, and both of them printed it as it was."
    return json.dumps({"text": body + chance.choice(("", "\n\n", "\r\n")), **chance.choice(KEYS)}, ensure_ascii=plain)


def lines(seed: int, plain: bool = False) -> bytes:
    chance = random.Random(seed)
    end = chance.choice(("\n", "\r\n"))
    return (end.join(record(chance, plain) for _ in range(60)) + chance.choice(("", end))).encode()


def checked(path: str, jobs: int = 1, *settings: str) -> Run:
    run = Run(Project(Overrides(select=EVERY, config=settings)), jobs=jobs)
    run.check([path])
    return run


def in_ranges(path: str, jobs: int = 1) -> Run:
    """A run in which the file is large: larger than may be read whole."""
    run = checked(path, jobs, f"max-file-size = {Path(path).stat().st_size - 1}")
    assert ranges.cut(path, 10**6) is not None
    return run


@pytest.fixture(params=[300, 5000])
def bound(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(ranges, "RANGE", request.param)
    return int(request.param)


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("seed", range(6))
def test_ranges_give_what_the_whole_file_gives(write: Write, bound: int, seed: int, plain: bool) -> None:
    write({"a.jsonl": lines(seed, plain)})
    whole, parts = checked("a.jsonl"), in_ranges("a.jsonl")
    assert len(parts._large["a.jsonl"].ranges) > 1
    report = whole.report()
    assert parts.report() == report
    assert parts.results == whole.results
    assert {f.rule for f in report.findings} >= {"trial/typo", "trial/twins"}
    assert report.errors
    assert report.notices


def test_processes_give_the_same(write: Write, bound: int) -> None:
    write({"a.jsonl": lines(1)})
    one, two = in_ranges("a.jsonl"), in_ranges("a.jsonl", jobs=2)
    assert two.results == one.results


def test_a_process_that_is_killed_costs_an_error(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranges, "RANGE", 1)
    write({"a.jsonl": b'{"text": "teh end"}\n' * 3 + b'{"text": "sigkill"}\n'})
    [error] = in_ranges("a.jsonl", jobs=2).results["a.jsonl"].errors
    assert "was killed" in error.message


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + b'{"text": "teh end"}\n' * 9,
        '{"text": "teh end"}\n'.encode("utf-16") * 9,
        b'{"text": "teh end"}\n' * 9 + b'{"text": "caf\xe9"}\n',
        b'{"text": "teh end"}\n' * 9 + b"\0" * 50,
    ],
    ids=["marked", "wide", "Latin-1", "zeros"],
)
def test_a_file_whose_encoding_the_whole_must_tell_is_not_cut(write: Write, bound: int, data: bytes) -> None:
    write({"a.jsonl": data})
    assert ranges.cut("a.jsonl", 10**6) is None
    [error] = checked("a.jsonl", 1, "max-file-size = 90").results["a.jsonl"].errors
    assert "max-file-size is 90" in error.message


def test_only_a_format_of_lines_is_cut(write: Write, desk_folder: Path) -> None:
    write(
        {
            "a.jsonl": b'{"text":\n"teh end"}\n',
            "a.txt": "teh end\n" * 9,
            "copydesk.toml": '[formats]\n".jsonl" = "json"\n',
        }
    )
    for path in ("a.jsonl", "a.txt"):
        [error] = checked(path, 1, "max-file-size = 9").results[path].errors
        assert error.message.endswith("max-file-size is 9: raise it, or split the file")


def test_a_line_may_be_as_long_as_a_file_may_be_large(write: Write, bound: int) -> None:
    write({"a.jsonl": b'{"text": "teh end"}\n' + b'{"text": "' + b"teh " * 9000 + b'"}\n'})
    [error] = checked("a.jsonl", 1, "max-file-size = 20000").results["a.jsonl"].errors
    assert error.message == "has a line of more than 20,000 bytes, which is max-file-size"


def test_a_file_that_changes_while_it_is_read_is_an_error(write: Write) -> None:
    write({"a.jsonl": lines(1)})
    file = ranges.cut("a.jsonl", 10**6)
    assert file is not None
    assert file.unchanged("a.jsonl")
    with Path("a.jsonl").open("ab") as f:
        f.write(b"\n")
    assert not file.unchanged("a.jsonl")
    Path("a.jsonl").unlink()
    assert not file.unchanged("a.jsonl")


def test_a_record_that_is_gone_is_not_found(write: Write, bound: int) -> None:
    write({"a.jsonl": lines(1)})
    run = in_ranges("a.jsonl")
    file, config = run._large["a.jsonl"], run.project.desk.config
    assert [a and a.id for a in (file.article("1", config), file.article("a", config))] == ["1", "a"]
    assert file.article("nobody", config) is None
    Path("a.jsonl").write_bytes(b"\n")
    assert file.article("a", config) is None


def test_a_file_too_large_for_memory_is_not_fixed(write: Write, bound: int) -> None:
    write({"a.jsonl": b'{"text": "teh end"}\n' * 9})
    report = Settling(in_ranges("a.jsonl"), unsafe=False).settle()
    [error] = report.errors
    assert error.message == (
        "cannot be fixed, which needs all of it in memory: is 180 bytes; max-file-size is 179:"
        " raise it, or split the file"
    )
    assert report.fixed == ()
    assert report.findings
    assert Path("a.jsonl").read_bytes() == b'{"text": "teh end"}\n' * 9


def test_a_large_file_that_fits_in_memory_is_fixed_whole(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large, "LARGE", 100)
    write({"a.jsonl": b'{"text": "teh end"}\n' * 9})
    run = checked("a.jsonl")
    assert run._large
    [fixed] = Settling(run, unsafe=False).settle().fixed
    assert fixed.after == b'{"text": "the end"}\n' * 9
