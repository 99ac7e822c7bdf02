"""The command line as a user types it."""

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from copydesk import switches
from copydesk.commands.check import check, fix
from copydesk.finding import SEVERITIES
from copydesk.render import FORMATS as FORMATS_THERE_ARE
from copydesk.switches import plain

Write = Callable[[dict[str, str | bytes]], None]
Done = subprocess.CompletedProcess[str]


def copydesk(*args: str, stdin: str | None = None, env: dict[str, str] | None = None, cwd: str = ".") -> Done:
    """Run the command in the working directory."""
    packs = str(Path(__file__).parent / "packs")
    return subprocess.run(
        [sys.executable, "-m", "copydesk", *args],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": packs, "PYTHONUTF8": "1", **(env or {})},
        check=False,
    )


def findings(done: Done) -> list[dict[str, Any]]:
    """The findings of a run with --output-format jsonl."""
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_clean_copy_is_0(write: Write) -> None:
    write({"a.txt": "All is well.\n"})
    done = copydesk("check", ".")
    assert (done.returncode, done.stderr) == (0, "")


def test_findings_are_1_and_fixes_leave_0(write: Write) -> None:
    write({"a.txt": "It was teh end.\n"})
    assert copydesk("check", ".").returncode == 1
    assert copydesk("check", "--exit-zero", ".").returncode == 0
    done = copydesk("check", "--fix", "--show-fixes", ".")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "trial/typo" in done.stdout
    assert Path("a.txt").read_text() == "It was the end.\n"
    assert copydesk("undo").returncode == 0
    assert Path("a.txt").read_text() == "It was teh end.\n"


def test_fixes_made_without_the_configuration_can_be_taken_back(write: Write, desk_folder: Path) -> None:
    write({"sub/a.txt": "It was done.Â\n"})
    for args in (("--isolated",), ("--config", "../copydesk.toml", "--config", 'packs = ["copydesk_rules"]')):
        done = copydesk("fix", *args, "a.txt", cwd="sub")
        assert Path("sub/a.txt").read_text(encoding="utf-8") == "It was done.\n", done.stdout + done.stderr
        assert copydesk("undo", cwd="sub").returncode == 0
        assert Path("sub/a.txt").read_text(encoding="utf-8") == "It was done.Â\n"


def test_fix_only_says_nothing_of_what_is_left(write: Write) -> None:
    write({"a.txt": "It was teh end.\nHe said: “It was teh end of it all.”\n"})
    done = copydesk("check", "--fix-only", "--output-format", "jsonl", ".")
    assert (done.returncode, done.stdout) == (0, "")
    assert Path("a.txt").read_text() == "It was the end.\nHe said: “It was teh end of it all.”\n"


def test_fail_on_lets_milder_findings_pass(write: Write) -> None:
    write({"a.txt": "teh end"})
    assert copydesk("check", "--fail-on", "error", ".").returncode == 0
    assert copydesk("check", "--fail-on", "warning", ".").returncode == 1


def test_diff_shows_and_writes_nothing(write: Write) -> None:
    write({"a.txt": "It was teh end.\n"})
    done = copydesk("check", "--diff", ".")
    assert done.returncode == 1
    assert "-It was teh end.\n+It was the end.\n" in done.stdout
    assert Path("a.txt").read_text() == "It was teh end.\n"


FORMATS = ("full", "concise", "json", "jsonl", "github", "sarif")


@pytest.mark.parametrize("name", FORMATS)
def test_the_format_changes_neither_fixes_nor_status(write: Write, name: str) -> None:
    write({"a.txt": "It was teh end.\n", "b.txt": "He said: “It was teh end of it all.”\n"})
    assert copydesk("check", "--output-format", name, ".").returncode == 1
    done = copydesk("check", "--fix", "--output-format", name, ".")
    assert done.returncode == 1
    assert Path("a.txt").read_text() == "It was the end.\n"
    assert "b.txt" in done.stdout


