"""Reader of annotated reports: plain-text files of ``# A: S: E:`` lines become frozen records with character offsets.

The text of a report is its sentences joined by one space; every span points into that text. All faults of a file are
collected and raised together, each with file and line.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

STATUSES = ("actual", "future", "hypothetical", "negated", "historical")
ROLES = ("actor", "recipient", "place", "date", "by")

_FOUR = "assist change yield meet"
_MODES = {
    "AGREE": "",
    "CONSULT": "visit third-party multilateral phone",
    "SUPPORT": "",
    "CONCEDE": "",
    "COOPERATE": "",
    "AID": "",
    "RETREAT": "withdraw release disarm ceasefire access resign",
    "REQUEST": _FOUR,
    "ACCUSE": "disapprove investigate allege",
    "REJECT": _FOUR,
    "THREATEN": "restrict arrest relations expel territory violence",
    "PROTEST": "demo riot strike hunger boycott obstruct vandalize",
    "SANCTION": "convict expel withdraw discontinue",
    "MOBILIZE": "troops weapons police militia",
    "COERCE": "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
    "ASSAULT": "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone "
    "heavy-weapons crowd-control unconventional",
}
MODES: Mapping[str, frozenset[str]] = MappingProxyType({name: frozenset(m.split()) for name, m in _MODES.items()})
TYPES = tuple(MODES)
_CONTEXTS = (
    "asylum cbrn corruption crime cyber diplomatic disasters economic election environment executive gender health "
    "human_rights human_security illegal_drugs inequality intelligence legal legislative lgbt migration military "
    "misinformation natural_resource peacekeeping political_institutions pro_autocracy pro_democracy "
    "religion_ethnicity reparations repression rights_freedoms technology territory terrorism trafficking"
)
_SECTORS = "- AGR BUS COP CRM CVL EDU ELI GOV JRN JUD LAB LEG MED MIL OPP PRE PRM PTY REB REF REL SOC SPY UAF UNK"
CONTEXTS = frozenset(_CONTEXTS.split())
SECTORS = frozenset(_SECTORS.split())

Span = tuple[int, int]


class AnnotationError(ValueError):
    """Everything that is wrong with a file, one fault a line."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class AnnotatedEntity:
    """Who takes part: canonical name, PLOVER codes, and every mention (the name first)."""

    name: str
    code: str
    sectors: tuple[str, ...]
    mentions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoleFiller:
    """A quoted phrase (``span``), the entity it is tied to, or both. Without a span the sentence does not say it."""

    span: Span | None
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class AnnotatedEvent:
    """One event mention. A role is missing where nothing was marked; ``by`` is empty where the reporter says it."""

    event: str
    modes: tuple[str, ...]
    trigger: Span
    status: str
    incident: str
    roles: Mapping[str, tuple[RoleFiller, ...]]


