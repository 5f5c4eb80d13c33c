"""English words around a place name that say what kind of place it is."""

from __future__ import annotations

from polybius.grounding.article import Article
from polybius.records import Sentence, Span
from polybius.reference import World

ARTICLES = frozenset({"a", "an", "the"})
NOTHING: tuple[str, ...] = ("none",)
AFTER: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("state", "province", "oblast", "governorate", "region", "prefecture"), ("ADM1",)),
    **dict.fromkeys(
        ("governor", "gov.", "senator", "legislature", "lawmakers", "legislator", "legislators"), ("ADM1",)
    ),
    **dict.fromkeys(("county", "district", "parish"), ("ADM2",)),
    **dict.fromkeys(("city", "town", "village", "mayor"), ("PPL",)),
    "island": ("ISL",),
    "airport": ("AIR",),
    "river": ("STM",),
}
BEFORE: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("state", "states", "province", "provinces", "region", "governorate"), ("ADM1",)),
    **dict.fromkeys(("district", "county"), ("ADM2",)),
    **dict.fromkeys(("city", "cities", "town", "towns", "village", "villages", "suburb"), ("PPL",)),
    **dict.fromkeys(("island", "islands"), ("ISL",)),
    **dict.fromkeys(("country", "countries", "nation", "republic"), ("PCL",)),
}

PLACES = frozenset(
    """city town village port suburb hamlet settlement province state county oblast governorate district region territory enclave
    island archipelago peninsula airport airbase base camp station crossing outpost resort hub capital""".split()
)
WITHIN = 6  # words from the comma to the noun: "a remote Kazakh mining town"


def said_kind(article: Article, span: Span) -> tuple[str, ...]:
    """Beginnings of the feature codes that "Washington state" or "the city of Washington" allow."""
    found = article.words(span)
    if found is None:
        return NOTHING
    sentence, words = found
    return _after(sentence, words[-1] + 1) or _before(sentence, words[0]) or NOTHING


def _after(sentence: Sentence, at: int) -> tuple[str, ...] | None:
    return AFTER.get(sentence.forms[at].lower()) if at < len(sentence) else None


def _before(sentence: Sentence, at: int) -> tuple[str, ...] | None:
    if at >= 2 and sentence.forms[at - 1].lower() == "of":
        return BEFORE.get(sentence.forms[at - 2].lower())
    return None


def said_country(article: Article, world: World, span: Span) -> str | None:
    """The country of a place that an apposition tells: "Khorgos, a Kazakh border town"."""
    found = article.words(span)
    if found is None:
        return None
    sentence, words = found
    comma = words[-1] + 1
    if comma + 2 >= len(sentence) or sentence.forms[comma] != "," or sentence.forms[comma + 1].lower() not in ARTICLES:
        return None
    after = range(comma + 2, min(comma + 2 + WITHIN, len(sentence)))
    noun = next((i for i in after if sentence.forms[i].lower() in PLACES), None)
    said = (world.phrases.get(sentence.forms[i].lower()) for i in after if noun is not None and i < noun)
    return next((known.code for known in said if known is not None and known.kind == "adjective"), None)
