"""Organs, organisations, parties, groups and companies: which one a phrase names, and who of it."""

from __future__ import annotations

from dataclasses import replace

from polybius.grounding.clues import Clues, Hit
from polybius.grounding.persons import standing
from polybius.grounding.scope import Scope
from polybius.grounding.sectors import COUNTING, WEAK, singular
from polybius.records import Actor, Grounding
from polybius.reference import Entry, folded, normal


class BodyFinder:
    """The bodies of one article."""

    def __init__(self, scope: Scope) -> None:
        self.scope, self.world, self.around = scope, scope.world, scope.around

    def body(self, clues: Clues, day: str | None) -> Grounding[Actor] | None:
        """An organ, organisation, party or group in the phrase, if the phrase is about it or its people."""
        for hit in clues.bodies:
            beyond = hit.start > clues.head and not self.of_head(clues, hit)
            if beyond or not (clues.is_whole(hit) or clues.belongs(hit)):
                continue
            entry, others = self.pick(hit)
            if entry is None:
                continue
            if entry.terms:
                entry = replace(entry, sectors=standing(entry, day).sectors)
            code = self.body_country(clues, entry)
            own = clues.head in range(hit.start, hit.end)
            sectors = entry.sectors if own else self.joined(clues, entry)
            name = entry.name if own else self.scope.text(clues)
            actor = self.scope.actor(name, code, sectors, entry.identifier if own else None)
            if code is None:
                return Grounding(
                    "ambiguous", actor, f"{entry.kind} that belongs to no one country", (), 0.6, "table", others
                )
            return Grounding("resolved", actor, f"{entry.kind} in the table, {entry.source}", (), 1.0, "table", others)
        return None

    def of_head(self, clues: Clues, hit: Hit) -> bool:
        """ "a member of the Taliban", "residents of …" are of a body; "an attack against the Taliban" is not."""
        between = [f.lower() for f in clues.sentence.forms[clues.head + 1 : hit.start]]
        return between[:1] in (["of"], ["from"], [","], ["("], ["with"])

    def pick(self, hit: Hit) -> tuple[Entry | None, tuple[str, ...]]:
        """Of several bodies with one name the one whose country the article names; a common name needs that."""
        exact = [e for e in hit.entries if folded(e.name) == folded(hit.text)]
        ranked = sorted(exact or hit.entries, key=lambda e: self.around.count(e.code), reverse=True)
        if not ranked:
            return None, ()
        others = tuple(f"{e.name} ({e.code})" for e in ranked[1:4])
        common = ranked[0].kind == "organ" and normal(hit.known.name) in self.world.roles
        if common and self.around.codes and ranked[0].code not in self.around.codes:
            return None, others
        return ranked[0], others

    def body_country(self, clues: Clues, entry: Entry) -> str | None:
        """A body's own country; of an organ with a common name, that of the state in the phrase."""
        if entry.kind in ("organ", "people") and clues.code and self.scope.state(clues.code) != entry.code:
            return clues.code
        return entry.code if entry.code not in ("", "NA") else clues.code

    def body_code(self, clues: Clues) -> str | None:
        entries = [e for h in clues.bodies for e in (self.pick(h)[0],) if e is not None]
        return next((e.code for e in entries if e.code), None)

    def joined(self, clues: Clues, entry: Entry) -> tuple[str, ...]:
        """A body's people: the role noun's sectors, unless it says no more than that they act for the body."""
        roles = clues.sectors
        noun = singular(clues.sentence.forms[clues.head])
        vague = noun in WEAK or noun in COUNTING or (entry.kind == "armed group" and roles[:1] in (("MIL",), ("CVL",)))
        if not roles or (vague and entry.sectors and entry.kind != "people"):
            return entry.sectors
        return tuple(dict.fromkeys((*roles, *(s for s in entry.sectors if s in ("PTY", "OPP")))))