def test_json_is_the_contract(write: Write) -> None:
    write({"a.txt": "\ufeffOne.\r\nIt was teh end.\r\n"})
    done = copydesk("check", "--output-format", "json", ".")
    report = json.loads(done.stdout)
    assert report["version"] == 1
    assert set(report) == {"version", "findings", "errors", "summary"}
    [f] = report["findings"]
    assert list(f) == [
        "path", "article", "rule", "severity", "confidence", "message", "start", "end", "line", "column",
        "end_line", "end_column", "fix", "related", "fingerprint", "data",
    ]  # fmt: skip
    assert (f["start"], f["end"], f["line"], f["column"], f["end_column"]) == (13, 16, 2, 8, 11)
    assert f["fix"] == {
        "safety": "safe",
        "title": "write the",
        "edits": [{"start": 13, "end": 16, "text": "the"}],
    }


BAD_INPUT: list[tuple[str, bytes, str]] = [
    ("binary.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 20, "binary"),
    ("latin.txt", "Die Straße nach Köln ist für alle gesperrt.".encode("cp1252") * 5, "not UTF-8"),
    ("cut.json", b'{"title": "One", "text": "It was', "cut.json"),
    ("lines.jsonl", b'{"text": "One."}\n{"text": "Two.\n' + b'{"text": "It was teh end."}\n' * 3000, "lines.jsonl"),
    ("bom.txt", b"\xff\xfe\x00", "byte order mark"),
]


@pytest.mark.parametrize(("name", "data", "said"), BAD_INPUT, ids=[b[0] for b in BAD_INPUT])
def test_bad_input_is_an_error_and_the_rest_is_checked(write: Write, name: str, data: bytes, said: str) -> None:
    write({name: data, "ok.txt": "It was teh end."})
    done = copydesk("check", "--output-format", "jsonl", ".")
    assert done.returncode == 2, done.stderr
    assert name in done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert "ok.txt" in {f["path"] for f in findings(done)}
    assert copydesk("check", "--exit-zero", ".").returncode == 2


def test_a_broken_line_costs_one_record(write: Write) -> None:
    write({"lines.jsonl": b'{"text": "One."}\n{"text": "Two.\n' + b'{"text": "It was teh end."}\n' * 3000})
    done = copydesk("check", "--output-format", "jsonl", "lines.jsonl")
    assert len(findings(done)) == 3000
    assert "lines.jsonl:2" in done.stderr


def test_empty_files_are_clean(write: Write) -> None:
    write({"a.txt": "", "b.md": "", "c.jsonl": "", "d.txt": "\ufeff", "e.txt": "\n\n"})
    assert copydesk("check", ".").returncode == 0


def test_a_50_mb_line_is_checked(write: Write) -> None:
    write({"a.txt": "It was all right in the end. " * 1_800_000 + "teh"})
    done = copydesk("check", "--output-format", "jsonl", "a.txt")
    assert [f["end"] for f in findings(done)] == [29 * 1_800_000 + 3]


def test_a_missing_file_and_a_dangling_link(write: Write, desk_folder: Path) -> None:
    write({"a.txt": "teh"})
    (desk_folder / "link.txt").symlink_to("nowhere")
    done = copydesk("check", "a.txt", "missing.txt", "link.txt")
    assert done.returncode == 2
    assert "missing.txt" in done.stdout and "link.txt" in done.stdout
    assert "a.txt" in done.stdout
    assert copydesk("check", ".").returncode == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")
def test_a_pipe_and_a_device_are_errors_not_waits(write: Write, desk_folder: Path) -> None:
    write({"a.txt": "teh"})
    os.mkfifo(desk_folder / "pipe.txt")
    done = copydesk("check", ".", "pipe.txt", "/dev/zero")
    assert done.returncode == 2
    assert "pipe.txt: error: is not a regular file" in done.stdout
    assert "/dev/zero: error: is not a regular file" in done.stdout
    assert "a.txt:1:1" in done.stdout


@pytest.mark.skipif(os.getuid() == 0, reason="root reads everything")
def test_an_unreadable_file(write: Write) -> None:
    write({"a.txt": "teh", "b.txt": "teh"})
    Path("b.txt").chmod(0)
    done = copydesk("check", ".")
    assert done.returncode == 2
    assert "b.txt" in done.stdout and "Permission denied" in done.stdout


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("check", "--select", "trial/tpyo", "."), "did you mean 'trial/typo'?"),
        (("check", "--config", "nowhere.toml", "."), "nowhere.toml"),
        (("check", "--config", "selct = []", "."), "did you mean 'select'?"),
        (("check", "--no-such-option", "."), "--no-such-option"),
        (("chek",), "chek"),
        (("rule", "trial/tpyo"), "did you mean 'trial/typo'?"),
    ],
)
def test_usage_errors_are_2_and_say_what_to_write(write: Write, args: tuple[str, ...], said: str) -> None:
    done = copydesk(*args)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_configuration_file_is_named(write: Write) -> None:
    write({"copydesk.toml": "selct = []", "a.txt": ""})
    done = copydesk("check", ".")
    assert done.returncode == 2
    assert "copydesk.toml" in done.stderr and "'select'" in done.stderr


