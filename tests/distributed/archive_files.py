"""Write archives as consultancies keep them: CSV, JSON Lines, Parquet; invented companies, no text twice."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

COMPANY = ("Grow net revenue retention from 104% to 112%", "Devenir la référence du secteur public")
_TOWNS = "Annecy Bayonne Chartres Dole Évreux Foix Gap Hyères Istres Jarnac Laval Mende Niort Orange Privas Redon".split()
_RIVALS = "Altumis Brevalo Corvanta Delphine-Soft Estrelio Fornexa".split()
_ENGLISH = (
    "Win rate against {rival} in {town} from {low}% to {high}% by the end of Q4",
    "Write {low} case studies with {town} customers who left {rival}",
    "{high} demo requests from {town} accounts that use {rival}",
)
_FRENCH = (
    "Faire passer la part des devis de {town} gagnés contre {rival} de {low} % à {high} % d'ici fin T4",
    "Animer {low} ateliers à {town} sur le passage de {rival} à notre offre",
    "NPS des clients de {town} venus de {rival} ≥ {high}",
)


def okrs(count: int, first: int = 0) -> list[dict[str, Any]]:
    """Make OKRs as objects, from number `first` on."""
    made = []
    for number in range(first, first + count):
        words = {
            "town": f"{_TOWNS[number % 16]} {number // 16 + 1}",
            "rival": _RIVALS[number % 6],
            "low": 12 + number % 25,
            "high": 44 + number % 45,
        }
        french = number % 2 == 0
        objective = "Gagner {town} face à {rival}" if french else "Make {town} prefer us to {rival}"
        made.append(
            {
                "team": ("PMM", "Partners", "Growth")[number % 3],
                "objective": objective.format(**words),
                "key_results": [each.format(**words) for each in (_FRENCH if french else _ENGLISH)],
            }
        )
    return made


def write_csv(path: Path, count: int, first: int = 0) -> None:
    """Write one key result a row, the objective on the first of its rows."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["Team", "Objective", "Key Result"])
        for okr in okrs(count, first):
            for number, text in enumerate(okr["key_results"]):
                rows.writerow([okr["team"], "" if number else okr["objective"], text])


def write_json_lines(path: Path, count: int, first: int = 0) -> None:
    """Write one object a line."""
    path.write_text("".join(json.dumps(okr, ensure_ascii=False) + "\n" for okr in okrs(count, first)), encoding="utf-8")


def write_parquet(path: Path, count: int, first: int = 0) -> None:
    """Write one row an OKR, its key results as a list."""
    import pyarrow as pa
    import pyarrow.parquet as parquet

    parquet.write_table(pa.Table.from_pylist(okrs(count, first)), path)
