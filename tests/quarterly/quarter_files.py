"""Write quarters as the files people have: invented companies, both languages, no text twice."""

from __future__ import annotations

import csv
from pathlib import Path

COMPANY = ("Grow net revenue retention from 104% to 112%", "Devenir la référence du secteur public")
_CITIES = "Lyon Nantes Lille Brest Dijon Rennes Nancy Pau Metz Tours Angers Caen Nice Reims Rouen Limoges".split()
_RIVALS = "Orbelis Vantor Keliope Trelian Sarnix Quorvel Balmora Nexilia".split()
_ENGLISH = (
    "Raise the win rate against {rival} in {city} from {low}% to {high}% by the end of Q{quarter}",
    "Publish {low} battlecards about {rival} for the {city} sales team",
    "NPS of {city} admins who left {rival}: from {low} to {high}",
    "{high} qualified demo requests in {city} from accounts using {rival} within {quarter} weeks of launch",
)
_FRENCH = (
    "Porter le taux d'activation des comptes de {city} venus de {rival} de {low} % à {high} % d'ici fin T{quarter}",
    "Former {low} commerciaux de {city} aux objections sur {rival}",
    "Réduire le cycle de vente à {city} face à {rival} de {high} à {low} jours",
    "NPS des clients de {city} repris à {rival} ≥ {high}",
)


def okrs(count: int) -> list[tuple[str, str, list[str]]]:
    """Make OKRs: team, objective, key results."""
    made = []
    for number in range(count):
        words = {
            "city": f"{_CITIES[number % 16]} {number // 16 + 1}",
            "rival": _RIVALS[number % 8],
            "low": 11 + number % 30,
            "high": 45 + number % 40,
            "quarter": 1 + number % 4,
        }
        french = number % 3 == 0
        objective = (
            f"Faire de {words['city']} notre place forte face à {words['rival']}"
            if french
            else f"Make {words['city']} buyers prefer us to {words['rival']}"
        )
        made.append(
            (
                ("Enablement", "PMM", "Growth")[number // 4 % 3],
                objective,
                [each.format(**words) for each in (_FRENCH if french else _ENGLISH)],
            )
        )
    return made


def write_quarter(path: Path, count: int, first: int = 0) -> Path:
    """Write a CSV with one key result a row and the objective on the first of its rows."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file, delimiter=";")
        rows.writerow(["Équipe", "Objectif", "Key Result"])
        for team, objective, key_results in okrs(first + count)[first:]:
            for number, text in enumerate(key_results):
                rows.writerow([team, "" if number else objective, text])
    return path