def test_standard_input(write: Write) -> None:
    done = copydesk("check", "--stdin-filename", "a.txt", "--output-format", "concise", stdin="It was teh end.")
    assert done.returncode == 1
    assert done.stdout.startswith("a.txt:1:8:")
    done = copydesk("check", "--fix", "--stdin-filename", "a.txt", stdin="It was teh end.")
    assert (done.returncode, done.stdout) == (0, "It was the end.")


def test_standard_input_is_checked_alone(write: Write) -> None:
    write({"a.txt": "teh"})
    for args in (("-", "a.txt"), ("--stdin-filename", "b.txt", "a.txt")):
        done = copydesk("check", *args, stdin="teh")
        assert (done.returncode, done.stdout) == (2, "")
        assert "alone" in done.stderr


def test_standard_input_in_an_excluded_name_passes_through(write: Write) -> None:
    name = ("--stdin-filename", "node_modules/a.txt", "--force-exclude")
    assert copydesk("check", *name, stdin="teh").returncode == 0
    done = copydesk("check", "--fix", *name, stdin="teh")
    assert (done.returncode, done.stdout) == (0, "teh")


def shell(command: str) -> Done:
    """Run a shell command in which ``copydesk`` is ours."""
    command = f'set -o pipefail; copydesk() {{ {sys.executable} -m copydesk "$@"; }}; {command}'
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parent / "packs"), "PYTHONUNBUFFERED": ""}
    return subprocess.run(["bash", "-c", command], capture_output=True, text=True, env=env, check=False)


@pytest.mark.skipif(sys.platform != "linux", reason="as shells and devices of Linux have it")
@pytest.mark.parametrize(
    ("command", "status", "said"),
    [
        ("copydesk check many.txt | head -1 >/dev/null", 141, ""),
        ("copydesk check --output-format json many.txt | head -c 1 >/dev/null", 141, ""),
        ("copydesk check many.txt >&-", 1, ""),
        ("copydesk check clean.txt >&-", 0, ""),
        ("copydesk check many.txt 2>&- >/dev/null", 1, ""),
        ("copydesk check - <&- >/dev/null", 0, ""),
        ("copydesk check many.txt >/dev/full", 2, "Error: output cannot be written: No space left on device\n"),
        ("copydesk check clean.txt >/dev/full", 2, "Error: output cannot be written: No space left on device\n"),
        ("mkdir gone; cd gone; rmdir ../gone; copydesk check .", 2, "Error: the working directory cannot be used"),
    ],
)
def test_whatever_becomes_of_the_streams(write: Write, command: str, status: int, said: str) -> None:
    write({"many.txt": "teh end\n" * 3000, "clean.txt": "the end\n"})
    done = shell(command)
    assert done.returncode == status, done.stderr
    assert done.stderr.startswith(said) and bool(done.stderr) == bool(said)


