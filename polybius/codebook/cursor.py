"""Reading an edited YAML file without ever stopping at the first fault: every value knows its line and column.

A cursor stands on one node of the file. Asking it for a value of the wrong kind notes a fault and gives a harmless
value, so that reading goes on; whoever started the reading raises all faults together at its end.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

import yaml

from polybius.codebook.faults import CodebookError, Fault, unknown


@dataclass(slots=True)
class Faults:
    """The faults found so far in one file."""

    path: str
    found: list[Fault] = field(default_factory=list)

    def add(self, mark: yaml.Mark | None, message: str) -> None:
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        self.found.append(Fault(self.path, line, column, message))

    def stop_if_any(self) -> None:
        if self.found:
            raise CodebookError(self.found)


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in the file. ``label`` names it in messages."""

    node: yaml.Node
    label: str
    faults: Faults

    def fault(self, message: str) -> None:
        self.faults.add(self.node.start_mark, f"{self.label}: {message}" if self.label else message)

    def entries(self) -> Iterator[tuple[str, Cursor, Cursor]]:
        """The entries of a mapping: key, cursor on the key, cursor on the value. A key that stands twice is a fault."""
        if not isinstance(self.node, yaml.MappingNode):
            self.fault(f"expected a mapping, found {kind(self.node)}")
            return
        seen: set[str] = set()
        for key_node, value_node in self.node.value:
            key = Cursor(key_node, self.label, self.faults)
            name = key.name()
            if name in seen:
                key.fault(f"{name!r} stands here twice")
            elif name:
                seen.add(name)
                yield name, key, Cursor(value_node, f"{self.label}.{name}" if self.label else name, self.faults)

    def fields(self, required: Collection[str], optional: Collection[str] = ()) -> dict[str, Cursor]:
        """The values of a mapping with fixed keys. Unknown and missing keys are faults."""
        allowed = (*required, *optional)
        values: dict[str, Cursor] = {}
        for name, key, value in self.entries():
            if name in allowed:
                values[name] = value
            else:
                key.fault(unknown("key", name, allowed))
        if isinstance(self.node, yaml.MappingNode):
            for name in required:
                if name not in values:
                    self.fault(f"the key {name!r} is missing")
        return values

    def items(self) -> Iterator[Cursor]:
        """The items of a list."""
        if not isinstance(self.node, yaml.SequenceNode):
            self.fault(f"expected a list, found {kind(self.node)}")
            return
        for number, node in enumerate(self.node.value, 1):
            yield Cursor(node, f"{self.label}[{number}]", self.faults)

    def name(self) -> str:
        """A name, which is a name even where YAML reads it as a number or a truth value (``no``, ``1``)."""
        if isinstance(self.node, yaml.ScalarNode) and self.node.value:
            return str(self.node.value)
        self.fault(f"expected a name, found {kind(self.node)}")
        return ""

    def one_of(self, what: str, allowed: Collection[str]) -> str:
        """A name that stands in ``allowed``."""
        name = self.name()
        if name and name not in allowed:
            self.fault(unknown(what, name, allowed))
        return name

    def text(self) -> str:
        """A text that is not empty."""
        if kind(self.node) == "a text" and self.node.value.strip():
            return " ".join(self.node.value.split())
        self.fault(f"expected a text, found {kind(self.node) if self.node.value else 'nothing'}")
        return ""

    def flag(self) -> bool:
        """true or false."""
        if kind(self.node) == "a truth value":
            return str(self.node.value).lower() in ("true", "yes", "on")
        self.fault(f"expected true or false, found {kind(self.node)}")
        return False

    def number(self, low: float, high: float) -> float:
        """A number from ``low`` to ``high``."""
        if kind(self.node) != "a number":
            self.fault(f"expected a number, found {kind(self.node)}")
            return low
        value = float(self.node.value.replace("_", "")) if _plain(self.node.value) else float("nan")
        if not low <= value <= high:
            self.fault(f"expected a number from {low:g} to {high:g}, found {self.node.value}")
            return low
        return value


def _plain(value: str) -> bool:
    """Whether Python reads the number as YAML does: YAML also knows sexagesimal, hexadecimal and infinite ones."""
    try:
        float(value.replace("_", ""))
    except ValueError:
        return False
    return True


_SCALAR_KINDS = {"str": "a text", "int": "a number", "float": "a number", "bool": "a truth value", "null": "nothing"}


def kind(node: yaml.Node) -> str:
    """What a node is, in words for a message."""
    if isinstance(node, yaml.MappingNode):
        return "a mapping"
    if isinstance(node, yaml.SequenceNode):
        return "a list"
    return _SCALAR_KINDS.get(node.tag.rpartition(":")[2], "something else")


def open_yaml(text: str, faults: Faults) -> Cursor:
    """A cursor on the top of the file. What is no YAML, or nothing, is raised at once: there is nothing to read on."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        faults.add(error.problem_mark, f"this is not YAML: {error.problem}")
    except yaml.YAMLError as error:
        faults.add(None, f"this is not YAML: {error}")
    else:
        if node is not None:
            return Cursor(node, "", faults)
        faults.add(None, "the file is empty")
    raise CodebookError(faults.found)
