"""The form under which places are looked up: what writers vary is taken away, what tells places apart stays."""

from __future__ import annotations

import re
import unicodedata
import zlib
from functools import lru_cache

APOSTROPHES = re.compile("['’‘ʼʻ`´]")
BREAKS = re.compile(r"[\s\-‐‑–—_.,/]+")
SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})


@lru_cache(maxsize=1 << 16)  # names; an article asks for the same ones again and again
def fold(name: str) -> str:
    """Lower case, no accents, hyphens as blanks, no article, no possessive, "St." in full. Codes ("=USA") stay."""
    if name.startswith("="):
        return name
    lowered = name.lower()
    if not lowered.isascii():
        lowered = _plain(lowered)
    for ending in ("'s", "’s"):
        lowered = lowered.removesuffix(ending)
    words = BREAKS.sub(" ", APOSTROPHES.sub("", lowered)).split()
    if len(words) > 1:
        words = [SHORT.get(word, word) for word in (words[1:] if words[0] == "the" else words)]
    return " ".join(words)


def _plain(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.translate(PLAIN))
    return unicodedata.normalize("NFC", "".join(c for c in parts if not unicodedata.combining(c)))


def key(folded: str) -> int:
    """The number of a folded name in the file's index. Two names may share one; the reader compares names."""
    return zlib.crc32(folded.encode("utf-8", "surrogatepass"))
