"""What doctor looks at."""

from __future__ import annotations

from pathlib import Path

from polybius.run import Setup, int8_instructions, run_checks


def test_instructions_are_read_from_the_flags() -> None:
    assert int8_instructions("flags\t\t: fpu avx2 avx512bw avx512_vnni amx_int8\n") == (
        "AMX-INT8",
        "AVX512-VNNI",
        "AVX512BW",
        "AVX2",
    )
    assert int8_instructions("flags : fpu avx2\n") == ("AVX2", "no VNNI: slower")
    assert int8_instructions("Features : fp asimddp\n") == ("NEON dot product",)
    assert int8_instructions("") == ()


def test_each_missing_thing_is_a_line_of_its_own(tmp_path: Path) -> None:
    bad = tmp_path / "book.yaml"
    bad.write_text("name: [")
    checks = {check.name: check for check in run_checks(Setup(model=tmp_path / "no", codebook=bad))}
    assert not checks["reader"].good
    assert str(tmp_path / "no") in checks["reader"].found
    assert not checks["codebook"].good
    assert "book.yaml" in checks["codebook"].found
    assert checks["reference"].good
    assert checks["libraries"].good
    assert checks["polybius"].good