def test_nothing_hostile_reaches_the_terminal(write: Write) -> None:
    write({"a.txt": "\x1b[31m teh ::error::x \x07\u202e end"})
    for name in ("full", "concise", "github"):
        done = copydesk("check", "--output-format", name, ".")
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", done.stdout), name
        assert not [x for x in done.stdout.splitlines() if x.lstrip().startswith("::error::x")]


def test_rules_are_listed_and_explained(write: Write) -> None:
    assert "trial/typo" in copydesk("rule").stdout
    assert copydesk("rule", "trial/typo").stdout == "# trial/typo\n"
    [about] = json.loads(copydesk("rule", "trial/typo", "--output-format", "json").stdout)
    assert about["options"]["limit"] == 1000


def test_configuration_is_shown(write: Write, desk_folder: Path) -> None:
    shown = copydesk("config").stdout
    assert shown.startswith(f"# {desk_folder / 'copydesk.toml'}\n")
    assert 'packs = ["trial_rules"]' in shown
    assert copydesk("config", "--rules", "--select", "trial/typo").stdout == "trial/typo\n"


def test_the_configuration_shown_is_one_that_says_the_same(write: Write, desk_folder: Path) -> None:
    text = (
        (desk_folder / "copydesk.toml").read_text()
        + """
    extends = ["style.toml"]
    ignore = ["trial/crash"]
    [rules."trial/typo"]
    wrong = 'a "b" \\\\ \u202e é'
    limit = 3
    kinds = ["one", "two"]
    strict = true
    [per-file-ignores]
    "a b/**" = ["trial"]
    [fields]
    text = ["story"]
    [corpus]
    paths = ["in"]
    [[styles]]
    preferred = "Kyiv"
    rejected = ["Kiev"]
    """
    )
    write({"copydesk.toml": text, "style.toml": '[[styles]]\npreferred = "Lviv"\nrejected = ["Lvov"]'})
    first = copydesk("config")
    assert first.returncode == 0, first.stderr
    assert "\u202e" not in first.stdout
    write({"copydesk.toml": first.stdout})
    assert copydesk("config").stdout == first.stdout
    assert (
        '"Lviv"' in first.stdout
        and "limit" in first.stdout
        and "\u202e" in tomllib.loads(first.stdout)["rules"]["trial/typo"]["wrong"]
    )


def test_init_writes_a_configuration_that_loads(write: Write, desk_folder: Path) -> None:
    (desk_folder / "copydesk.toml").unlink()
    assert copydesk("init").returncode == 0
    assert copydesk("config").returncode == 0
    assert copydesk("init").returncode == 2


def test_the_index_is_built_used_and_shown(write: Write) -> None:
    write({"a.txt": "Word one", "b.txt": "Word two"})
    assert copydesk("index", "status").returncode == 2
    assert copydesk("index", "build").stdout == "2 articles in 2 files\n"
    assert "2 articles" in copydesk("index", "status").stdout
    select = ("--select", "trial/twins", "--output-format", "jsonl")
    assert len(findings(copydesk("check", *select, "b.txt"))) == 1
    assert len(findings(copydesk("check", *select, "--no-index", "b.txt"))) == 0
    assert len(findings(copydesk("check", *select, "--no-corpus", "b.txt"))) == 0


def test_an_unreadable_file_makes_every_command_end_with_2(write: Write) -> None:
    write({"in/a.txt": "teh", "cut.json": "{"})
    for args in (("index", "build"), ("index", "update"), ("baseline", "create"), ("baseline", "status")):
        done = copydesk(*args)
        assert (done.returncode, "cut.json" in done.stderr) == (2, True), args
    done = copydesk("check", "--index", "--exit-zero", "in")
    assert (done.returncode, "cut.json" in done.stderr) == (0, False), "this run is not about it"
    assert "1 other file could not be read" in done.stderr
    done = copydesk("check", "--index", "--exit-zero", "in/a.txt")
    assert (done.returncode, done.stderr) == (0, ""), "no other file is looked at"


