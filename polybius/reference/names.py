"""How phrases and names are written to be looked up."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "ı": "i", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ə": "e"}
)
DROP = str.maketrans("", "", "'ʻʼ`´")
# Given name first: everywhere but here, where news may call people by their first word.
FAMILY_FIRST = frozenset({"CHN", "TWN", "HKG", "KOR", "PRK", "VNM", "KHM", "JPN", "SGP", "MMR"})
SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "v", "vi", "vii", "viii", "xiv", "xvi"})


REMEMBERED = 1 << 16  # phrases; an article asks for the same ones again and again


@lru_cache(maxsize=REMEMBERED)
def normal(phrase: str) -> str:
    """The form under which phrases are looked up: lower case, plain apostrophes, no article, no possessive."""
    plain = " ".join(phrase.replace("’", "'").lower().split())
    plain = plain.removeprefix("the ").removesuffix("'s")
    return plain.rstrip("'") if plain.endswith("s'") else plain


@lru_cache(maxsize=REMEMBERED)
def folded(name: str) -> str:
    """The form under which proper names are looked up: as ``normal``, without accents, hyphens, full stops, apostrophes."""
    plain = normal(name).translate(LETTERS)
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[-–—_]", " ", plain).translate(DROP).replace(".", "").split())


def short_forms(name: str, code: str) -> tuple[str, ...]:
    """Surnames by which news calls a person once it has given the full name, folded."""
    words = [w for w in folded(name).split() if w not in SUFFIXES]
    if len(words) < 2:
        return ()
    forms = [words[-1]]
    if len(words) > 2:
        forms.append(" ".join(words[-2:]))
    if words[-2] in ("al", "el"):
        forms = [words[-1], " ".join(words[-2:])]
    if code in FAMILY_FIRST:
        forms.append(words[0])
    return tuple(dict.fromkeys(f for f in forms if len(f) > 1))


def office_key(office: str) -> str:
    """The form under which offices are looked up: a defence secretary is a defense minister, a secretary of state a foreign one."""
    words = office.lower().replace("defence", "defense").removeprefix("the ")
    if words in ("secretary of state", "foreign secretary", "minister of foreign affairs", "external affairs minister"):
        return "foreign minister"
    if words in ("minister of defense", "secretary of defense", "defense secretary"):
        return "defense minister"
    return {"premier": "prime minister", "taoiseach": "prime minister", "supreme leader": "leader"}.get(words, words)
