"""robots.txt of a site: fetched once a day, and read in the worker, since its patterns are foreign too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from polybius.ingest.extractor import Extractor
from polybius.ingest.fetch.address import Target
from polybius.ingest.fetch.exchange import AGENT, Answer
from polybius.ingest.fetch.failure import NotFetched
from polybius.ingest.fetch.turns import Turns

KEPT = 86400.0  # seconds
KEPT_FAILURE = 600.0  # a site that could not be asked is asked again sooner
MAX_ROBOTS = 512 * 1024  # bytes that are read of it; RFC 9309 asks for 500 kibibytes at least
LONGEST_PAUSE = 60.0  # a longer Crawl-delay is taken for this one

Judge = Callable[[bytes, str], tuple[bool, float]]


def judged_by(extractor: Extractor) -> Judge:
    """Whether an address may be fetched by a robots.txt, and the pause that it wants."""

    def judge(rules: bytes, url: str) -> tuple[bool, float]:
        (found,) = extractor.run("robots", rules, {"url": url, "agent": AGENT})
        return bool(found["allowed"]), min(float(found["pause"]), LONGEST_PAUSE)

    return judge


@dataclass(frozen=True, slots=True)
class _Held:
    until: float
    rules: bytes = b""
    problem: str = ""


class Robots:
    """The rules of the sites that were asked, in memory. ``get`` fetches an address without asking for its rules."""

    def __init__(self, get: Callable[[str], Answer], judge: Judge, clock: Callable[[], float]) -> None:
        self.get, self.judge, self.clock = get, judge, clock
        self.held: dict[str, _Held] = {}
        self.turns = Turns()

    def require(self, target: Target) -> float:
        """The pause that the site asks for. Raises NotFetched where it does not want to be read."""
        rules = self._rules(target.site)
        if rules.problem:
            raise NotFetched("robots", f"{target.site}/robots.txt: {rules.problem}", passing=True)
        if not rules.rules.strip():
            return 0.0
        allowed, pause = self.judge(rules.rules, target.url)
        if not allowed:
            raise NotFetched("robots", f"{target.url[:200]} is not for {AGENT}")
        return pause

    def _rules(self, site: str) -> _Held:
        with self.turns.of(site):
            held = self.held.get(site)
            if held is None or held.until <= self.clock():
                held = self.held[site] = self._asked(site)
            return held

    def _asked(self, site: str) -> _Held:
        """RFC 9309: no rules where the file is not there; nothing may be fetched where the site cannot tell."""
        try:
            answer = self.get(f"{site}/robots.txt")
        except NotFetched as error:
            if error.reason in ("private_address", "bad_url", "certificate"):
                raise
            return _Held(self.clock() + KEPT_FAILURE, problem=f"{error.reason}: {error.detail}")
        if answer.status == 200:
            return _Held(self.clock() + KEPT, answer.body[:MAX_ROBOTS])
        if 400 <= answer.status < 500 and answer.status != 429:
            return _Held(self.clock() + KEPT)
        return _Held(self.clock() + KEPT_FAILURE, problem=f"the server answered {answer.status}")
