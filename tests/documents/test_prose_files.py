"""Markdown and text: one entry for each OKR, with its lines."""

from __future__ import annotations

from documents_read import ReadFile, WriteFile

from reviewer.reading import MAX_CHARACTERS

PAGE = """# OKRs Q4 2026 - PMM

## Win the deals that Orbeo wins today

- Win rate against Orbeo from 28% to 38%,
  on deals over 20 seats
- Discount given to close from 12% to 10%

## Make new reps productive early

- Ramp-up time from 62 to 45 days
"""


def test_lines_and_offsets(read_file: ReadFile, write_file: WriteFile) -> None:
    read = read_file(write_file("okr.md", PAGE.replace("\n", "\r\n")))
    assert [each.place.row for each in read.okrs] == [3, 9]
    lines = PAGE.split("\n")
    for okr in read.okrs:
        for statement in (okr.objective, *okr.key_results):
            for piece in statement.pieces:
                said = statement.text[slice(*piece.span)]
                assert lines[piece.place.row - 1][piece.offset :].startswith(said)
    assert [piece.place.row for piece in read.okrs[0].key_results[0].pieces] == [5, 6]
    assert {each.cycle for each in read.okrs} == {"Q4 2026"} and read.teams == ["PMM", "PMM"]


def test_a_page_without_okrs_is_explained_in_its_language(read_file: ReadFile, write_file: WriteFile) -> None:
    read = read_file(write_file("notes.md", "Nous avons parlé du lancement avec les Sales, et rien n'est écrit pour le trimestre.\n"))
    assert len(read.reasons) == 1 and "Aucun OKR trouvé" in read.reasons[0]


def test_what_follows_a_french_page_is_explained_in_french(read_file: ReadFile, write_file: WriteFile) -> None:
    page = write_file(
        "okr.md", "# Gagner les contrats qu'Orbeo gagne aujourd'hui\n\n- Taux de victoire de 28 % à 38 %\n- Remise de 12 % à 10 %\n"
    )
    read = read_file(page, write_file("okr.pdf", b"%PDF-1.7"))
    assert len(read.okrs) == 1 and "Les PDF ne sont pas lus" in read.reasons[0]


def test_a_text_longer_than_is_read_at_once_is_cut_at_its_headings(read_file: ReadFile, write_file: WriteFile) -> None:
    part = "# Win deal {n}\n\n- Win rate against rival {n} from 28% to 38%\n- Deals won from 4 to 9\n\n"
    count = 2 * MAX_CHARACTERS // len(part)
    text = "".join(part.format(n=number) for number in range(count))
    read = read_file(write_file("okr.md", text))
    assert len(read.okrs) == count and not read.explained
    assert read.okrs[-1].place.row == (count - 1) * 5 + 1
    assert read.okrs[-1].okr.objective == f"Win deal {count - 1}"


def test_a_section_that_is_too_long_is_explained_and_the_others_read(read_file: ReadFile, write_file: WriteFile) -> None:
    long = "# Win everything\n\n" + "We talked and talked about it for days on end.\n" * 6_000
    read = read_file(
        write_file("okr.md", PAGE.replace("## ", "# ") + "\n" + long + "\n# Grow\n\n- Trials from 200 to 400\n- Paid from 20 to 40\n")
    )
    assert [objective for objective, _ in read.outline] == ["Win the deals that Orbeo wins today", "Make new reps productive early", "Grow"]
    assert len(read.reasons) == 1 and f"{MAX_CHARACTERS}" in read.reasons[0]
    assert read.explained[0].place.row == 13


def test_windows_and_wide_encodings(read_file: ReadFile, write_file: WriteFile) -> None:
    text = "Objectif : Être compris\nKR1 : Score de clarté de 5,5 à 8\nKR2 : Délai de 9 à 5 jours\n"
    for encoding in ("cp1252", "utf-16", "utf-8-sig"):
        read = read_file(write_file("okr.txt", text.encode(encoding)))
        assert read.outline == [("Être compris", ["Score de clarté de 5,5 à 8", "Délai de 9 à 5 jours"])]
