"""Where the time of a run went: processor milliseconds by stage and rule, for ``--profile``."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property, wraps

from copydesk.article import Article
from copydesk.frozen import field
from copydesk.rule import Rule
from copydesk.typed import Any, ParamSpec, TypeVar
from copydesk.work import Desk, Loading

T = TypeVar("T")
P = ParamSpec("P")


class Profile:
    """Seconds of processor time by name; a stage within another counts for itself alone."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.calls: dict[str, int] = {}
        self._inner: list[float] = [0.0]

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count the time within under a name."""
        start = time.process_time()
        self._inner.append(0.0)
        try:
            yield
        finally:
            whole = time.process_time() - start
            self.seconds[name] = self.seconds.get(name, 0.0) + whole - self._inner.pop()
            self.calls[name] = self.calls.get(name, 0) + 1
            self._inner[-1] += whole

    def timed(self, name: str, function: Callable[P, T]) -> Callable[P, T]:
        """The function, its time counted under a name."""

        @wraps(function)
        def counted(*args: P.args, **kwargs: P.kwargs) -> T:
            with self.stage(name):
                return function(*args, **kwargs)

        return counted

    def listed(self, name: str, function: Callable[P, Iterable[T]]) -> Callable[P, list[T]]:
        """The function, its time counted to the last of what it yields."""

        @wraps(function)
        def all_of(*args: P.args, **kwargs: P.kwargs) -> list[T]:
            with self.stage(name):
                return list(function(*args, **kwargs))

        return all_of

    def lines(self, files: int, size: int) -> Iterator[str]:
        """The table, the dearest first; ``size`` is that of all files, in bytes."""
        total = sum(self.seconds.values())
        yield f"{files:,} files, {size:,} bytes, {total * 1000:,.0f} ms\n"
        yield f"{'ms':>10} {'share':>6} {'calls':>9}  stage or rule\n"
        for name, spent in sorted(self.seconds.items(), key=lambda item: -item[1]):
            yield f"{spent * 1000:10,.1f} {spent / (total or 1):6.1%} {self.calls[name]:9,}  {name}\n"


class TimedDesk(Desk, eq=False):
    """A desk that counts what its rules take."""

    profile: Profile = field(default_factory=Profile)

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        plain = super().rules
        return Loading(plain, lambda rule_id: self._timed(rule_id, plain))

    def _timed(self, rule_id: str, plain: Mapping[str, Rule]) -> Rule:
        with self.profile.stage(f"{rule_id}: import"):
            rule = plain[rule_id]
        check, compare = rule.check, rule.compare
        return rule._replace(
            check=check and self.profile.listed(f"{rule_id}: check", check),
            compare=compare and self.profile.listed(f"{rule_id}: compare", compare),
        )

    @cached_property
    def collectors(self) -> dict[str, Callable[[Article], Any]]:
        return {key: self.profile.timed(f"{key}: collect", collect) for key, collect in super().collectors.items()}

    def stage(self, name: str) -> AbstractContextManager[None]:
        return self.profile.stage(name)
