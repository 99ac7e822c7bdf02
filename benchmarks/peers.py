"""What is run beside what: the command lines of copydesk and its peers."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

_ROOT = Path(__file__).parent.parent
_COPYDESK = (str(Path(sys.executable).with_name("copydesk")),)
_CHECK = (*_COPYDESK, "check", "--exit-zero", "--output-format", "jsonl")
_DAMAGE = "It was done.Â\nThe mayorâ€™s office said so.\n"


class Trial(NamedTuple):
    """Commands that do the like, by name; the first one is copydesk's, and the others' times are told beside it."""

    title: str
    commands: Mapping[str, tuple[str, ...]]


def trials(folder: Path) -> list[Trial]:
    """The trials over a folder of articles. Peers that are not installed are left out."""
    clean = _clean(folder)
    damaged = folder / "damaged.text"
    damaged.write_bytes(clean.read_bytes() + _DAMAGE.encode())
    python = {"bare Python": (sys.executable, "-c", "pass")}
    script = {"ftfy + langdetect + simhash script": (sys.executable, "-m", "benchmarks.plain_script", str(folder))}
    articles = (*_CHECK, "--jobs", "1", str(folder))
    return [
        Trial("one clean file", {"copydesk": (*_CHECK, str(clean)), **_peers(clean), **python}),
        Trial("the same file with damage in it", {"copydesk": (*_CHECK, str(damaged)), **_peers(damaged)}),
        Trial("--help", {"copydesk": (*_COPYDESK, "--help"), **python}),
        Trial("all articles, one process", {"copydesk": (*articles, "--no-cache"), **script, **_peers(folder)}),
        Trial(
            "all articles, nothing changed since",
            {"copydesk": articles, "copydesk, no cache": (*articles, "--no-cache")},
        ),
    ]


def _clean(folder: Path) -> Path:
    """The first article in which copydesk finds nothing."""
    done = subprocess.run((*_CHECK, str(folder)), capture_output=True, text=True, check=True)
    found = {json.loads(line)["path"] for line in done.stdout.splitlines()}
    return next(p for p in sorted(folder.rglob("*.txt")) if str(p) not in found)


def _peers(path: Path) -> dict[str, tuple[str, ...]]:
    commands = {
        "codespell": ("codespell", str(path)),
        "proselint": ("proselint", "check", str(path)),
        "typos": ("typos", str(path)),
    }
    home = _ROOT / ".venv-bench" / "bin"
    return {name: (str(home / first), *rest) for name, (first, *rest) in commands.items() if (home / first).exists()}
