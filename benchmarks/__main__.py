"""``make bench``: copydesk beside its peers on the same articles, in paired runs of whole processes."""

from __future__ import annotations

import argparse
import os
import platform
import resource
import statistics
import subprocess
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from benchmarks.corpus import write
from benchmarks.peers import Trial, trials


def cpu_seconds(command: Sequence[str]) -> float:
    """User and system time of a process and its children. Findings make no difference, but a crash raises."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=_env())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode < 0 or (Path(command[0]).name == "copydesk" and done.returncode):
        raise RuntimeError(f"{command} ended with {done.returncode}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _env() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}


def measured(trial: Trial, rounds: int) -> dict[str, list[float]]:
    """The times of each command, every round running all of them in turn; a first round, which warms, is not told."""
    times: dict[str, list[float]] = {name: [] for name in trial.commands}
    for number in range(rounds + 1):
        for name, command in trial.commands.items():
            spent = cpu_seconds(command)
            if number:
                times[name].append(spent)
    return times


def table(trial: Trial, times: dict[str, list[float]]) -> str:
    """A Markdown table: seconds, and how many times copydesk's of the same round, as median and range."""
    ours = next(iter(times.values()))
    lines = [f"**{trial.title}**", "", "| | CPU seconds (least to most) | times copydesk's |", "|---|---|---|"]
    for name, spent in times.items():
        ratios = [theirs / own for theirs, own in zip(spent, ours, strict=True)]
        shown = f"{statistics.median(spent):.3f} ({min(spent):.3f} to {max(spent):.3f})"
        lines.append(f"| {name} | {shown} | {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f}) |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Generate the articles, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--corpus", type=Path, help="a folder of .txt articles to copy and use instead of generated ones"
    )
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        size = write(folder, given.articles) if given.corpus is None else copied(given.corpus, folder)
        (folder / "copydesk.toml").touch()
        os.chdir(folder)
        print(f"{date.today()}, Python {platform.python_version()}, {platform.system()} {platform.machine()}", end=", ")
        print(f"{os.cpu_count()} cores; {size:,} bytes of articles; {given.rounds} rounds\n")
        for trial in trials(folder):
            print(table(trial, measured(trial, given.rounds)), flush=True)


def copied(corpus: Path, folder: Path) -> int:
    """Copy a corpus's articles, for a benchmark writes beside them; the number of bytes."""
    size = 0
    for file in sorted(corpus.rglob("*.txt")):
        to = folder / file.relative_to(corpus)
        to.parent.mkdir(parents=True, exist_ok=True)
        size += to.write_bytes(file.read_bytes())
    return size


if __name__ == "__main__":
    main()
