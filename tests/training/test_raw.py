"""Text that a teacher labels: how its tokens become text, and what is left out because it scores."""

from __future__ import annotations

import io
import tarfile
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

raw = pytest.importorskip("raw")

XML = (
    "<Document><token sentence='0'>http</token><token sentence='1'>The</token><token sentence='1'>minister</token>"
    "<token sentence='1'>(</token><token sentence='1'>left</token><token sentence='1'>)</token>"
    "<token sentence='1'>resigned</token><token sentence='1'>.</token></Document>"
)


def archive(path: Path, names: list[str]) -> Path:
    with tarfile.open(path, "w:gz") as out:
        for name in names:
            info = tarfile.TarInfo(name)
            info.size = len(XML)
            out.addfile(info, io.BytesIO(XML.encode()))
    return path


def test_tokens_are_set_as_in_print_and_headers_are_left_out() -> None:
    assert raw.sentences(ET.fromstring(XML)) == "The minister (left) resigned."


def test_topics_that_score_are_left_out(tmp_path: Path) -> None:
    path = archive(tmp_path / "ecb.tar.gz", ["1/1_1ecb.xml", "2/2_1ecb.xml", "18/18_1ecb.xml", "3/readme.txt"])
    assert list(raw.ecb(path)) == ["The minister (left) resigned."]