def test_an_index_may_be_built_twice_at_once(write: Write) -> None:
    write({f"{n:03}.txt": "Word" for n in range(600)})
    command = "copydesk index build & copydesk index build; wait $!"
    done = shell(command)
    assert (done.returncode, done.stderr) == (0, "")
    assert copydesk("index", "update").stdout == "600 articles in 600 files\n"


def test_a_damaged_index_is_made_anew(write: Write, desk_folder: Path) -> None:
    write({f"{n:03}.txt": "Word" for n in range(100)})
    copydesk("index", "build")
    file = desk_folder / ".copydesk" / "index.sqlite"
    data = file.read_bytes()
    half = len(data) // 8192 * 4096
    file.write_bytes(data[:half] + b"\xff" * (len(data) - half))
    done = copydesk("check", "--select", "trial/twins", "--output-format", "jsonl", "050.txt")
    assert (done.returncode, len(findings(done))) == (1, 1), done.stderr
    assert "damaged" in done.stderr


def test_a_baseline_accepts_what_is_there(write: Write) -> None:
    write({"a.txt": "It was teh end.\n", "copydesk.toml": 'packs = ["trial_rules"]\nbaseline = "baseline.json"\n'})
    assert copydesk("baseline", "create").returncode == 0
    assert copydesk("check", ".").returncode == 0
    assert copydesk("check", "--no-baseline", ".").returncode == 1
    write({"a.txt": "New first line.\n\nIt was teh end.\n\nAnd teh other.\n"})
    done = copydesk("check", "--output-format", "jsonl", ".")
    assert [f["line"] for f in findings(done)] == [5]
    copydesk("check", "--fix", ".")
    assert Path("a.txt").read_text() == "New first line.\n\nIt was teh end.\n\nAnd the other.\n"


def test_help_and_version_are_quick_words(write: Write) -> None:
    assert "check" in copydesk("--help").stdout
    assert re.fullmatch(r"copydesk \d+\.\d+\.\d+\n", copydesk("--version").stdout)
    assert "--unsafe-fixes" in copydesk("check", "--help").stdout


def test_a_profile_tells_what_rules_and_stages_took(write: Write) -> None:
    write({"a.txt": "It was teh end.\n", "b.txt": "It was all."})
    plain = copydesk("check", "--select", "trial/typo,trial/twins", ".")
    done = copydesk("check", "--select", "trial/typo,trial/twins", "--profile", ".")
    assert (done.returncode, done.stdout) == (plain.returncode, plain.stdout)
    head, _, *rows = done.stderr.splitlines()
    assert head.startswith("2 files, 27 bytes, ")
    names = {row.split("  ")[-1] for row in rows}
    assert {"find files", "read", "print", "trial/typo: check", "trial/typo: import", "trial/twins: compare"} <= names


def test_the_cache_is_used_cleaned_and_left_alone(write: Write, desk_folder: Path) -> None:
    write({f"{n:02}.txt": "It was teh end.\n" for n in range(20)})
    args = ("check", "--output-format", "concise", ".")
    first = copydesk(*args, "--no-cache")
    assert not (desk_folder / ".copydesk").exists()
    assert copydesk(*args).stdout == first.stdout
    assert (desk_folder / ".copydesk" / ".gitignore").read_text() == "*\n"
    assert copydesk(*args).stdout == first.stdout
    assert copydesk("clean").stdout == "the cache was removed\n"
    assert copydesk("clean").stdout == "there was no cache\n"
    assert copydesk("check", "00.txt").returncode == 1
    assert not list((desk_folder / ".copydesk").glob("cache*")), "of one file nothing is kept"


