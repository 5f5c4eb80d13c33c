"""Writes docs/reference/*.md from the code: commands and options, closed lists, codes, tables, views and fields.

usage: python scripts/reference_docs.py [--check]
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args, get_type_hints

import typer.main

from polybius import report
from polybius.cli import app
from polybius.codebook import load as load_codebook
from polybius.query.exports import FORMATS as EXPORTS
from polybius.query.views import VIEWS
from polybius.records import (
    NAME_KINDS,
    REJECTION_REASONS,
    ROLE_NAMES,
    STATUSES,
    EventLink,
    Granularity,
    GroundingStatus,
)
from polybius.run import FORMATS
from polybius.store.decisions import FIELDS
from polybius.store.journal import KINDS
from polybius.store.schema import TABLES, VERSION

REPOSITORY = Path(__file__).resolve().parent.parent
OUT = REPOSITORY / "docs" / "reference"
MADE = "<!-- Made by scripts/reference_docs.py; change the code, not this page. -->"
LICENCES = REPOSITORY / "LICENSES"


def cell(text: object) -> str:
    """Text that stands in a cell of a table: one line, no bar, no rich markup."""
    return re.sub(r"\[/?bold\]", "", " ".join(str(text).split())).replace("|", "\\|").replace("<", "&lt;")


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; ``head`` names its columns."""
    lines = [head, ["---"] * len(head), *[[cell(value) for value in row] for row in rows]]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def commands(group: Any, name: str) -> Iterator[tuple[str, Any]]:
    """Every command with its whole name, in the order in which they are registered."""
    for word, command in group.commands.items():
        whole = f"{name} {word}"
        if hasattr(command, "commands"):
            yield from commands(command, whole)
        else:
            yield whole, command


def spelling(parameter: Any) -> str:
    """An option as it is written, or an argument's placeholder."""
    if parameter.param_type_name == "argument":
        return "`" + (parameter.metavar or (parameter.name or "").upper()) + "`"
    names = ", ".join(f"`{name}`" for name in (*parameter.opts, *parameter.secondary_opts))
    return names if parameter.is_flag or not parameter.metavar else f"{names} {parameter.metavar}"


def default(parameter: Any) -> str:
    """What holds where nothing is said; empty where that is nothing at all."""
    value = parameter.default
    if parameter.required:
        return "required"
    if callable(value) or value in (None, False, (), []):
        return ""
    return "on" if value is True else f"`{value}`"


def prose(text: str) -> str:
    """A command's help as paragraphs; examples, which are indented or begin with the command, as code."""
    paragraphs = []
    for part in re.split(r"\n\s*\n", re.sub(r"\[/?bold\]|\\b|\x08", "", text).strip()):
        line = " ".join(part.split())
        example = line.startswith("polybius ") or re.match(r"(cat|echo) .*polybius", line)
        paragraphs.append(f"```sh\n{line}\n```" if example else escaped(line))
    return "\n\n".join(paragraphs).replace("```\n\n```sh\n", "")


def escaped(text: str) -> str:
    return text.replace("<", "&lt;").replace("*", "\\*")


def command_page() -> str:
    """Every command, its arguments and its options."""
    parts = [
        "# Commands",
        MADE,
        "`polybius --version` prints the version, `--help` after any command what stands here.",
    ]
    for name, command in commands(typer.main.get_command(app), "polybius"):
        parts += [f"## `{name}`", prose(command.help or "")]
        rows = [(spelling(p), getattr(p, "help", "") or "", default(p)) for p in command.params if p.name != "help"]
        parts.append(table(("argument or option", "what", "default"), rows))
    return page(parts)


def closed(values: Iterable[str]) -> str:
    return ", ".join(f"`{value}`" for value in values)


def list_page() -> str:
    """Every closed list of words that a user meets."""
    links = get_args(get_type_hints(EventLink)["kind"])
    lists = (
        ("status of a report or event", STATUSES),
        ("status of a grounding", get_args(GroundingStatus)),
        ("granularity of a date", get_args(Granularity)),
        ("role of a mention", ROLE_NAMES),
        ("kind of a name", NAME_KINDS),
        ("kind of a link between events", links),
        ("kind of a decision", KINDS),
        ("field that a person may correct", FIELDS),
        ("format of `polybius code`", FORMATS),
    )
    parts = ["# Closed lists", MADE, "Other values than these do not occur.", "## Why a document was not coded"]
    parts.append(table(("reason", "what it means"), [(f"`{k}`", v) for k, v in REJECTION_REASONS.items()]))
    parts += ["What to do about each stands in [Output](../output.md#what-becomes-of-every-document).", "## Others"]
    parts.append(table(("list", "values"), [(name, closed(values)) for name, values in lists]))
    parts += ["## Formats of `polybius export`", table(("`--as`", "what"), [(f"`{k}`", v) for k, v in EXPORTS.items()])]
    return page(parts)


