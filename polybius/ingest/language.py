"""Is this English? Function words and scripts, no model: a text in another language must not be coded wrongly."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

# Words that stand in any English text and are not, in the same spelling, frequent in its neighbours' (so not
# "a", "in", "an", "is", "was", "on", "as", "he", "at", "to").
ENGLISH = frozenset(
    "the of and that with from have had been were they their which who this said will would his her its are by for "
    "after not it but or when there about into more than could should if what we you she has him them these those "
    "be did does how can may might our your while before between against under during because through over".split()
)

# Words that stand in any text of the other large languages in Latin script, and not in English.
OTHERS = frozenset(
    # German, Dutch
    "der die das und nicht mit von den dem ist ein eine auch sich auf für im zu wird het een van niet zijn dat op te "
    # French
    "le la les des du et est une dans pour que qui pas sur au aux avec sont "
    # Spanish, Portuguese, Italian
    "el los las del por con una para como más su lo os da do em não uma ao il di che per non è della nel sono "
    # Scandinavian, Finnish
    "og det er på som til av ikke och att är för ett ja on ei ovat että "
    # Polish, Czech, Romanian, Turkish, Indonesian, Vietnamese
    "w na nie się jest że v se že je și în cu ve bir bu için yang dan untuk dengan dari và của là trong".split()
)

SLICE = 6000
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
MIN_WORDS = 12  # below, a headline may well have no function word
MIN_SHARE = 0.06  # of English function words; news has about 0.25
MAX_FOREIGN_SCRIPT = 0.4
MIN_LETTERS = 4


def not_english(text: str) -> str | None:
    """Why ``text`` is taken to be another language, or None. Long texts are judged by their beginning, middle and end."""
    sample = _sample(text)
    return _foreign_script(sample) or _foreign_words(WORD.findall(sample.lower()))


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
    english = sum(word in ENGLISH for word in words)
    other = sum(word in OTHERS for word in words)
    if len(words) < MIN_WORDS:
        return f"{other} of {len(words)} words are another language's" if other >= 2 and not english else None
    if english / len(words) < MIN_SHARE and other >= english:
        return f"{english} of {len(words)} words looked at are English function words"
    return f"more function words of other languages ({other}) than English ones ({english})" if other > english else None