@dataclass(frozen=True, slots=True)
class AnnotatedReport:
    """A report with its sentences, entities and event mentions."""

    id: str
    published: dt.date
    origin: str
    title: str | None
    text: str
    contexts: tuple[str, ...]
    sentences: tuple[Span, ...]
    entities: tuple[AnnotatedEntity, ...]
    events: tuple[AnnotatedEvent, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of content without its marker; ``where`` is file:line."""

    where: str
    content: str


@dataclass(slots=True)
class _Draft:
    """The lines of one report, not yet interpreted."""

    id: _Line
    meta: dict[str, str] = field(default_factory=dict)
    entities: list[_Line] = field(default_factory=list)
    sentences: list[_Line] = field(default_factory=list)
    events: list[tuple[int, _Line]] = field(default_factory=list)  # index of the sentence, line


Fault = Callable[[str, str], None]


def read(path: Path) -> list[AnnotatedReport]:
    """All reports of a file; raises AnnotationError with every fault if there is one."""
    faults: list[str] = []

    def fault(where: str, what: str) -> None:
        faults.append(f"{where}: {what}")

    reports = [_interpret(draft, fault) for draft in _drafts(path, fault)]
    for name in _repeated(r.id for r in reports):
        fault(str(path), f"the id {name} is used twice")
    if faults:
        raise AnnotationError(faults)
    return reports


def read_all(paths: Iterable[Path]) -> list[AnnotatedReport]:
    """The reports of several files; an id must be unique over all of them."""
    reports = [report for path in paths for report in read(path)]
    if repeated := _repeated(r.id for r in reports):
        raise AnnotationError([f"the id {name} is used twice" for name in repeated])
    return reports


def split(path: Path) -> dict[str, tuple[str, str, int]]:
    """Report id → (family, group, bucket) of a tab-separated split file."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["id"]: (row["family"], row["group"], int(row["bucket"])) for row in rows}


def _repeated(ids: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    return [i for i in ids if i in seen or seen.add(i)]  # type: ignore[func-returns-value]


# --- lines → drafts ------------------------------------------------------------------------------------------------

_META = re.compile(r"#\s*(published|origin|contexts|title|publisher|url):\s*(.*)")


def _drafts(path: Path, fault: Fault) -> list[_Draft]:
    drafts: list[_Draft] = []
    for number, raw in enumerate(path.read_text(encoding="utf-8-sig").split("\n"), 1):
        line = _Line(f"{path}:{number}", raw.strip())
        if line.content.startswith("# id:"):
            drafts.append(_Draft(_Line(line.where, line.content[5:].strip())))
        elif line.content and not drafts:
            fault(line.where, "stands before the first '# id:'")
        elif line.content:
            _file(drafts[-1], line, fault)
    return drafts


def _file(draft: _Draft, line: _Line, fault: Fault) -> None:
    """Put a line where it belongs in the draft."""
    marker, content = line.content[:2], _Line(line.where, line.content[2:].strip())
    if meta := _META.fullmatch(line.content):
        draft.meta[meta[1]] = meta[2].strip()
    elif marker == "A:":
        draft.entities.append(content)
    elif marker == "S:":
        draft.sentences.append(content)
    elif marker == "E:" and draft.sentences:
        draft.events.append((len(draft.sentences) - 1, content))
    elif marker == "E:":
        fault(line.where, "an 'E:' line needs an 'S:' line above it")
    else:
        fault(line.where, f"expected a line with '# key:', 'A:', 'S:' or 'E:', found {line.content[:40]!r}")


# --- drafts → reports ----------------------------------------------------------------------------------------------


def _interpret(draft: _Draft, fault: Fault) -> AnnotatedReport:
    text, sentences = _join([s.content for s in draft.sentences])
    entities = tuple(e for line in draft.entities if (e := _entity(line, text, fault)))
    known = frozenset(m for e in entities for m in e.mentions)
    events = (_EventLine(line, text, sentences[i], known, fault).event() for i, line in draft.events)
    return AnnotatedReport(
        id=draft.id.content,
        published=_date(draft, fault),
        origin=draft.meta.get("origin", ""),
        title=draft.meta.get("title"),
        text=text,
        contexts=_contexts(draft, fault),
        sentences=sentences,
        entities=entities,
        events=tuple(e for e in events if e is not None),
    )


def _join(parts: Sequence[str]) -> tuple[str, tuple[Span, ...]]:
    spans, at = [], 0
    for part in parts:
        spans.append((at, at + len(part)))
        at += len(part) + 1
    return " ".join(parts), tuple(spans)


def _date(draft: _Draft, fault: Fault) -> dt.date:
    written = draft.meta.get("published", "")
    try:
        return dt.datetime.strptime(written, "%Y-%m-%d").date()
    except ValueError:
        fault(draft.id.where, f"'# published:' must be a date like 2024-03-15, found {written!r}")
        return dt.date.min


def _contexts(draft: _Draft, fault: Fault) -> tuple[str, ...]:
    contexts = tuple(_parts(draft.meta.get("contexts", ""), ","))
    for name in contexts:
        _allowed("context", name, CONTEXTS, draft.id.where, fault)
    return contexts


def _parts(text: str, separator: str) -> list[str]:
    return [part.strip() for part in text.split(separator) if part.strip()]


def _allowed(what: str, value: str, allowed: Iterable[str], where: str, fault: Fault) -> bool:
    if value in allowed:
        return True
    fault(where, f"unknown {what} {value!r}; allowed: {' '.join(sorted(allowed)) or 'none'}")
    return False


_ENTITY = re.compile(r"(?P<name>.+?)\s*=\s*(?P<code>[A-Z]{2,3})\s+(?P<sectors>[A-Z,-]+)\s*(?:\|(?P<mentions>.*))?")


def _entity(line: _Line, text: str, fault: Fault) -> AnnotatedEntity | None:
    match = _ENTITY.fullmatch(line.content)
    if not match:
        fault(line.where, f"expected 'A: name = CODE SECTOR | mention; mention', found {line.content[:60]!r}")
        return None
    mentions = _parts(match["mentions"] or "", ";")
    for mention in mentions:
        if locate(mention, text) is None:
            fault(line.where, f"the mention {mention!r} is not in the text")
    sectors = tuple(match["sectors"].split(","))
    for sector in sectors:
        _allowed("sector", sector, SECTORS, line.where, fault)
    return AnnotatedEntity(match["name"], match["code"], sectors, (match["name"], *mentions))


def locate(mention: str, text: str) -> Span | None:
    """Where a mention stands as whole words; 'Kim#2' is its second occurrence. None if it does not occur so often."""
    words, _, nth = mention.rpartition("#")
    if not (words and re.fullmatch(r"[1-9]", nth)):
        words, nth = mention, "1"
    found = re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)
    return next((m.span() for k, m in enumerate(found, 1) if k == int(nth)), None)


@dataclass(frozen=True, slots=True)
class _EventLine:
    """An 'E:' line with all that it is checked against."""

    line: _Line
    text: str
    sentence: Span
    known: frozenset[str]
    fault: Fault

    def event(self) -> AnnotatedEvent | None:
        kind, *rest = (cell.strip() for cell in self.line.content.split("|"))
        event, _, modes = kind.partition("-")
        if not rest:
            self._wrong("expected 'E: TYPE-mode | trigger | role=... | status=... | by=... | id=...'")
            return None
        if not _allowed("type", event, MODES, self.line.where, self.fault):
            return None
        trigger = self._quoted(rest[0])
        cells = self._cells(rest[1:])
        roles = {role: self._fillers(cells[role]) for role in ROLES if role in cells}
        if trigger is None:
            return None
        return AnnotatedEvent(
            event, self._modes(event, modes), trigger, cells["status"], cells["id"], MappingProxyType(roles)
        )

    def _wrong(self, what: str) -> None:
        self.fault(self.line.where, what)

    def _modes(self, event: str, written: str) -> tuple[str, ...]:
        modes = tuple(_parts(written, ","))
        for mode in modes:
            _allowed(f"mode of {event}", mode, MODES[event], self.line.where, self.fault)
        return modes

    def _cells(self, rest: Sequence[str]) -> dict[str, str]:
        """key=value cells; those that must be there are there, even if empty after a fault."""
        cells: dict[str, str] = {}
        for key, _, value in (cell.partition("=") for cell in rest):
            key = key.strip()
            if _allowed("field", key, (*ROLES, "status", "id"), self.line.where, self.fault):
                if key in cells:
                    self._wrong(f"the field {key!r} stands twice")
                cells[key] = value.strip()
        for key in ("status", "by", "id"):
            if not cells.setdefault(key, ""):
                self._wrong(f"no {key}=")
        if cells["status"]:
            _allowed("status", cells["status"], STATUSES, self.line.where, self.fault)
        return cells

    def _fillers(self, value: str) -> tuple[RoleFiller, ...]:
        written = [] if value == "-" else _parts(value, ";")
        return tuple(f for v in written if (f := self._filler(v)))

    def _filler(self, written: str) -> RoleFiller | None:
        if written.startswith("^"):
            return RoleFiller(None, self._entity(written[1:]))
        mention, tied, name = written.partition(">")
        span = self._quoted(mention)
        return RoleFiller(span, self._entity(name) if tied else None) if span else None

    def _entity(self, name: str) -> str:
        if name not in self.known:
            self._wrong(f"{name!r} names no entity of this report")
        return name

    def _quoted(self, mention: str) -> Span | None:
        start, end = self.sentence
        found = locate(mention, self.text[start:end])
        if found is None:
            self._wrong(f"{mention!r} is not in the sentence above")
            return None
        return start + found[0], start + found[1]
