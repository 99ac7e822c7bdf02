"""An index that was killed at work, or is asked by many while one writes, says what any other says."""

import itertools
import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Write = Callable[[dict[str, str | bytes]], None]
COPYDESK = (sys.executable, "-m", "copydesk")
ASKED = "b/0000.txt"
FILES = 280
"""More than one transaction takes in."""


@pytest.fixture
def project(write: Write) -> str:
    """A project with copies in it; what is found in one of its articles by an index that nobody disturbed."""
    rng = random.Random(5)
    words = ["".join(rng.choice("bdfgklmnprstv") + rng.choice("aeiou") for _ in range(3)) for _ in range(900)]
    texts = {f"a/{n:04}.txt": " ".join(rng.choices(words, k=60)).capitalize() + ".\n" for n in range(FILES)}
    write({"copydesk.toml": "", **texts, ASKED: texts["a/0007.txt"], "c/1.txt": texts[f"a/{FILES - 1:04}.txt"]})
    ran("index", "build")
    found = asked()
    assert "a/0007.txt" in found
    return found


def ran(*args: str) -> str:
    """Standard output of copydesk."""
    done = subprocess.run((*COPYDESK, *args), capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    assert not done.stderr, done.stderr
    return done.stdout


def asked() -> str:
    """What is found in the article, and what the index holds but for its size on disk."""
    found: list[dict[str, Any]] = json.loads(ran("check", ASKED, "--output-format", "json"))["findings"]
    return json.dumps(found) + ran("index", "status").split(" files", 1)[0]


def killed(seconds: float, *args: str) -> bool:
    """Whether copydesk was still at work when it and its processes were killed."""
    process = subprocess.Popen((*COPYDESK, *args), stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False


@pytest.mark.skipif(sys.platform == "win32", reason="no signals, no process groups")
def test_killed_at_any_moment(project: str) -> None:
    delay, kills = 0.1, 0
    while killed(delay, "index", "build"):
        kills += 1
        delay *= 2
    assert kills
    assert asked() == project
    killed(delay / 2, "index", "build")
    ran("index", "update")
    assert asked() == project


def test_readers_beside_a_writer(project: str) -> None:
    readers = (*COPYDESK, "check", ASKED, "--output-format", "json")
    with subprocess.Popen((*COPYDESK, "index", "build"), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as writer:
        for _ in itertools.takewhile(lambda _: writer.poll() is None, itertools.count()):
            both = [subprocess.Popen(readers, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
            for reader in both:
                _, told = reader.communicate()
                assert reader.returncode in (0, 1), told
        assert writer.wait() == 0, writer.stderr
    ran("index", "update")
    assert asked() == project
    assert Path(".copydesk/index.sqlite").exists()
