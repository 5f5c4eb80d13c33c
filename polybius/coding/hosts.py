"""What only the groundings can tell of a claim's sides: who is the host, and that nobody acts upon himself."""

from __future__ import annotations

from dataclasses import replace

from polybius.records import Actor, Claim, Filler, Groundings


def settled(claim: Claim, groundings: Groundings) -> Claim:
    """A claim with each party once, the host where its place tells, and nobody on both sides."""
    for step in (named_once, with_host, without_self):
        claim = step(claim, groundings)
    return claim


def with_host(claim: Claim, groundings: Groundings) -> Claim:
    """A meeting whose place lies in the country of some of those who meet: they are the hosts, the others visit.

    Left alone are meetings that have another mode or a recipient already, and those of which one side is not known.
    """
    if claim.event != "CONSULT" or set(claim.modes) - {"visit"} or claim.recipient:
        return claim
    country = only_country(claim, groundings)
    codes = {filler: code_of(filler, groundings) for filler in claim.actor}
    hosts = tuple(f for f, code in codes.items() if code is not None and code == country)
    guests = tuple(f for f, code in codes.items() if code != country)
    if not hosts or not guests or None in codes.values():
        return claim
    return replace(claim, modes=("visit",), actor=guests, recipient=hosts)


def without_self(claim: Claim, groundings: Groundings) -> Claim:
    """A claim in which nobody stands on both sides: the "his" of "he pledged his support" is whoever pledges.

    Of several actors the one that is also the recipient is not believed; a lone actor stays.
    """
    suffering = {identity(filler, groundings) for filler in claim.recipient} - {None}
    others = tuple(filler for filler in claim.actor if identity(filler, groundings) not in suffering)
    if others and len(others) < len(claim.actor):
        return replace(claim, actor=others)
    acting = {identity(filler, groundings) for filler in claim.actor} - {None}
    states = {code_of(filler, groundings) for filler in claim.actor if governs(filler, groundings)} - {None}
    left = tuple(
        f for f in claim.recipient if identity(f, groundings) not in acting and state(f, groundings) not in states
    )
    return claim if len(left) == len(claim.recipient) else replace(claim, recipient=left)


def governs(filler: Filler, groundings: Groundings) -> bool:
    """Whether a party is of its state's government, which does not act upon its own state."""
    target = target_of(filler, groundings)
    return target is not None and "GOV" in target.sectors


def state(filler: Filler, groundings: Groundings) -> str | None:
    """The code of a phrase that names a state or its government and no more."""
    target = target_of(filler, groundings)
    if target is None:
        return None
    named = groundings.actors[filler.span].method == "state" and target.identifier is not None
    return target.code if named or target.name.lower().endswith(" government") else None


def named_once(claim: Claim, groundings: Groundings) -> Claim:
    """A claim without a second phrase on a side for one person or body."""
    actors, recipients = once_each(claim.actor, groundings), once_each(claim.recipient, groundings)
    same = (actors, recipients) == (claim.actor, claim.recipient)
    return claim if same else replace(claim, actor=actors, recipient=recipients)


def once_each(fillers: tuple[Filler, ...], groundings: Groundings) -> tuple[Filler, ...]:
    """The fillers of a side without a second phrase for one person or body: "the president, Ana Roa" is one, the surer."""
    kept: list[Filler] = []
    known: set[tuple[str, str | None]] = set()
    for filler in sorted(fillers, key=lambda f: (-f.score, f.span)):
        who = identity(filler, groundings)
        if who is None or who not in known:
            kept.append(filler)
        if who is not None:
            known.add(who)
    return tuple(filler for filler in fillers if filler in kept)


def identity(filler: Filler, groundings: Groundings) -> tuple[str, str | None] | None:
    """Who a known person or body is; None for what the words do not name."""
    target = target_of(filler, groundings)
    if target is None:
        return None
    grounding = groundings.actors[filler.span]
    named = target.identifier is not None or bool(grounding.chain[1:]) or grounding.method == "state"
    return (target.name, target.code) if named else None


def only_country(claim: Claim, groundings: Groundings) -> str | None:
    """The country in which all places of a claim lie, if there is one."""
    found = [groundings.places.get(filler.span) for filler in claim.place]
    countries = {g.target.country for g in found if g is not None and g.target is not None and g.status == "resolved"}
    return countries.pop() if len(countries) == 1 else None


def code_of(filler: Filler, groundings: Groundings) -> str | None:
    target = target_of(filler, groundings)
    return target.code if target is not None else None


def target_of(filler: Filler, groundings: Groundings) -> Actor | None:
    """Whom a filler is resolved to, if anybody."""
    grounding = groundings.actors.get(filler.span)
    return grounding.target if grounding is not None else None
