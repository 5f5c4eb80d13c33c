"""Names that news digests link to Wikipedia → ``linked_actors.csv``, a source of the actor table.

usage: python scripts/build_linked_actors.py DIGESTS.jsonl.gz --before 2026-06 [--labels REPORTS... --split SPLIT.tsv] [--out FILE]

An identifier is the title of a link; nothing else gives one. Country and sectors of a title come from the labels of
annotated reports of the same digests, from the words before and after the name ("Israeli Prime Minister …"), and from the
title itself ("National Police of Colombia"). Titles of which nothing is told are left out.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "training")]

from polybius.reference import World, load, normal  # noqa: E402
from polybius.reference.wikidata import KINDS  # noqa: E402

HEADS = [
    "name",
    "identifier",
    "kind",
    "code",
    "sectors",
    "office",
    "since",
    "as_of",
    "former_from",
    "aliases",
    "source",
]
FORMER = re.compile(r"\b(?:former|ex-\w+|late|ousted|deposed|toppled|imprisoned|slain|assassinated)\b")
BREAK = re.compile(
    r"[.;:]\s|\b(?:and|by|with|that|as|against|after|from|to|between|for|over|says|said|when|where|while|is|are|than)\s"
)
PARTICLES = frozenset("al bin de da do van von der el la ibn dos del di le al-".split())
TITLES = frozenset(
    """president minister premier chancellor secretary senator congressman congresswoman representative lawmaker legislator mp
    governor mayor king queen emir sultan prince princess leader ruler dictator ambassador envoy diplomat spokesman spokeswoman
    spokesperson official general commander colonel admiral judge justice prosecutor lawyer attorney activist journalist
    businessman businesswoman tycoon oligarch ceo chief chairman chairwoman director founder politician candidate cleric bishop
    archbishop cardinal pope imam patriarch ayatollah rabbi militant warlord fugitive dissident speaker commissioner deputy
    governor-general""".split()
)


@dataclass(slots=True)
class Link:
    """All links to one title: anchor texts, labels of annotators, what the words around it say of a person."""

    anchors: Counter[str] = field(default_factory=Counter)
    labels: Counter[tuple[str, str]] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    around: Counter[str] = field(default_factory=Counter)
    offices: list[tuple[str, bool, str]] = field(default_factory=list)  # day, former, words of the title


def digests(path: Path, before: str) -> list[dict[str, object]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [d for d in map(json.loads, lines) if d["date"] < before]


def labels(files: list[Path], split: Path, before: str) -> dict[str, dict[str, tuple[str, str]]]:
    """Text of a digest → mention → code and sectors, from the reports that may be trained on."""
    from polybius.evaluation import annotations

    where = annotations.split(split)
    out: dict[str, dict[str, tuple[str, str]]] = {}
    for report in annotations.read_all(files):
        if where[report.id][2] >= 2 and str(report.published) < before:
            out[report.text] = {
                m: (e.code.replace("XKX", "KOS"), ";".join(s for s in e.sectors if s != "-"))
                for e in report.entities
                for m in (e.name, *e.mentions)
            }
    return out


def label_of(mentions: dict[str, tuple[str, str]], anchor: str) -> tuple[str, str] | None:
    if anchor in mentions:
        return mentions[anchor]
    titled = {value for m, value in mentions.items() if m.endswith(" " + anchor)}
    return titled.pop() if len(titled) == 1 else None


class Builder:
    def __init__(self, world: World) -> None:
        self.states = {
            p: k.code for p, k in world.phrases.items() if k.kind in ("country", "adjective", "people") and k.code
        }
        self.roles = world.roles
        self.world = world
        names = "|".join(re.escape(p) for p in sorted(self.states, key=len, reverse=True))
        self.state = re.compile(rf"(?<![\w-])({names})(?:'s|')?(?![\w-])", re.I)

    def code_in(self, words: str) -> str | None:
        found = [self.states[m[1].lower()] for m in self.state.finditer(words.replace("’", "'"))]
        return found[-1] if found else None

    def title_before(self, words: str) -> str | None:
        """The title right before a name, with its modifiers, or None."""
        tail = BREAK.split(words.replace("’", "'"))[-1].split()[-6:]
        return " ".join(tail) if tail and self.is_title(tail[-1]) else None

    def title_after(self, words: str) -> str | None:
        """An apposition right after a name, with its modifiers, or None."""
        m = (
            re.match(r",? \(?(?:the |a |an )?([^,.;()]{4,60})", words.replace("’", "'"))
            if words.startswith((",", " ("))
            else None
        )
        found = m[1].split()[:7] if m else []
        return " ".join(found) if any(self.is_title(w) for w in found) else None

    def short(self, office: str) -> str:
        """The role noun of a title, without who or what stands before it."""
        words = FORMER.sub("", office.lower()).split()
        sizes = (n for n in (4, 3, 2) if " ".join(words[-n:]) in self.roles)
        return " ".join(words[-next(sizes, 1) :]) if words else ""

    def is_title(self, word: str) -> bool:
        return word.lower().strip(",") in TITLES or word.lower().endswith(("-general", "president-elect"))

    def sectors(self, words: str) -> str:
        """Sectors of the longest role noun at the end of a title; of any, if there is none at the end."""
        forms = words.lower().split()
        for end in range(len(forms), 0, -1):
            for size in (3, 2, 1):
                found = self.roles.get(" ".join(forms[max(0, end - size) : end]))
                if found is not None:
                    return ";".join(found)
        return ""

    def collect(self, items: list[dict[str, object]], marked: dict[str, dict[str, tuple[str, str]]]) -> dict[str, Link]:
        out: dict[str, Link] = {}
        for item in items:
            text, day = str(item["text"]), str(item["date"])
            mentions = marked.get(text, {})
            near = {self.states[m[1].lower()] for m in self.state.finditer(text)}
            for begin, end, title in item["links"]:  # type: ignore[attr-defined]
                link = out.setdefault(title, Link())
                anchor = text[begin:end]
                link.anchors[anchor] += 1
                label = label_of(mentions, anchor)
                if label:
                    link.labels[label] += 1
                if len(near) == 1:
                    link.around[next(iter(near))] += 1
                self.person(link, text[max(0, begin - 80) : begin], text[end : end + 70], day)
        return out

    def person(self, link: Link, before: str, after: str, day: str) -> None:
        title = self.title_before(before) if before.endswith(" ") else None
        title = title or self.title_after(after)
        if title:
            link.offices.append((day, bool(FORMER.search(title.lower())), title))
            code = self.code_in(title)
            if code:
                link.codes[code] += 1

    def rows(self, links: dict[str, Link]) -> Iterator[list[str]]:
        for title, link in sorted(links.items()):
            name = re.sub(r" \(.*\)$|, .*born.*$", "", title)
            if normal(name) in self.states or not name[:1].isupper():
                continue
            row = (
                self.as_person(name, link) if self.looks_like_a_person(name, link) else self.as_body(title, name, link)
            )
            if row:
                yield [name, f"enwiki:{title}", *row, ";".join(self.aliases(name, link)), "digest links"]

    def looks_like_a_person(self, name: str, link: Link) -> bool:
        words = name.split()
        proper = all(w[:1].isupper() or w in PARTICLES or "-" in w for w in words)
        body = (
            (self.code_in(name) and not link.offices)
            or any(normal(w) in self.roles or normal(w) in BODIES for w in words)
            or " of " in f" {name} "
        )
        known = bool(link.offices) or any(s in ("GOV", "ELI", "LEG", "OPP", "JUD") for _, s in link.labels)
        return 2 <= len(words) <= 6 and proper and not body and known and not self.world.towns(name)

    def as_person(self, name: str, link: Link) -> list[str] | None:
        label = link.labels.most_common(1)[0][0] if link.labels else ("", "")
        code = label[0] or next((c for c, _ in link.codes.most_common(1)), "") or self.only(link.around)
        current = [(d, t) for d, former, t in link.offices if not former]
        office = current[-1][1] if current else link.offices[-1][2] if link.offices else ""
        sectors = self.sectors(office) if office else ""
        office = self.short(office)
        sectors = (label[1] if label[1] not in ("", "ELI") else sectors) or label[1]
        if not current and link.offices:
            sectors = "ELI"
        if not code or code == "NA" or not (sectors or label[0]):
            return None
        gone = [d for d, former, _ in link.offices if former and (not current or d > current[-1][0])]
        days = [d for d, _ in current]
        as_of = days[-1] if days else (link.offices[-1][0] if link.offices else "")
        return [
            "person",
            code,
            sectors,
            office,
            days[0] if days else "",
            as_of,
            gone[0] if gone and current else "",
        ]

    def as_body(self, title: str, name: str, link: Link) -> list[str] | None:
        """An organ, organisation, party, group or company; None for what is none, a place or a topic."""
        if self.generic(name):
            return None
        label = link.labels.most_common(1)[0][0] if link.labels else None
        code, sectors = self.from_title(title)
        if label and label[0] != "NA" and self.is_body(name, link):
            sure = link.labels.most_common(1)[0][1] > 1 or not code
            code, sectors = label if sure else (code, sectors or label[1])
        if sectors.split(";")[0] in ("CVL", "UNK", "REF", "ELI"):
            return None
        if not code or (not sectors and code not in ("UNO", "IGO", "EUR", "NGO")):
            return None
        first = sectors.split(";")[0]
        kind = KINDS.get(first)
        kind = kind or (
            "organisation"
            if code in ("UNO", "IGO", "EUR", "NGO", "IMG", "ISM") or first in ("SOC", "REL", "EDU", "LAB")
            else "organ"
        )
        return [kind, code, sectors, "", "", "", ""]

    def generic(self, name: str) -> bool:
        """Whether a name tells of no country ("Supreme Court", "Ministry of Finance"): role nouns tell its sector."""
        words = normal(name).split()
        return all(w in self.roles or w.removesuffix("s") in self.roles or w in GENERIC for w in words)

    def is_body(self, name: str, link: Link) -> bool:
        """Whether a labelled title is a name of somebody: linked by a name, no town, no people, no common noun."""
        named = sum(n for a, n in link.anchors.items() if a[:1].isupper() and normal(a) not in self.states)
        words = name.split()
        common = len(words) > 1 and all(
            w[:1].islower() for w in words[1:] if w not in ("of", "and", "the", "for", "in")
        )
        place = bool(self.world.towns(name)) or re.search(
            r"\b(?:Province|Oblast|Region|Strait|River|Island|Islands|Sea|Governorate|County|District|Airport)\b", name
        )
        return named > 0 and not common and not place and not name.endswith((" people", "s in Syria"))

    def from_title(self, title: str) -> tuple[str, str]:
        """("National Police of Colombia") → COL COP; ("", "") where the title names no state or no role."""
        plain = title.replace("(", "").replace(")", "")
        code = self.code_in(plain)
        head = re.sub(r" (?:of|for|in) .*", "", re.sub(r" \(.*\)$", "", title))
        head = self.state.sub("", head).strip()
        forms = head.lower().split()
        for size in (3, 2, 1):
            found = self.roles.get(" ".join(forms[-size:])) or BODY_SECTORS.get(" ".join(forms[-size:]))
            if found and code and not re.search(r"\d{3}|\bin the\b", title):
                return code, ";".join(found)
        return "", ""

    def only(self, counts: Counter[str]) -> str:
        total = sum(counts.values())
        return next((c for c, n in counts.most_common(1) if n > 0.7 * total), "")

    def aliases(self, name: str, link: Link) -> list[str]:
        """Anchor texts that are names: neither a state, nor a role noun, nor words of generic sense only."""
        out = []
        for anchor, _ in sorted(link.anchors.items()):
            words = normal(anchor).split()
            generic = all(w in self.roles or w in GENERIC or w in self.states for w in words)
            initial = anchor[:1].isupper() or anchor.startswith("al-")
            if (
                initial
                and anchor != name
                and not generic
                and normal(anchor) not in self.states
                and ";" not in anchor
                and len(words) < 8
            ):
                out.append(anchor)
        return out


GENERIC = frozenset(
    """the of and for in a national supreme constitutional federal high state royal united general public ministry minister defence
    defense foreign affairs interior justice finance health education house representatives senate congress parliament assembly
    council court courts police army navy air force forces armed military security prime president president's vice deputy
    government election elections electoral commission central bank department office party coalition opposition intelligence
    agency service border guard coast city council local authorities administration party's presidential secretary attorney
    prosecutor prosecutors' prosecutor's magistrates' magistrates chief judiciary cabinet leader first lady north south east west us u.s. un eu
    district regional municipal university airport""".split()
)
BODIES = frozenset(
    """army force forces police court party union front movement group brigade council committee commission agency ministry
    department office bank company university church league organization organisation association congress senate parliament
    assembly house government administration service corps guard militia cartel network institute foundation airlines airport
    times post news television radio press alliance coalition bureau authority board club school hospital inc corporation
    protests war massacre attack attacks election elections bombing operation conflict crisis act treaty trial case scandal
    day cup prize award festival games summit conference station plant street square river lake sea gulf strait island islands""".split()
)
BODY_SECTORS = {
    "armed forces": ("MIL",), "air force": ("MIL",), "army": ("MIL",), "navy": ("MIL",), "ground forces": ("MIL",),
    "government": ("GOV",), "cabinet": ("GOV",), "presidency": ("GOV",), "administration": ("GOV",), "ministry": ("GOV",),
    "department": ("GOV",), "national guard": ("MIL",), "police force": ("COP",), "police": ("COP",), "border guard": ("COP",),
    "supreme court": ("JUD",), "constitutional court": ("JUD",), "judiciary": ("JUD",), "high court": ("JUD",),
    "parliament": ("LEG",), "national assembly": ("LEG",), "congress": ("LEG",), "house of representatives": ("LEG",),
    "senate": ("LEG",), "central bank": ("GOV",), "embassy": ("GOV",), "intelligence service": ("SPY",), "coast guard": ("COP", "MIL"),
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("digests", type=Path)
    parser.add_argument("--before", required=True, help="digests of this day or month and later are left out")
    parser.add_argument("--labels", type=Path, nargs="*", default=[])
    parser.add_argument("--split", type=Path)
    parser.add_argument("--out", type=Path, default=HERE / "linked_actors.csv")
    args = parser.parse_args()
    marked = labels(args.labels, args.split, args.before) if args.labels else {}
    builder = Builder(load())
    rows = sorted(builder.rows(builder.collect(digests(args.digests, args.before), marked)))
    with args.out.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([HEADS, *rows])


if __name__ == "__main__":
    main()
