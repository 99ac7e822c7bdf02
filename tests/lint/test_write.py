"""Writing files, and taking it back."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.report import Fixed
from copydesk.undo import _entry, log, undo
from copydesk.write import StaleError, write

_WRITER = """
import sys
from copydesk.write import write
path, old, new = sys.argv[1], b"old" * 200_000, b"new" * 200_000
print("ready", flush=True)
while True:
    write(path, new, old)
    write(path, old, new)
"""


def test_content_is_replaced_and_the_mode_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write(str(path), b"new", b"old")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_a_link_is_written_through(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.txt").write_bytes(b"old")
    link = tmp_path / "a.txt"
    link.symlink_to("real/a.txt")
    write(str(link), b"new", b"old")
    assert link.is_symlink()
    assert (tmp_path / "real" / "a.txt").read_bytes() == b"new"


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"somebody else")
    with pytest.raises(StaleError):
        write(str(path), b"new", b"old")
    assert path.read_bytes() == b"somebody else"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_kill_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    """A writer is killed at many moments; the file is whole each time."""
    path = tmp_path / "a.txt"
    old, new = b"old" * 200_000, b"new" * 200_000
    seen = set()
    for number in range(12):
        path.write_bytes(old)
        command = [sys.executable, "-c", _WRITER, str(path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(0.003 * number)
            writer.send_signal(signal.SIGKILL)
        content = path.read_bytes()
        assert content in (old, new)
        seen.add(content[:3])
    assert seen


@given(st.binary(max_size=40), st.binary(max_size=40))
def test_the_log_holds_what_it_takes_to_go_back(before: bytes, after: bytes) -> None:
    import base64
    import zlib

    entry = _entry(Path.cwd(), Fixed("a.txt", (), before, after))
    old = zlib.decompress(base64.b64decode(entry["old"]))
    assert after[: entry["at"]] + old + after[entry["at"] + entry["length"] :] == before


Write = Callable[[dict[str, str | bytes]], None]


def test_undo_takes_back_the_last_run_only(desk_folder: Path, write: Write) -> None:
    write({"a.txt": "three"})
    log(desk_folder, [Fixed("a.txt", (("x/y", 1),), b"one", b"two")])
    log(desk_folder, [Fixed("a.txt", (("x/y", 1),), b"two", b"three")])
    done = undo(desk_folder)
    assert done is not None
    assert done.files == ("a.txt",)
    assert Path("a.txt").read_bytes() == b"two"
    undo(desk_folder)
    assert Path("a.txt").read_bytes() == b"one"
    assert undo(desk_folder) is None


def test_undo_leaves_a_file_that_changed_since(desk_folder: Path, write: Write) -> None:
    write({"a.txt": "edited", "b.txt": "two"})
    log(desk_folder, [Fixed("a.txt", (), b"one", b"two"), Fixed("b.txt", (), b"one", b"two")])
    done = undo(desk_folder)
    assert done is not None
    assert done.files == ("b.txt",)
    assert done.errors[0].path == "a.txt"
    assert Path("a.txt").read_bytes() == b"edited"
    assert undo(desk_folder) is not None, "the log stays until every file is back"


def test_a_log_without_its_fixes_undoes_nothing(desk_folder: Path, write: Write) -> None:
    """A run was killed after it wrote its log and before it wrote the file."""
    write({"a.txt": "one"})
    log(desk_folder, [Fixed("a.txt", (), b"one", b"two")])
    done = undo(desk_folder)
    assert done is not None
    assert (done.files, done.errors) == ((), ())


def test_our_folder_hides_itself_from_git(desk_folder: Path) -> None:
    log(desk_folder, [])
    assert (desk_folder / ".copydesk" / ".gitignore").read_text() == "*\n"
    assert list((desk_folder / ".copydesk" / "undo").iterdir())


def test_a_log_cut_short_by_a_kill_is_no_log(tmp_path: Path) -> None:
    log(tmp_path, [Fixed("a.txt", (), b"old", b"new")])
    folder = tmp_path / ".copydesk" / "undo"
    [whole] = folder.glob("*.jsonl")
    whole.rename(whole.with_suffix(".part"))
    assert undo(tmp_path) is None


@pytest.mark.skipif(os.getuid() == 0, reason="root writes everything")
def test_a_read_only_file_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    path.chmod(0o444)
    with pytest.raises(PermissionError):
        write(str(path), b"new", b"old")
    assert path.read_bytes() == b"old"