LINES = [
    "check", "fix a.txt", "check -", "check --fix a.txt b.txt", "check a --diff b", "check --output-format json .",
    "check --output-format=jsonl .", "check -s a,b -s c --select d", "check --ignore=x -i y .", "check --jobs 3 -j 2",
    "check --index", "check --no-index --index", "check --index --no-index", "check --fail-on error --exit-zero",
    "check --stdin-filename x.txt", "check --config a.toml --config k=1", "fix --unsafe-fixes --show-fixes --no-cache",
    "check --profile --statistics --no-baseline --isolated --force-exclude --no-corpus --fix-only",
]  # fmt: skip
LEFT_TO_CLICK = [
    "", "--help", "check --help", "index build", "check --nope", "check --output-format", "check --output-format x",
    "check -j", "check -j -1", "check -j x", "check -sx", "check -j4", "check --fix=1", "check -- a", "fix --fix",
    "check -s=x", "check --select -x", "check --jobs ²",
]  # fmt: skip


@pytest.mark.parametrize("line", LINES)
def test_a_plain_line_is_read_as_click_reads_it(line: str) -> None:
    args = line.split()
    command = {"check": check, "fix": fix}[args[0]]
    by_click = command.make_context(args[0], args[1:]).params
    assert not by_click.pop("explain_input", False), "click's alone"
    assert plain(args) == {"fix": True, **by_click}


@pytest.mark.parametrize("line", LEFT_TO_CLICK)
def test_what_is_not_plain_is_left_to_click(line: str) -> None:
    assert plain(line.split()) is None


def test_formats_and_levels_are_those_there_are() -> None:
    assert set(switches.FORMATS) == set(FORMATS_THERE_ARE) - {"diff", "statistics"}
    assert switches.LEVELS == SEVERITIES


_HEAVY = ("ftfy", "numpy", "langdetect", "simhash", "regex", "chardet")
_ENGINE = (
    "click", "dataclasses", "hashlib", "inspect", "yaml", "sqlite3", "json", "subprocess", "multiprocessing", "ast",
    "tomllib", "typing",
    "copydesk.baseline", "copydesk.cache", "copydesk.index", "copydesk.settle", "copydesk.suppress", "copydesk.undo",
    "copydesk.render.paragraph", "copydesk_rules.copies.near_duplicate", "copydesk_rules.figures.conflict",
    "copydesk_rules.figures.weak",
)  # fmt: skip


@pytest.mark.parametrize(
    ("args", "not_wanted"),
    [
        ("['--help']", (*_HEAVY, "yaml", "sqlite3", "multiprocessing", "json", "subprocess", "copydesk.run")),
        ("['rule']", (*_HEAVY, "yaml", "sqlite3", "multiprocessing", "copydesk.run")),
        ("['check', '--select', 'copies,residue/placeholder', 'clean.txt']", (*_HEAVY, *_ENGINE)),
        ("['check', 'clean.txt']", (*_HEAVY, *_ENGINE)),
        ("['check', 'clean.md']", (*_HEAVY, "multiprocessing", "sqlite3", "click")),
    ],
)
def test_only_what_is_needed_is_imported(write: Write, args: str, not_wanted: tuple[str, ...]) -> None:
    text = "The council met on Tuesday. It will meet again next week, the paper said.\n"
    write({"clean.txt": text, "clean.md": f"# The council\n\n{text}", "copydesk.toml": "# nothing yet\n\n"})
    code = f"""
import sys
from copydesk.__main__ import main
sys.argv = ["copydesk", *{args}]
try:
    main()
except SystemExit as end:
    assert not end.code, end
print([m for m in {not_wanted} if m in sys.modules], file=sys.stderr)
"""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    for _ in ("to keep what rules are made of", "to find it"):
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", code], env=kept, capture_output=True, text=True, check=False
        )
    assert done.stderr == "[]\n"
