"""Who may import whom: read from the source, so that a wrong import fails even where it is never run."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import polybius

ROOT = Path(polybius.__file__).parent

# A package imports only from those of a smaller number; those of one number never import each other.
LEVELS = {
    "version": 0,
    "records": 0,
    "drawing": 1,
    "report": 1,
    "codebook": 2,
    "reference": 2,
    "assembly": 3,
    "ingest": 3,
    "store": 3,
    "reader": 3,
    "grounding": 3,
    "coding": 3,
    "evaluation": 4,
    "query": 4,
    "charts": 5,
    "run": 5,
    "briefing": 6,
    "explorer": 6,
    "cli": 7,
    "__main__": 8,
}

MODULES = {
    ".".join(["polybius", *path.relative_to(ROOT).with_suffix("").parts]).removesuffix(".__init__"): path
    for path in sorted(ROOT.rglob("*.py"))
}


def imports(tree: ast.AST, top_only: bool = False) -> Iterator[str]:
    """Names of imported modules; with ``top_only`` those that are imported when the module is."""
    for node in top_nodes(tree) if top_only else ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: imports are absolute"
            module = node.module or ""
            yield from (f"{module}.{a.name}" if f"{module}.{a.name}" in MODULES else module for a in node.names)


def top_nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """Everything outside functions and outside ``if TYPE_CHECKING``."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            continue
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            continue
        yield node
        yield from top_nodes(node)


def own(module: str, top_only: bool = False) -> set[str]:
    """The modules of the package that ``module`` imports."""
    found = imports(ast.parse(MODULES[module].read_text(encoding="utf-8")), top_only)
    return {name for name in found if name == "polybius" or name.startswith("polybius.")}


def part(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def test_every_part_has_a_level() -> None:
    assert {part(module) for module in MODULES} - {""} <= set(LEVELS)


@pytest.mark.parametrize("module", [module for module in MODULES if module != "polybius"])
def test_imports_go_upwards_only(module: str) -> None:
    level = LEVELS[part(module)]
    for target in own(module):
        assert target != "polybius", f"{module} imports the package itself"
        same_part = part(target) == part(module)
        assert same_part or LEVELS[part(target)] < level, f"{module} may not import {target}"


def test_the_package_itself_imports_only_its_version() -> None:
    assert own("polybius", top_only=True) == {"polybius.version"}


def test_there_is_no_cycle() -> None:
    graph = {module: own(module, top_only=True) & set(MODULES) for module in MODULES}
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, f"cycle: {' → '.join([*path, module])}"
        if module not in done:
            for target in sorted(graph[module] - {module}):
                visit(target, (*path, module))
            done.add(module)

    for module in graph:
        visit(module, ())
    assert done == set(MODULES)


def test_records_need_the_standard_library_only() -> None:
    for module in ("polybius.records", "polybius.version"):
        names = {name.split(".")[0] for name in imports(ast.parse(MODULES[module].read_text(encoding="utf-8")))}
        assert names <= set(sys.stdlib_module_names)


def loaded_by(statement: str) -> set[str]:
    code = f"import sys; before = set(sys.modules); {statement}; print(*sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_the_package_loads_next_to_nothing() -> None:
    loaded = loaded_by("import polybius")
    assert {"polybius", "polybius.version"} <= loaded
    assert len(loaded) <= 4, loaded


def test_the_command_starts_without_the_heavy_libraries() -> None:
    heavy = {"onnxruntime", "duckdb", "numpy", "tokenizers", "yaml", "pyarrow"}
    assert not heavy & loaded_by("import polybius.cli")


def test_a_name_that_is_not_there_says_what_is() -> None:
    with pytest.raises(AttributeError, match=r"no attribute 'laod'.*load"):
        getattr(polybius, "laod")  # noqa: B009, written so that mypy lets it pass
