"""The scorers, one a field. Each takes what ``align`` paired and gives counts by task; all are tested by hand.

Whatever the gold does not annotate counts nowhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from polybius.evaluation.annotations import ROLES
from polybius.evaluation.counts import Count, Counts, by_key, pair, same_filler
from polybius.evaluation.gold import Mark, MarkedText, Party, Spot
from polybius.evaluation.pairs import Alignment, Pair, head, named, pair_fillers, same_entity
from polybius.grounding.place_evidence import great_circle

SIDES = ("actor", "recipient")
NEAR_KM = 161.0  # 100 miles: what the field calls right


def right(hits: Iterable[bool]) -> Count:
    """Accuracy as a count: every item is predicted and gold at once."""
    found = list(hits)
    return Count(sum(found), len(found), len(found))


# --- what happened -------------------------------------------------------------------------------------------------


def triggers(gold: MarkedText, coded: MarkedText, found: Alignment) -> Counts:
    """Triggers of the right type, of any type, and by type."""
    sizes = len(coded.marks), len(gold.marks)
    kinds = sorted({m.event for m in (*gold.marks, *coded.marks)})
    types = by_key(
        (p.gold.event for p in found.same), (m.event for m in coded.marks), (m.event for m in gold.marks), kinds
    )
    return {
        "trigger and type": Count(len(found.same), *sizes),
        "trigger": Count(len(found.same) + len(found.other), *sizes),
        **{f"types/{kind}": count for kind, count in types.items()},
    }


def types_of_sentences(gold: MarkedText, coded: MarkedText) -> Counts:
    """The sets of types that the sentences hold, whichever words were taken for the triggers."""
    ours, theirs = ({(sentence_of(m, gold), m.event) for m in text.marks} for text in (coded, gold))
    return {"type of sentence": Count(len(ours & theirs), len(ours), len(theirs))}


def sentence_of(mark: Mark, text: MarkedText) -> int:
    """The index of the sentence in which a trigger begins; its own place, below zero, where there is none."""
    start = mark.trigger[0]
    return next((i for i, (first, last) in enumerate(text.sentences) if first <= start < last), -1 - start)


def quiet_sentences(gold: MarkedText, coded: MarkedText) -> Counts:
    """False events in the sentences in which the gold has none: right counts events here, so that less is better."""
    busy = {sentence_of(m, gold) for m in gold.marks}
    quiet = set(range(len(gold.sentences))) - busy
    false = sum(sentence_of(m, gold) in quiet for m in coded.marks)
    return {"false events in quiet sentences": Count(false, len(quiet), len(quiet))}


def modes(found: Alignment) -> Counts:
    """Modes agree as a set."""
    return {"mode": right(p.gold.modes == p.coded.modes for p in found.same if p.gold.modes is not None)}


def statuses(found: Alignment) -> Counts:
    """The status of right triggers, whole and by status."""
    known = [p for p in found.same if p.gold.status is not None]
    pairs = [(p.gold.status or "", p.coded.status or "") for p in known]
    kinds = by_key((g for g, c in pairs if g == c), (c for _, c in pairs), (g for g, _ in pairs), _kinds(pairs))
    return {"status": right(g == c for g, c in pairs), **{f"statuses/{kind}": count for kind, count in kinds.items()}}


def _kinds(pairs: Iterable[tuple[str, str]]) -> list[str]:
    return sorted({kind for both in pairs for kind in both if kind})


def contexts(gold: MarkedText, coded: MarkedText) -> Counts:
    """The contexts of the whole text as a set."""
    if gold.contexts is None:
        return {}
    ours = coded.contexts or frozenset()
    return {"context": Count(len(gold.contexts & ours), len(ours), len(gold.contexts))}


# --- who, where, when: the words -----------------------------------------------------------------------------------


def roles(found: Alignment) -> Counts:
    """Each role of right triggers, by the share of characters and by the head word."""
    out: dict[str, Count] = {}
    for role in ROLES:
        pairs = [p for p in found.same if role in p.gold.roles]
        out[f"{role} (span)"] = sum((role_count(p, role) for p in pairs), Count())
        out[f"{role} (head)"] = sum((_heads(p, role) for p in pairs), Count())
    return out


def role_count(one: Pair, role: str) -> Count:
    """Fillers of a role that share at least half of their characters."""
    return Count(len(pair_fillers(one, role)), len(named(one.coded, role)), len(named(one.gold, role)))


def _heads(one: Pair, role: str) -> Count:
    ours, theirs = (
        [head(span, party[0].words) for span, party in named(m, role).items()] for m in (one.coded, one.gold)
    )
    both = Counter(ours) & Counter(theirs)
    return Count(both.total(), len(ours), len(theirs))


def sides(gold: MarkedText, coded: MarkedText, found: Alignment) -> Counts:
    """Type, actor and recipient together, over all events: as many fillers on both sides, each right."""
    hits = sum(same_sides(p) for p in found.same)
    return {"type, actor and recipient": Count(hits, len(coded.marks), len(gold.marks))}


def same_sides(one: Pair) -> bool:
    """Whether actor and recipient agree in number and words."""
    counts = [role_count(one, role) for role in SIDES if role in one.gold.roles]
    return all(c.right == c.predicted == c.gold for c in counts)


def implicit(found: Alignment) -> Counts:
    """Actors and recipients that the sentence leaves open and the article fills, by entity."""
    total = Count()
    for one in found.same:
        for role in (r for r in SIDES if r in one.gold.roles):
            ours, theirs = ([p for p in m.roles.get(role, ()) if p.span is None] for m in (one.coded, one.gold))
            total += Count(len(pair(theirs, ours, same_entity)), len(ours), len(theirs))
    return {"implicit fillers": total}


# --- who says so ---------------------------------------------------------------------------------------------------


def sources(found: Alignment) -> Counts:
    """Attribution of right triggers: source phrases that overlap at all, and the entity that claims."""
    overlap = claimant = Count()
    for one in (p for p in found.same if "by" in p.gold.roles):
        ours, theirs = list(named(one.coded, "by")), list(named(one.gold, "by"))
        overlap += Count(len(pair(theirs, ours, _overlap)), len(ours), len(theirs))
        told = [m.roles.get("by", ()) for m in (one.coded, one.gold)]
        claimant += Count(len(pair(told[1], told[0], same_entity)), *map(len, told))
    return {"source (overlap)": overlap, "claimant": claimant}


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    return float(one[0] < other[1] and other[0] < one[1])


# --- who, where, when: what it is in the world ---------------------------------------------------------------------


def codes(found: Alignment) -> Counts:
    """Country code and sector of the fillers that were found: a sector is right if our first is among the gold ones."""
    out: dict[str, Count] = {}
    for role in SIDES:
        pairs = [both for one in found.same for both in _coded_parties(one, role)]
        out[f"{role} code"] = right(g.code == c.code for g, c in pairs)
        out[f"{role} sector"] = right(_sector(g.sectors, c.sectors) for g, c in pairs)
    return out


def _coded_parties(one: Pair, role: str) -> list[tuple[Party, Party]]:
    """Found fillers whose code the gold gives; a phrase for two entities has no code of its own."""
    theirs, ours = named(one.gold, role), named(one.coded, role)
    pairs = ((theirs[g], ours[c]) for g, c in pair_fillers(one, role))
    return [(g[0], c[0]) for g, c in pairs if len(g) == 1 and g[0].coded]


def _sector(gold: Sequence[str], coded: Sequence[str]) -> bool:
    return coded[0] in gold if coded else not gold


def places(found: Alignment) -> Counts:
    """Country and coordinates of the first place, where the gold has them."""
    pairs = [(p.gold.spots[0], p.coded.spots[0] if p.coded.spots else Spot()) for p in found.same if p.gold.spots]
    return {
        "place country": right(g.country == c.country for g, c in pairs if g.country),
        "place within 161 km": right(_near(g, c) for g, c in pairs if g.latitude is not None),
    }


def _near(gold: Spot, coded: Spot) -> bool:
    points = (gold.latitude, gold.longitude, coded.latitude, coded.longitude)
    a, b, c, d = (p if p is not None else float("nan") for p in points)
    return great_circle(a, b, c, d) <= NEAR_KM


def dates(found: Alignment) -> Counts:
    """First and last day, where the gold has them."""
    return {"date from and to": right(p.gold.days == p.coded.days for p in found.same if p.gold.days is not None)}


def incidents(found: Alignment) -> Counts:
    """Pairs of mentions in one article that are about the same event, among right triggers."""
    known = [p for p in found.same if p.gold.incident is not None]
    theirs, ours = (_links(known, of) for of in (lambda p: p.gold.incident, lambda p: p.coded.incident))
    return {"same event (links)": Count(len(theirs & ours), len(ours), len(theirs))}


def _links(pairs: Sequence[Pair], of: Callable[[Pair], str | None]) -> set[tuple[int, int]]:
    labels = [of(p) for p in pairs]
    return {(i, j) for j, label in enumerate(labels) for i in range(j) if label is not None and labels[i] == label}


# --- where events get lost -----------------------------------------------------------------------------------------


def budget(gold: MarkedText, found: Alignment) -> Counts:
    """Every gold event under the first thing that is wrong with it, and what was coded for nothing beside them."""
    faults = Counter(_fault(p) for p in found.same)
    faults.update({"wrong type": len(found.other), "missed": len(found.missed), "spurious": len(found.spurious)})
    size = len(gold.marks)
    return {f"budget/{name}": Count(faults[name], size, size) for name in BUDGET}


BUDGET = ("right", "missed", "spurious", "wrong type", "wrong status", "wrong role", "wrong grounding", "wrong source")


def _fault(one: Pair) -> str:
    if one.gold.status is not None and one.gold.status != one.coded.status:
        return "wrong status"
    if not same_sides(one):
        return "wrong role"
    if any(g.code != c.code for role in SIDES for g, c in _coded_parties(one, role)):
        return "wrong grounding"
    said = role_count(one, "by") if "by" in one.gold.roles else Count()
    return "right" if said.right == said.predicted == said.gold else "wrong source"


# --- where each field gets lost ------------------------------------------------------------------------------------

Lost = Counter[tuple[str, str]]


def field_budget(gold: MarkedText, found: Alignment) -> Counts:
    """Of each field: how many gold items are right and what became of the others; what was coded for nothing beside them.

    Mode and status are judged on right triggers, and so are the fillers of roles; a filler that was coded in another role of its event is
    of the wrong role, and one that was found but is somebody else in the world is grounded wrongly.
    """
    lost: Lost = Counter()
    sizes: dict[str, int] = Counter(type=len(gold.marks))
    lost["type", "right"], lost["type", "missed"] = len(found.same), len(found.missed)
    lost["type", "spurious"], lost["type", "wrong type"] = len(found.spurious), len(found.other)
    for one in found.same:
        _add_values(one, lost, sizes)
        for role in (r for r in ROLES if r in one.gold.roles):
            _add_role(one, role, lost, sizes)
    names = [(field, fault) for field in sizes for fault in FIELD_FAULTS.get(field, ROLE_FAULTS)]
    return {f"fields/{field}/{fault}": Count(lost[field, fault], sizes[field], sizes[field]) for field, fault in names}


FIELD_FAULTS = {
    "type": ("right", "missed", "spurious", "wrong type"),
    "status": ("right", "wrong status"),
    "mode": ("right", "missed", "spurious"),
    **dict.fromkeys(SIDES, ("right", "missed", "spurious", "wrong role", "wrong grounding")),
}
ROLE_FAULTS = ("right", "missed", "spurious", "wrong role")


def _add_values(one: Pair, lost: Lost, sizes: dict[str, int]) -> None:
    gold, coded = one.gold, one.coded
    if gold.status is not None:
        sizes["status"] += 1
        lost["status", "right" if gold.status == coded.status else "wrong status"] += 1
    if gold.modes is not None:
        ours = coded.modes or frozenset()
        sizes["mode"] += len(gold.modes)
        lost["mode", "right"] += len(gold.modes & ours)
        lost["mode", "missed"] += len(gold.modes - ours)
        lost["mode", "spurious"] += len(ours - gold.modes)


def _add_role(one: Pair, role: str, lost: Lost, sizes: dict[str, int]) -> None:
    both = pair_fillers(one, role)
    theirs = set(named(one.gold, role)) - {g for g, _ in both}
    elsewhere = [span for other in ROLES if other != role for span in named(one.coded, other)]
    moved = sum(any(same_filler(span, other) for other in elsewhere) for span in theirs)
    astray = sum(g.code != c.code for g, c in _coded_parties(one, role)) if role in SIDES else 0
    sizes[role] += len(named(one.gold, role))
    lost[role, "right"] += len(both) - astray
    lost[role, "wrong grounding"] += astray
    lost[role, "wrong role"] += moved
    lost[role, "missed"] += len(theirs) - moved
    lost[role, "spurious"] += len(named(one.coded, role)) - len(both)
