"""Inputs: what bytes become text, and how company objectives are listed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.cli.inputs import decode, read_company_objectives, read_draft
from reviewer.errors import InputFileError

TEXT = "Objectif : Équipes prêtes — dès le 1ᵉʳ jour\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_decoded(encoding: str) -> None:
    assert decode(TEXT.encode(encoding), "draft.md") == TEXT


def test_big_endian_is_told_by_its_mark() -> None:
    assert decode(b"\xfe\xff" + TEXT.encode("utf-16-be"), "draft.md") == TEXT


def test_windows_text_is_decoded_when_it_is_not_utf8() -> None:
    assert decode("Écart de 5 € – “sûr”".encode("cp1252"), "draft.md") == "Écart de 5 € – “sûr”"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7 ...", "draft.md is a PDF, not text; export it as plain text or Markdown, in UTF-8"),
        (b"PK\x03\x04...", "draft.md is a Word, Excel, PowerPoint or zip file, not text"),
        (b"{\\rtf1 KR1}", "draft.md is an RTF document, not text"),
        (b"abc\x00def", "draft.md is not text"),
        (b"\xff\xfeK", "draft.md is not text"),
        (b"\xe9\x01\x02\x03", "draft.md is not text"),
        ("KR1 é".encode("utf-16-le"), "draft.md is not text"),
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes, said: str) -> None:
    with pytest.raises(InputFileError) as caught:
        decode(data, "draft.md")
    assert str(caught.value).startswith(said)


@given(st.binary(max_size=200))
def test_any_bytes_become_text_or_a_refusal(data: bytes) -> None:
    try:
        text = decode(data, "draft.md")
    except InputFileError:
        return
    text.encode()
    assert "\x00" not in text


def test_a_draft_far_too_long_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "long.md"
    path.write_bytes(b"KR1 " * 1_100_000)
    with pytest.raises(InputFileError, match=r"long\.md is longer than 4,000,000 bytes, too long for a draft; split it"):
        read_draft(str(path))


def test_company_objectives_stand_one_a_line(tmp_path: Path) -> None:
    path = tmp_path / "company.txt"
    path.write_text(
        "\ufeff# Objectifs 2026\r\n\r\n- Passer le NRR à 112 %\r\n  * Devenir la référence\n2. Ouvrir l’Allemagne\n"
        "- [ ] Réduire le churn\n• Doubler l’expansion\n   # note\n3 nouveaux marchés\n+20 % de NRR\n-\n",
        encoding="utf-8",
    )
    assert read_company_objectives(str(path)) == (
        "Passer le NRR à 112 %",
        "Devenir la référence",
        "Ouvrir l’Allemagne",
        "Réduire le churn",
        "Doubler l’expansion",
        "3 nouveaux marchés",
        "+20 % de NRR",
    )
