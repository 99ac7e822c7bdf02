"""``make bench``: copydesk beside its peer on the same articles, in paired runs of whole processes."""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.corpus import write

_COPYDESK = (sys.executable, "-m", "copydesk", "check", "--isolated", "--exit-zero", "--output-format", "jsonl")


def cpu_seconds(command: Sequence[str]) -> float:
    """User and system time of a process and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=_env())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _env() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--corpus", type=Path, help="a folder of articles to use instead of generated ones")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = given.corpus or Path(made)
        if given.corpus is None:
            write(folder, given.articles)
        one = next(folder.rglob("*.txt"))
        rows = {
            "copydesk, all files, one process": (*_COPYDESK, "--jobs", "1", str(folder)),
            "ftfy + langdetect + simhash script": (sys.executable, "-m", "benchmarks.plain_script", str(folder)),
            "copydesk, one file": (*_COPYDESK, str(one)),
            "bare Python start": (sys.executable, "-c", "pass"),
        }
        times: dict[str, list[float]] = {name: [] for name in rows}
        for _ in range(given.rounds):
            for name, command in rows.items():
                times[name].append(cpu_seconds(command))
    ours = statistics.median(times["copydesk, all files, one process"])
    print(f"{'CPU seconds, whole process':38} {'median':>8} {'min':>8} {'max':>8} {'to copydesk':>12}")
    for name, values in times.items():
        middle = statistics.median(values)
        print(f"{name:38} {middle:8.2f} {min(values):8.2f} {max(values):8.2f} {middle / ours:11.2f}x")


if __name__ == "__main__":
    main()
