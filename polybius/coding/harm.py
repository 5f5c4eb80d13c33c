"""The words that say what befell people: killed, injured, arrested."""

from __future__ import annotations

from typing import Literal

Harm = Literal["killed", "injured", "arrested"]


def inflected(words: str) -> list[str]:
    """The regular forms of English verbs: "kill", "kills", "killed", "killing"."""
    forms = []
    for word in words.split():
        stem = word.removesuffix("e")
        forms += [word, f"{word}es" if word.endswith(("sh", "ch")) else f"{word}s", f"{stem}ed", f"{stem}ing"]
    return forms


DYING = frozenset(["die", "dies", "died", "dying", *inflected("perish drown suffocate")])
VERBS: dict[str, Harm] = {
    **dict.fromkeys(
        inflected(
            "kill massacre murder assassinate behead execute slaughter martyr lynch electrocute asphyxiate exterminate"
        ),
        "killed",
    ),
    **dict.fromkeys([*DYING, "slay", "slays", "slew", "slain", "slaying"], "killed"),
    **dict.fromkeys([*inflected("injure wound maim"), "hurt", "hurts", "hurting"], "injured"),
    **dict.fromkeys(inflected("arrest detain jail imprison apprehend"), "arrested"),
}
NOUNS: dict[str, Harm] = {
    **dict.fromkeys(
        """death deaths fatality fatalities killing killings murder murders massacre assassination assassinations
        execution executions beheading beheadings drowning drownings slaying slayings dead""".split(),
        "killed",
    ),
    **dict.fromkeys("injury injuries wounded injured".split(), "injured"),
    **dict.fromkeys("arrest arrests detention detentions".split(), "arrested"),
}
STATES: dict[str, Harm] = {"dead": "killed", "injured": "injured", "wounded": "injured", "hurt": "injured"}
# Verbs that "dead", "fatally" or "to death" makes words of killing.
DEADLY = frozenset("shot shoot shooting stabbed stabbing stab found beaten gunned hacked burned".split())
# Said of plans and feelings too: "executed a plan", "hurt a deal".
OF_THINGS = frozenset([*inflected("execute"), "hurt", "hurts", "hurting"])
LOSING = frozenset("lose loses lost losing".split())
TAKING = frozenset("claim claims claimed claiming take takes took taken taking cost costs costing".split())
TOLLS = frozenset({"toll", "tolls", "number", "total"})
