"""Is this English? Function words and scripts, no model: a text in another language must not be coded wrongly."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

# Words that stand in any English text and are not, in the same spelling, frequent in its neighbours'.
ENGLISH = frozenset(
    "the of and that with from have had been were they their which who this said will would his her its are by for "
    "after not it but or when there about into more than could should if what we you she has him them these those "
    "be did does how can may might our your while before between against under during because through over".split()
)

# The same, but other languages have them too; and two endings. They carry a digest such as "An airstrike in Gaza kills
# two people", which has no other function word.
WEAK = frozenset("a an in on at is was as to he say says near at least one two three four five people killed".split())
WEAK_ENDINGS = ("ing", "ed", "tion")

# Words that stand in any text of the other large languages in Latin script, and not in English.
OTHERS = frozenset(
    # German, Dutch
    "der das und nicht mit von dem ist ein eine auch sich auf für im zu wird het een van niet zijn dat op te "
    "aan voor naar ook maar bij door "
    # French
    "le la les des du et est une dans pour que qui pas sur au aux avec sont "
    # Spanish, Portuguese, Italian
    "el los las del por con una para como más su lo os da em não uma ao il di che non è della nel sono "
    # Scandinavian, Finnish
    "og det er på som til av ikke och att är för ett ja ei ovat että "
    # Polish, Czech, Romanian, Turkish, Indonesian, Vietnamese
    "na nie się jest że v se že je și în cu ve bir bu için yang dan untuk dengan dari và của là trong".split()
)

SLICE = 6000
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
MIN_WORDS = 15  # below, a headline may well have no function word
MIN_SHARE = 0.05  # of English function words, weak ones counted half; news has about 0.3
MAX_FOREIGN_SCRIPT = 0.4
MIN_LETTERS = 4


def not_english(text: str) -> str | None:
    """Why ``text`` is taken for another language, or None. A long text is judged by its beginning, middle and end."""
    sample = _sample(text)
    return _foreign_script(sample) or _foreign_words(WORD.findall(sample.lower() if sample.isupper() else sample))


def _sample(text: str) -> str:
    if len(text) <= 3 * SLICE:
        return text
    middle = len(text) // 2
    return " ".join((text[:SLICE], text[middle : middle + SLICE], text[-SLICE:]))


def _foreign_script(sample: str) -> str | None:
    letters = [letter for letter in sample if letter.isalpha()]
    scripts = Counter(_script(letter) for letter in letters if not letter.isascii())
    scripts.pop("LATIN", None)
    share = scripts.total() / max(1, len(letters))
    if len(letters) < MIN_LETTERS or share <= MAX_FOREIGN_SCRIPT:
        return None
    return f"{share:.0%} of the letters are not Latin (most of them {scripts.most_common(1)[0][0].capitalize()})"


def _script(letter: str) -> str:
    """The script by the first word of the character's name: LATIN, CYRILLIC, ARABIC, CJK …"""
    return unicodedata.name(letter, "UNKNOWN").split(" ")[0]


def _foreign_words(words: list[str]) -> str | None:
    english = sum(map(_english, words))
    # In small letters only: "El", "Los", "De" and "La" are parts of names in English.
    other = sum(word in OTHERS for word in words)
    if other > english and other >= 2:
        return f"more function words of other languages ({other}) than of English ({english:g})"
    if len(words) >= MIN_WORDS and english < MIN_SHARE * len(words):
        return f"hardly a function word of English ({english:g}) in {len(words)} words"
    return None


def _english(word: str) -> float:
    lower = word.lower()
    if lower in ENGLISH:
        return 1.0
    return 0.5 if lower in WEAK or lower.endswith(WEAK_ENDINGS) else 0.0
