"""Places that are described and not named: "the city", "the border town", "the capital", "there"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from polybius.grounding.article import Article, head
from polybius.grounding.place_record import placed, standing
from polybius.grounding.place_senses import Choice, Story
from polybius.records import Grounding, Place, Sentence, Span
from polybius.reference import Town, World, normal

TOWNS, DIVISIONS = ("PPL",), ("ADM",)
NOUNS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("city", "town", "village", "port", "suburb", "hamlet", "settlement", "metropolis"), TOWNS),
    **dict.fromkeys(("province", "state", "county", "oblast", "governorate", "prefecture", "district"), DIVISIONS),
    **dict.fromkeys(("region", "territory", "enclave", "exclave", "strip"), ("ADM", "RGN", "PEN")),
    **dict.fromkeys(("country", "nation", "kingdom", "republic"), ("PCL",)),
    **dict.fromkeys(("island", "archipelago"), ("ISL",)),
    **dict.fromkeys(("spaceport", "cosmodrome"), ("STNS",)),
    "peninsula": ("PEN", "RGN"),
    "airport": ("AIRP", "AIRB"),
    "airbase": ("AIRB",),
    "base": ("AIRB", "MILB", "NVB"),
    "camp": ("PPL", "MILB"),
    "sea": ("SEA", "OCN"),
    "gulf": ("GULF",),
    "strait": ("STRT",),
    "river": ("STM",),
    "lake": ("LK",),
    "mountain": ("MT", "VLC"),
    "volcano": ("VLC", "MT"),
    "dam": ("DAM",),
    "plant": ("PSN",),
    "crossing": ("PSTB",),
}
ANYWHERE = frozenset({"there", "here", "where"})
SCENES = frozenset({"scene", "site", "spot", "place", "location", "area"})
KNOWN_ALREADY = frozenset({"the", "this", "that", "same", "its", "their", "both"})
METHOD = "described place"


def described(article: Article, story: Story, world: World, span: Span) -> Grounding[Place] | None:
    """The place that a description stands for, by a mention elsewhere in the article."""
    found = article.words(span)
    if found is None:
        return None
    sentence, words = found
    at = head(sentence, words)
    noun, code = sentence.lemmas[at].lower(), country_said(world, sentence, words)
    if "Number=Plur" in sentence.feats[at]:
        return None  # "select towns" are no one place
    if noun == "capital":
        return _capital(story, world, code)
    if noun in ANYWHERE or (noun in SCENES and _definite(sentence, words)):
        return _scene(story, span, noun)
    if noun not in NOUNS:
        return _fuller(article, world, sentence, words, code)
    fit = [
        c for c in story.choices.values() if c.town.feature.startswith(NOUNS[noun]) and code in (None, c.town.country)
    ]
    return _named_elsewhere(fit, span, noun, _definite(sentence, words)) or _fuller(
        article, world, sentence, words, code
    )


def country_said(world: World, sentence: Sentence, words: Iterable[int]) -> str | None:
    """The country that an adjective or a name in a phrase speaks of."""
    said = (world.phrases.get(normal(sentence.forms[i])) for i in words if sentence.forms[i][:1].isupper())
    return next(
        (k.code for k in said if k is not None and k.code and k.kind in ("adjective", "country", "people")), None
    )


def _definite(sentence: Sentence, words: range) -> bool:
    """A place that the reader is expected to know: "the city"; "a city" is a new one."""
    return any(sentence.lemmas[i].lower() in KNOWN_ALREADY for i in words)


def _named_elsewhere(fit: Sequence[Choice], span: Span, noun: str, definite: bool) -> Grounding[Place] | None:
    """ "The city" is the last one named; "a Russian spaceport" the only one of that kind and country in the article."""
    if not definite and len({c.town for c in fit}) != 1:
        return None
    before = [c for c in fit if c.toponym.span.start < span.start]
    if before:
        return standing(before[-1], span, f"“{noun}”: {before[-1].town.name}, named before", 0.75, METHOD)
    return standing(fit[0], span, f"“{noun}”: {fit[0].town.name}, named after", 0.6, METHOD) if fit else None


def _scene(story: Story, span: Span, noun: str) -> Grounding[Place] | None:
    """ "There": the last place named before."""
    before = [c for s, c in story.choices.items() if s.start < span.start]
    return standing(before[-1], span, f"“{noun}”: the last place named", 0.6, METHOD) if before else None


def _capital(story: Story, world: World, code: str | None) -> Grounding[Place] | None:
    """The capital of the country that the phrase names, else of the one that the story is about."""
    code = code or next((c for c, _ in story.named.most_common(1)), None) or _country_of(story)
    town = capital_of(world, code) if code else None
    if town is None:
        return None
    return Grounding("resolved", placed(town), f"the capital of {code}", score=0.7, method="capital")


def _country_of(story: Story) -> str | None:
    return next((c.town.country for c in story.choices.values() if c.town.country), None)


def capital_of(world: World, code: str) -> Town | None:
    """The capital of a state by its alpha-3 code."""
    return next(iter(world.gazetteer.find(f"=capital {code}")), None)


def _fuller(
    article: Article, world: World, sentence: Sentence, words: range, code: str | None
) -> Grounding[Place] | None:
    """A name that no table knows before the same noun elsewhere ("a spaceport" … "the X spaceport")."""
    noun = sentence.lemmas[head(sentence, words)]
    if any(sentence.upos[i] == "PROPN" for i in words):
        return None
    for name in article.names:
        place = article.words(name.span)
        if place is None or name.kind == "PERSON" or normal(article.text(name.span)) in world.phrases:
            continue
        other, last = place[0], place[1][-1]
        if last + 1 < len(other) and other.lemmas[last + 1] == noun and other.heads[last] == last + 1:
            target = Place(f"{article.text(name.span)} {other.forms[last + 1]}", code)
            return Grounding(
                "ambiguous", target, "named elsewhere; not in the gazetteer", (name.span,), 0.4, "same noun"
            )
    return None
