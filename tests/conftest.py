"""What the tests share: a project in an empty folder."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from copydesk.project import Overrides, Project
from copydesk.run import Run

# a machine may be busy; what is fast is shown by the benchmarks
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

Write = Callable[[dict[str, str | bytes]], None]


@pytest.fixture
def desk_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory whose configuration uses the trial rules."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "copydesk.toml").write_text('packs = ["trial_rules"]\n', encoding="utf-8")
    return tmp_path


@pytest.fixture
def write(desk_folder: Path) -> Write:
    """Writes files into the working directory."""

    def write_files(files: dict[str, str | bytes]) -> None:
        for name, content in files.items():
            path = desk_folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())

    return write_files


@pytest.fixture
def run_of(desk_folder: Path) -> Callable[..., Run]:
    """Checks files with chosen rules, in this process."""

    def checked(*paths: str, select: str = "", jobs: int = 1) -> Run:
        run = Run(Project(Overrides(select=tuple(filter(None, select.split(","))))), jobs=jobs)
        run.check(paths)
        return run

    return checked
