"""Conventions of the codebook that no sentence states: meetings without a host, cooperation still to come."""

from __future__ import annotations

from polybius.codebook import Codebook
from polybius.coding.roles import Roles, disjoint, hosted, ordered
from polybius.coding.tree import Tree
from polybius.coding.view import View
from polybius.records import Frame, Status

MODE_AT = 0.5  # a mode counts from this probability on
CONTEXT_AT = 0.5


def modes_of(view: View, frame: Frame, codebook: Codebook) -> tuple[str, ...]:
    """The modes that the codebook knows for the type and the reader is sure of, best first."""
    known = codebook.types[frame.event].modes
    found = []
    for mode, score in frame.modes:
        if mode in known and score >= MODE_AT:
            found.append(mode)
        elif score >= MODE_AT:
            view.note(frame.trigger, "mode", "dropped", f"{mode} is no mode of {frame.event}")
    return tuple(found)


def sides(view: View, tree: Tree, trigger: int, event: str, modes: tuple[str, ...], roles: Roles) -> None:
    """Who is on which side of a meeting: guest and host of a visit, all alike without a host."""
    if event != "CONSULT":
        return
    if "visit" in modes:
        hosted(view, tree, trigger, roles)
        visited(view, roles)
    elif roles["recipient"] and "third-party" not in modes:
        roles["actor"] = ordered(disjoint([*roles["actor"], *roles["recipient"]]))
        roles["recipient"] = ()
        view.note(roles["actor"][0].span, "meeting without host", "all are actors")


def visited(view: View, roles: Roles) -> None:
    """The place that one party goes to is the host as well: the reader gives a phrase one role only.

    Of 43 annotated visits with a place and nobody else visited, 39 have the place as recipient.
    """
    visitor = roles["actor"]
    apart = not any(place.span.overlaps(actor.span) for place in roles["place"] for actor in visitor)
    if len(visitor) == 1 and roles["place"] and not roles["recipient"] and apart:
        roles["recipient"] = roles["place"]
        view.note(roles["place"][0].span, "host", "recipient", "the place of a visit")


def future_event(view: View, frame: Frame, status: Status, modes: tuple[str, ...], codebook: Codebook) -> str:
    """The type of an event that is still to come: who will help has so far agreed to."""
    becomes = codebook.types[frame.event].future
    # To announce a resignation is to resign.
    if status != "future" or becomes is None or "resign" in modes:
        return frame.event
    view.note(frame.trigger, "still to come", becomes, f"{frame.event} with status future")
    return becomes


def contexts_of(
    found: tuple[tuple[str, float], ...], event: str, modes: tuple[str, ...], codebook: Codebook
) -> tuple[str, ...]:
    """The contexts of the report that are likely enough, and those of the modes, in the codebook's order."""
    likely = {name for name, score in found if score >= CONTEXT_AT} | set(codebook.added_contexts(event, modes))
    return tuple(name for name in codebook.contexts if name in likely)
