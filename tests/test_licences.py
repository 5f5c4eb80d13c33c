"""Every data file that is packaged has its licence and attribution in LICENSES/."""

from __future__ import annotations

import re
from pathlib import Path

import polybius

ROOT = Path(polybius.__file__).parent
REPOSITORY = Path(__file__).resolve().parent.parent
NOT_DATA = {".py", ".pyc", ".pyi", ".typed"}
# Files of the project's own making, which the licence of the code covers.
OWN = {
    "polybius/report/report.schema.json",
    "polybius/evaluation/published.json",
}


# So are pages, their styles and scripts, but for what is vendored.
PAGES = {".html", ".j2", ".css", ".js", ".svg"}


def own(file: str) -> bool:
    return file in OWN or (Path(file).suffix in PAGES and "/vendor/" not in file)


def packaged() -> set[str]:
    files = (path for path in ROOT.rglob("*") if path.is_file() and path.suffix not in NOT_DATA)
    return {f"polybius/{path.relative_to(ROOT).as_posix()}" for path in files if "__pycache__" not in path.parts}


def covered() -> dict[str, str]:
    """File → the page of LICENSES/ that names it in a paragraph that begins with "Covers"."""
    found = {}
    for page in sorted((REPOSITORY / "LICENSES").glob("*.md")):
        for paragraph in re.findall(r"^Covers (.*?)(?:\n\n|\Z)", page.read_text(encoding="utf-8"), re.S | re.M):
            folder = ""
            for name in re.findall(r"`([^`]+)`", paragraph):
                folder = name.rpartition("/")[0] or folder
                found[name if "/" in name else f"{folder}/{name}"] = page.name
    return found


def test_every_packaged_file_is_covered() -> None:
    missing = {file for file in packaged() - covered().keys() if not own(file)}
    assert not missing, f"no page of LICENSES/ says what licence these carry: {sorted(missing)}"


def test_each_page_names_a_licence_and_who_made_it() -> None:
    for page in set(covered().values()):
        text = (REPOSITORY / "LICENSES" / page).read_text(encoding="utf-8")
        assert re.search(r"BSD-|CC BY|CC0|Apache-2\.0|PDDL|MIT|ODC|public domain", text), page


def test_the_index_names_every_page() -> None:
    index = (REPOSITORY / "LICENSES" / "README.md").read_text(encoding="utf-8")
    pages = {page.name for page in (REPOSITORY / "LICENSES").glob("*.md")} - {"README.md"}
    assert pages == set(re.findall(r"\]\(([^)]+\.md)\)", index)) - {"../README.md"}


def test_the_code_has_its_licence() -> None:
    assert "Apache License" in (REPOSITORY / "LICENSE").read_text(encoding="utf-8")
