"""Who a named person is, and what office he or she holds on a date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from polybius.grounding.sectors import elite
from polybius.reference import Entry, Term, office_key

# The higher, the better known: which of several persons of one name is meant when nothing else tells.
RANKS = (
    ("president", "prime minister", "king", "queen", "supreme leader", "chancellor", "head", "pope"),
    ("minister", "secretary", "leader"),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry on a date: in office ("now"), perhaps so ("stale"), no longer ("gone"), not yet ("before"), or no date."""

    entry: Entry
    when: str
    terms: tuple[Term, ...]
    seen: bool = True  # whether the sources see as far as the date: a title in the text may be newer than they are

    @property
    def code(self) -> str:
        return self.terms[0].code if self.terms else self.entry.code

    @property
    def sectors(self) -> tuple[str, ...]:
        """Sectors that the date leaves: a former official is of the elite."""
        own = tuple(dict.fromkeys(s for t in self.terms for s in t.sectors)) or self.entry.sectors
        return elite(own) if self.when == "gone" and self.entry.kind == "person" else own

    @property
    def reason(self) -> str:
        if not self.terms:
            return f"{self.entry.name}, {self.entry.source}"
        term = self.terms[0]
        office = f"{term.office or 'office'} {term.since or '?'}–{term.until or 'now'}, {term.source}"
        said = {
            "now": office,
            "stale": f"{office}; the table sees as far as {term.as_of}",
            "gone": f"out of office on the date: {office}",
            "before": f"not in office yet on the date: {office}",
            "undated": f"no date to check the office against: {office}",
        }
        return said[self.when]


def standing(entry: Entry, day: str | None) -> Standing:
    """What an entry is on a date."""
    terms = entry.terms
    if not terms:
        return Standing(entry, "now", ())
    if day is None:
        return Standing(entry, "undated", (terms[-1],))
    now = sorted((t for t in terms if t.covers(day)), key=lambda t: t.since, reverse=True)
    if now:
        kept = [
            t
            for t in now
            if not (t.until and t.until[:4] == day[:4] and any(o.since[:4] == day[:4] and o is not t for o in now))
        ]
        return Standing(entry, "now", tuple(kept or now))
    begun = [t for t in terms if t.since[: len(day)] <= day]
    if not begun:
        return Standing(entry, "before", (terms[0],))
    ended = max((t.until for t in begun if t.until), default="")
    open_terms = [t for t in begun if t.may_last(day) and t.as_of[:4] >= ended[:4] and not _outdated(t, terms)]
    if open_terms:
        return Standing(entry, "stale", (max(open_terms, key=lambda t: t.as_of),))
    seen = day <= max(t.as_of for t in terms)
    return Standing(entry, "gone", (max(begun, key=lambda t: (t.until or t.as_of, t.since)),), seen)


def _outdated(term: Term, terms: Iterable[Term]) -> bool:
    """Whether a source that sees further says when the same office ended."""
    return any(
        o.until and o.as_of > term.as_of and o.since[:4] <= (term.since[:4] or o.since[:4]) <= o.until[:4]
        for o in terms
    )


def rank(found: Standing) -> int:
    """How well known a person is by office."""
    offices = " ".join(t.office.lower() for t in found.entry.terms)
    return next((len(RANKS) - i for i, words in enumerate(RANKS) if any(w in offices for w in words)), 0)


def choose(
    found: Iterable[Entry], day: str | None, codes: Iterable[str], short: bool
) -> tuple[Standing | None, tuple[str, ...]]:
    """The person of a name, with those who were passed over. ``codes`` are countries that the context names.

    A full name goes to the best entry. A surname alone must be the name of one person only who is known for the country
    of the context or is in office on the date.
    """
    near = frozenset(codes)
    every = [standing(e, day) for e in found]
    order = {"now": 3, "stale": 2, "undated": 2, "gone": 1, "before": 0}
    ranked = sorted(every, key=lambda s: (s.code in near, order[s.when], rank(s)), reverse=True)
    if not ranked:
        return None, ()
    best, rest = ranked[0], ranked[1:]
    others = tuple(f"{s.entry.name} ({s.code})" for s in rest[:3])
    if short and not _stands_out(best, rest, near):
        return None, (f"{best.entry.name} ({best.code})", *others)
    return best, others


def _stands_out(best: Standing, rest: list[Standing], near: frozenset[str]) -> bool:
    if best.when in ("gone", "before") and not (best.code in near and rank(best) == 2):
        return False
    rivals = [s for s in rest if (s.code in near, s.when in ("now", "stale", "undated"), rank(s)) >= _place(best, near)]
    return not any(s.code != best.code for s in rivals) and (best.code in near or rank(best) == 2)


def _place(found: Standing, near: frozenset[str]) -> tuple[bool, bool, int]:
    return found.code in near, found.when in ("now", "stale", "undated"), rank(found)


def holder(found: Iterable[Entry], office: str, day: str) -> Standing | None:
    """Who of several holds an office on a date; None where it is nobody, or where several may."""
    every = [s for s in (standing(e, day) for e in found) if any(office_key(t.office) == office for t in s.terms)]
    now = [s for s in every if s.when == "now"]
    stale = [s for s in every if s.when == "stale"]
    fitting = now or stale
    return fitting[0] if len({s.entry.name for s in fitting}) == 1 else None
