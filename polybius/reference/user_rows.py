"""Rows of actors that users keep in CSV files of their own.

Columns: ``name`` and ``code`` are needed; ``sectors`` and ``aliases`` hold several values with ; between them; ``kind`` is one of
KINDS ("person" where ``office``, ``from`` or ``to`` is filled, else "organisation"); ``office``, ``from``, ``to`` (ISO dates or
years), ``identifier``, ``source`` and ``as_of`` may be left out. A person with several offices has a row for each.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from polybius.reference.actor_file import ActorError, Entry, Term, pack

KINDS = ("person", "organ", "organisation", "party", "armed group", "company", "media")
COLUMNS = ("name", "code", "kind", "sectors", "aliases", "office", "from", "to", "identifier", "source", "as_of")
SECTORS = frozenset(
    "AGR BUS COP CRM CVL EDU ELI GOV JRN JUD LAB LEG MED MIL OPP PRE PRM PTY REB REF REL SOC SPY UAF UNK".split()
)
DATE = re.compile(r"(?:\d{4}(?:-\d{2}(?:-\d{2})?)?)?")


def read_rows(path: Path) -> list[Entry]:
    """The entries of a file. Raises ActorError, which names each faulty line, and FileNotFoundError."""
    if not path.is_file():
        raise FileNotFoundError(f"{path}: there is no such file of actors")
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        lacking = [c for c in ("name", "code") if c not in (reader.fieldnames or ())]
        if lacking:
            raise ActorError(f"{path}: no column {' and '.join(lacking)}; columns are {', '.join(COLUMNS)}")
        rows = [(reader.line_num, {k: (v or "").strip() for k, v in r.items() if k in COLUMNS}) for r in reader]
    faults = [f"{path}:{line}: {fault}" for line, row in rows for fault in _faults(row)]
    if faults:
        raise ActorError("\n".join(faults))
    return _joined(_entry(row) for _, row in rows)


def _faults(row: dict[str, str]) -> Iterable[str]:
    if not row["name"]:
        yield "the name is empty"
    if not re.fullmatch(r"[A-Z]{3}", row["code"]):
        yield f"code {row['code']!r} is not three capital letters (ISO 3166 alpha-3, or one of PLOVER's own)"
    for sector in _list(row.get("sectors", "")):
        if sector not in SECTORS:
            yield f"{sector!r} is no sector; sectors are {' '.join(sorted(SECTORS))}"
    if row.get("kind") and row["kind"] not in KINDS:
        yield f"{row['kind']!r} is no kind; kinds are {', '.join(KINDS)}"
    for column in ("from", "to", "as_of"):
        if not DATE.fullmatch(row.get(column, "")):
            yield f"{column} {row[column]!r} is no date; write 2024, 2024-05 or 2024-05-31"


def _entry(row: dict[str, str]) -> Entry:
    get = row.get
    dated = bool(get("office") or get("from") or get("to"))
    kind = get("kind") or ("person" if dated else "organisation")
    sectors = _list(get("sectors", ""))
    source = f"user: {get('source')}" if get("source") else "user"
    as_of = get("as_of") or "9999"
    terms = (
        (Term(get("office", ""), row["code"], sectors, get("from", ""), get("to", ""), as_of, source, True),)
        if dated
        else ()
    )
    return Entry(
        row["name"],
        kind,
        row["code"],
        sectors,
        get("identifier") or None,
        source,
        as_of,
        True,
        terms,
        _list(get("aliases", "")),
    )


def _joined(entries: Iterable[Entry]) -> list[Entry]:
    """Rows of one person are one entry with several terms."""
    out: dict[tuple[str, str, str], Entry] = {}
    for entry in entries:
        key = (entry.name, entry.kind, entry.code)
        one = out.get(key)
        if one is None:
            out[key] = entry
        else:
            aliases = tuple(dict.fromkeys((*one.aliases, *entry.aliases)))
            identifier = one.identifier or entry.identifier
            out[key] = Entry(
                one.name,
                one.kind,
                one.code,
                one.sectors,
                identifier,
                one.source,
                one.as_of,
                True,
                (*one.terms, *entry.terms),
                aliases,
            )
    return list(out.values())


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def write_entries(entries: Sequence[Entry], out: Path) -> None:
    """Write entries as rows that ``read_rows`` reads (.csv), or compiled."""
    if out.suffix != ".csv":
        out.write_bytes(pack(entries))
        return
    with out.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([COLUMNS, *(row for e in entries for row in _rows(e))])


def _rows(entry: Entry) -> Iterator[list[str]]:
    aliases, identifier = ";".join(a for a in entry.aliases if ";" not in a), entry.identifier or ""
    for term in entry.terms:
        sectors = ";".join(term.sectors)
        yield [
            entry.name, term.code, entry.kind, sectors, aliases, term.office, term.since, term.until, identifier, term.source, term.as_of
        ]  # fmt: skip
    if not entry.terms:
        sectors = ";".join(entry.sectors)
        yield [entry.name, entry.code, entry.kind, sectors, aliases, "", "", "", identifier, entry.source, entry.as_of]