def code_page() -> str:
    """The packaged codebook: types with modes, contexts, sectors, codes."""
    book = load_codebook()
    parts = [
        "# Codes",
        MADE,
        f"The packaged codebook, `{book.name}` {book.version}. [The codebook](../codebook.md) tells how to change it.",
    ]
    parts.append("## Event types")
    for kind in book.types.values():
        parts += [f"### {kind.name}", f"{escaped(kind.definition)} Quad class: {kind.quad}; scale {kind.scale:+g}."]
        if kind.modes:
            rows = [(f"`{m.name}`", m.definition, f"{m.scale:+g}") for m in kind.modes.values()]
            parts.append(table(("mode", "what", "scale"), rows))
    for title, definitions in (
        ("Contexts", book.context_definitions),
        ("Sectors", book.sector_definitions),
        ("Codes of actors that are no state", book.actor_codes),
    ):
        parts += [f"## {title}", table(("code", "what"), [(f"`{k}`", v) for k, v in definitions.items()])]
    return page(parts)


def table_page() -> str:
    """The tables of a store, and the views over it."""
    parts = [
        "# Tables and views",
        MADE,
        f"Version {VERSION} of the tables. What they are for stands in [The store](../store.md),",
    ]
    parts[-1] += " how to open the views in [Questions to a store](../query.md#views-for-sql-of-your-own)."
    for name, columns in TABLES.items():
        parts += [f"## Table `{name}`", table(("column", "type"), [(f"`{c}`", kind) for c, kind in columns])]
    for name, view in VIEWS.items():
        parts += [f"## View `{name}`", f"One row {view.row}."]
        parts.append(table(("column", "what"), [(f"`{c}`", what) for c, what in view.columns.items()]))
    return page(parts)


def kind_of(schema: Mapping[str, Any]) -> str:
    """The type of a field in words."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name})"
    if "const" in schema:
        return f"`{json.dumps(schema['const'])}`"
    if "enum" in schema:
        return closed(map(str, schema["enum"]))
    if "anyOf" in schema:
        return " or ".join(kind_of(option) for option in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {kind_of(schema.get('items', {}))}"
    kind = schema.get("type", "any")
    return " or ".join(kind) if isinstance(kind, list) else str(kind)


def fields(schema: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str, str, str]]:
    """Fields of an object and of the objects in it that have no name: name, type, always there, what."""
    required = schema.get("required", ())
    for name, inner in schema.get("properties", {}).items():
        always = "yes" if name in required else ""
        yield f"`{prefix}{name}`", kind_of(inner), always, inner.get("description", "")
        yield from fields(inner, f"{prefix}{name}.")


def field_page() -> str:
    """The record of a report, from its JSON schema; and its flat row."""
    schema = json.loads((Path(report.__file__).parent / "report.schema.json").read_text(encoding="utf-8"))
    head = ("field", "type", "always there", "what")
    parts = [
        "# Fields of the record",
        MADE,
        schema["description"],
        "What each is for stands in [Output](../output.md#the-record-jsonl).",
    ]
    parts += ["## report", table(head, fields(schema))]
    for name, definition in schema["$defs"].items():
        parts += [f"## {name}", definition.get("description", "")]
        if definition.get("properties"):
            parts.append(table(head, fields(definition)))
        else:
            parts.append(kind_of(definition))
    parts += ["## Flat row", "The columns of `csv` and `parquet`, in their order."]
    parts.append(table(("column", "type"), [(f"`{c}`", kind) for c, kind in report.FLAT_COLUMNS]))
    return page(parts)


def licence_page() -> str:
    """The pages of LICENSES/ under each other, so that the site has them."""
    parts = ["# Data licences", MADE]
    for path in (LICENCES / "README.md", *sorted(LICENCES.glob("[!R]*.md"))):
        text = path.read_text(encoding="utf-8").strip()
        text = re.sub(r"\]\((?!https?:)([^)#]+)\.md\)", lambda m: f"](#{anchor(LICENCES / (m[1] + '.md'))})", text)
        heading = "## The package as a whole" if path.name == "README.md" else ""
        body = re.sub(r"^(#+) ", r"#\1 ", text, flags=re.M)
        parts.append(re.sub(r"\A## .*", heading, body) if heading else body)
    return page(parts)


def anchor(path: Path) -> str:
    """The anchor of a page's heading in the page that holds them all."""
    title = path.read_text(encoding="utf-8").splitlines()[0].lstrip("# ")
    return re.sub(r"[\s-]+", "-", re.sub(r"[^\w\s-]", "", title.lower())).strip("-")


def page(parts: Iterable[str]) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"


def pages() -> dict[str, str]:
    """Name of each page → its text."""
    return {
        "commands.md": command_page(),
        "lists.md": list_page(),
        "codes.md": code_page(),
        "tables.md": table_page(),
        "fields.md": field_page(),
        "licences.md": licence_page(),
    }


def stale() -> list[str]:
    """Pages that are not what the code says."""
    return [
        name
        for name, text in pages().items()
        if not (OUT / name).is_file() or (OUT / name).read_text(encoding="utf-8") != text
    ]


def main() -> int:
    """Write the pages, or with ``--check`` say which are out of date."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; 1 where a page is out of date")
    check = parser.parse_args().check
    found = stale()
    for name in found:
        print(f"docs/reference/{name}: {'out of date' if check else 'written'}")
        if not check:
            OUT.mkdir(parents=True, exist_ok=True)
            (OUT / name).write_text(pages()[name], encoding="utf-8")
    return int(check and bool(found))


if __name__ == "__main__":
    sys.exit(main())
