"""Small quarters on which the rules across OKRs are shown; companies, rivals and figures are invented."""

from __future__ import annotations

from typing import Final

from reviewer.okr import Okr
from reviewer.rules.rule import Both, QuarterSample, Sample

Quarters = Both[tuple[Sample, ...]]


def _okr(team: str | None, objective: str, *key_results: str, owner: str | None = None, contributes_to: str | None = None) -> Okr:
    return Okr(objective=objective, key_results=key_results, team=team, owner=owner, contributes_to=contributes_to)


def _quarter(*okrs: Okr, company: tuple[str, ...] = (), check_in: str | None = None) -> QuarterSample:
    return QuarterSample(okrs=okrs, company_objectives=company, check_in=check_in)


_REFERENCE_FR = _okr(
    "PMM",
    "Devenir la référence que les équipes RH recommandent à leurs pairs",
    "Faire passer le NPS des administrateurs de 28 à 40 d'ici fin T3",
    "40 demandes de démo qualifiées venues de recommandations d'ici fin T3",
)
_DEALS_FR = _okr(
    "PMM",
    "Donner aux Sales les armes pour gagner les deals compétitifs",
    "Porter le win rate face à Orbeo de 24 % à 32 % d'ici fin T3",
    "Ramener le cycle de vente Mid-Market de 68 à 55 jours d'ici fin T3",
)
_RENEWAL_FR = _okr(
    "Customer Success",
    "Faire du renouvellement une évidence pour les grands comptes",
    "Porter le taux de renouvellement Enterprise de 71 % à 85 % d'ici fin T3",
    "Ramener le délai de première réponse de 9 h à 2 h d'ici fin T3",
)
_REFERENCE_EN = _okr(
    "PMM",
    "Become the product that HR teams recommend to their peers",
    "Raise admin NPS from 28 to 40 by the end of Q3",
    "40 qualified demo requests from referrals by the end of Q3",
)
_DEALS_EN = _okr(
    "PMM",
    "Give reps what they need to win competitive deals",
    "Raise the win rate against Orbeo from 24% to 32% by the end of Q3",
    "Cut the Mid-Market sales cycle from 68 to 55 days by the end of Q3",
)
_RENEWAL_EN = _okr(
    "Customer Success",
    "Make renewal obvious to Enterprise customers",
    "Raise the Enterprise renewal rate from 71% to 85% by the end of Q3",
    "Cut first response time from 9 hours to 2 by the end of Q3",
)
_SOUND: Final = Both(fr=_quarter(_REFERENCE_FR, _DEALS_FR, _RENEWAL_FR), en=_quarter(_REFERENCE_EN, _DEALS_EN, _RENEWAL_EN))

_MANY_FR = (
    "Devenir la référence que les équipes RH recommandent à leurs pairs",
    "Donner aux Sales les armes pour gagner les deals compétitifs",
    "Faire du renouvellement une évidence pour les grands comptes",
    "Que les essais deviennent des clients sans qu'on les relance",
    "Devenir la voix du marché dans chaque décision produit",
    "Que nos prix se comprennent du premier coup",
)
_MANY_EN = (
    "Become the product that HR teams recommend to their peers",
    "Give reps what they need to win competitive deals",
    "Make renewal obvious to Enterprise customers",
    "Trials become customers without a reminder",
    "Become the voice of the market in every product decision",
    "Buyers understand our prices at first sight",
)
COUNT_BAD: Final[Quarters] = Both(
    fr=(
        _quarter(*(_okr("PMM", text) for text in _MANY_FR)),
        _quarter(*(_okr(team, text) for team, text in zip(("PMM", "Sales", "Customer Success"), _MANY_FR, strict=False))),
    ),
    en=(
        _quarter(*(_okr("PMM", text) for text in _MANY_EN)),
        _quarter(*(_okr(team, text) for team, text in zip(("PMM", "Sales", "Customer Success"), _MANY_EN, strict=False))),
    ),
)
COUNT_GOOD: Final[Quarters] = Both(
    fr=(_quarter(*(each.model_copy(update={"team": "PMM"}) for each in _SOUND.fr.okrs)), _SOUND.fr),
    en=(_quarter(*(each.model_copy(update={"team": "PMM"}) for each in _SOUND.en.okrs)), _SOUND.en),
)

DUPLICATE_BAD: Final[Quarters] = Both(
    fr=(
        _quarter(_DEALS_FR, _okr("Sales", "Gagner plus souvent sans casser nos prix", "Taux de victoire contre Orbeo : 24 % -> 32 %")),
        _quarter(_REFERENCE_FR, _REFERENCE_FR.model_copy(update={"team": "Customer Success"})),
    ),
    en=(
        _quarter(_DEALS_EN, _okr("Sales", "Win more often without cutting our prices", "Win rate vs. Orbeo: 24% -> 32%")),
        _quarter(_REFERENCE_EN, _REFERENCE_EN.model_copy(update={"team": "Customer Success"})),
    ),
)
DUPLICATE_GOOD: Final[Quarters] = Both(
    fr=(
        _quarter(
            _DEALS_FR,
            _okr(
                "Sales",
                "Gagner plus souvent sans casser nos prix",
                "Porter le win rate face à Veltris de 24 % à 32 % d'ici fin T3",
                "Ramener la remise moyenne de 18 % à 12 % d'ici fin T3",
            ),
        ),
        _SOUND.fr,
    ),
    en=(
        _quarter(
            _DEALS_EN,
            _okr(
                "Sales",
                "Win more often without cutting our prices",
                "Raise the win rate against Veltris from 24% to 32% by the end of Q3",
                "Cut the average discount from 18% to 12% by the end of Q3",
            ),
        ),
        _SOUND.en,
    ),
)

CONFLICT_BAD: Final[Quarters] = Both(
    fr=(
        _quarter(
            _okr("Pricing", "Que nos prix tiennent en négociation", "Ramener la remise moyenne de 18 % à 12 % d'ici fin T3"),
            _okr("Sales", "Signer avant la fin du trimestre", "Porter la remise moyenne de 18 % à 25 % d'ici fin T3"),
        ),
        _quarter(
            _okr("Sales", "Devenir le choix des équipes de taille moyenne", "Porter l'ACV Mid-Market de 18 k€ à 24 k€ d'ici fin T3"),
            _okr("Growth", "Que l'on commence petit, et tout de suite", "Ramener l'ACV Mid-Market de 18 k€ à 12 k€ d'ici fin T3"),
        ),
    ),
    en=(
        _quarter(
            _okr("Pricing", "Our prices stand up in negotiation", "Cut the average discount from 18% to 12% by the end of Q3"),
            _okr("Sales", "Deals close before the quarter does", "Raise the average discount from 18% to 25% by the end of Q3"),
        ),
        _quarter(
            _okr("Sales", "Become the choice of mid-sized teams", "Raise Mid-Market ACV from $18k to $24k by the end of Q3"),
            _okr("Growth", "Let teams start small, and at once", "Bring Mid-Market ACV down from $18k to $12k by the end of Q3"),
        ),
    ),
)
CONFLICT_GOOD: Final[Quarters] = Both(
    fr=(
        _quarter(
            _okr(
                "Sales",
                "Devenir le choix des équipes de taille moyenne",
                "Porter l'ACV Mid-Market de 18 k€ à 24 k€ d'ici fin T3",
                "Porter le win rate face à Orbeo de 24 % à 32 % d'ici fin T3",
            ),
            _okr(
                "Growth",
                "Devenir le choix des indépendants",
                "Porter l'ACV des TPE de 2 k€ à 3 k€ d'ici fin T3",
                "Porter le taux d'activation des TPE de 30 % à 45 % d'ici fin T3",
            ),
        ),
        _SOUND.fr,
    ),
    en=(
        _quarter(
            _okr(
                "Sales",
                "Become the choice of mid-sized teams",
                "Raise Mid-Market ACV from $18k to $24k by the end of Q3",
                "Raise the win rate against Orbeo from 24% to 32% by the end of Q3",
            ),
            _okr(
                "Growth",
                "Become the choice of the self-employed",
                "Raise SMB ACV from $2k to $3k by the end of Q3",
                "Raise the SMB activation rate from 30% to 45% by the end of Q3",
            ),
        ),
        _SOUND.en,
    ),
)

_COMPANY_FR = ("Faire de nos clients nos meilleurs ambassadeurs", "Gagner des parts de marché face aux deux leaders")
_COMPANY_EN = ("Turn our customers into our best advocates", "Win market share from the two leaders")


def _serving(okr: Okr, goal: str) -> Okr:
    return okr.model_copy(update={"contributes_to": goal})


UNCOVERED_BAD: Final[Quarters] = Both(
    fr=(
        _quarter(_serving(_REFERENCE_FR, _COMPANY_FR[0]), company=_COMPANY_FR),
        _quarter(_serving(_DEALS_FR, "2"), company=_COMPANY_FR),
    ),
    en=(
        _quarter(_serving(_REFERENCE_EN, _COMPANY_EN[0]), company=_COMPANY_EN),
        _quarter(_serving(_DEALS_EN, "2"), company=_COMPANY_EN),
    ),
)
UNCOVERED_GOOD: Final[Quarters] = Both(
    fr=(
        _quarter(_serving(_REFERENCE_FR, _COMPANY_FR[0]), _serving(_DEALS_FR, _COMPANY_FR[1]), company=_COMPANY_FR),
        _quarter(_serving(_DEALS_FR, _COMPANY_FR[1]), company=_COMPANY_FR[1:]),
    ),
    en=(
        _quarter(_serving(_REFERENCE_EN, _COMPANY_EN[0]), _serving(_DEALS_EN, _COMPANY_EN[1]), company=_COMPANY_EN),
        _quarter(_serving(_DEALS_EN, _COMPANY_EN[1]), company=_COMPANY_EN[1:]),
    ),
)

COPIED_BAD: Final[Quarters] = Both(
    fr=(
        _quarter(_serving(_DEALS_FR.model_copy(update={"objective": _COMPANY_FR[1]}), _COMPANY_FR[1]), company=_COMPANY_FR[1:]),
        _quarter(
            _okr("Direction commerciale", "Reprendre l'avantage", "Porter le win rate face à Orbeo de 24 % à 32 % d'ici fin T3"),
            _okr("PMM", "Porter le win rate face à Orbeo de 24 % à 32 % d'ici fin T3", "Publier 6 battlecards"),
        ),
    ),
    en=(
        _quarter(_serving(_DEALS_EN.model_copy(update={"objective": _COMPANY_EN[1]}), _COMPANY_EN[1]), company=_COMPANY_EN[1:]),
        _quarter(
            _okr("Sales leadership", "Take back the lead", "Raise the win rate against Orbeo from 24% to 32% by the end of Q3"),
            _okr("PMM", "Raise the win rate against Orbeo from 24% to 32% by the end of Q3", "Publish 6 battlecards"),
        ),
    ),
)
COPIED_GOOD: Final[Quarters] = Both(
    fr=(_quarter(_serving(_DEALS_FR, _COMPANY_FR[1]), company=_COMPANY_FR[1:]), _SOUND.fr),
    en=(_quarter(_serving(_DEALS_EN, _COMPANY_EN[1]), company=_COMPANY_EN[1:]), _SOUND.en),
)


def _owned(okr: Okr, team: str | None, owner: str) -> Okr:
    return okr.model_copy(update={"team": team, "owner": owner})


INDIVIDUAL_BAD: Final[Quarters] = Both(
    fr=(
        _quarter(_owned(_DEALS_FR, None, "Claire Aubertin"), _owned(_REFERENCE_FR, None, "Karim Belloc")),
        _quarter(*(_owned(each, None, "claire.aubertin@exemple.fr") for each in _SOUND.fr.okrs)),
    ),
    en=(
        _quarter(_owned(_DEALS_EN, None, "Claire Hartwell"), _owned(_REFERENCE_EN, None, "Sam Okoro")),
        _quarter(*(_owned(each, None, "claire.hartwell@example.com") for each in _SOUND.en.okrs)),
    ),
)
INDIVIDUAL_GOOD: Final[Quarters] = Both(
    fr=(
        _quarter(_owned(_DEALS_FR, "PMM", "Claire Aubertin"), _owned(_RENEWAL_FR, "Customer Success", "Karim Belloc")),
        _quarter(_owned(_DEALS_FR, None, "Équipe PMM"), _owned(_RENEWAL_FR, None, "Customer Success")),
    ),
    en=(
        _quarter(_owned(_DEALS_EN, "PMM", "Claire Hartwell"), _owned(_RENEWAL_EN, "Customer Success", "Sam Okoro")),
        _quarter(_owned(_DEALS_EN, None, "PMM team"), _owned(_RENEWAL_EN, None, "Customer Success")),
    ),
)

KPIS_BAD: Final[Quarters] = Both(
    fr=(
        _quarter(
            _okr(
                "PMM",
                "Gagner les deals compétitifs",
                "Win rate de 24 % à 32 %",
                "Cycle de vente de 68 à 55 jours",
                "Remise moyenne de 18 % à 12 %",
            ),
            _okr("PMM", "Être recommandés", "NPS de 28 à 40", "CSAT de 81 % à 88 %", "Taux de renouvellement de 71 % à 85 %"),
            _okr(
                "PMM",
                "Être connus",
                "Notoriété assistée de 12 % à 20 %",
                "Part de voix de 10 % à 18 %",
                "Trafic organique de 30 000 à 45 000",
            ),
        ),
        _quarter(
            _okr(
                "Growth",
                "Que l'on essaie",
                "Taux d'activation de 30 % à 45 %",
                "CAC de 900 € à 700 €",
                "ARPU de 40 € à 52 €",
                "ACV de 18 k€ à 22 k€",
            ),
            _okr(
                "Growth",
                "Que l'on reste",
                "NRR de 104 % à 112 %",
                "GRR de 88 % à 92 %",
                "Churn logo de 4 % à 3 %",
                "NPS de 28 à 40",
                "CSAT de 81 % à 88 %",
            ),
        ),
    ),
    en=(
        _quarter(
            _okr(
                "PMM",
                "Win competitive deals",
                "Win rate from 24% to 32%",
                "Sales cycle from 68 to 55 days",
                "Average discount from 18% to 12%",
            ),
            _okr("PMM", "Be recommended", "NPS from 28 to 40", "CSAT from 81% to 88%", "Renewal rate from 71% to 85%"),
            _okr(
                "PMM",
                "Be known",
                "Aided awareness from 12% to 20%",
                "Share of voice from 10% to 18%",
                "Organic traffic from 30,000 to 45,000",
            ),
        ),
        _quarter(
            _okr(
                "Growth",
                "People try us",
                "Activation rate from 30% to 45%",
                "CAC from $900 to $700",
                "ARPU from $40 to $52",
                "ACV from $18k to $22k",
            ),
            _okr(
                "Growth",
                "People stay",
                "NRR from 104% to 112%",
                "GRR from 88% to 92%",
                "Logo churn from 4% to 3%",
                "NPS from 28 to 40",
                "CSAT from 81% to 88%",
            ),
        ),
    ),
)
KPIS_GOOD: Final[Quarters] = Both(fr=COUNT_GOOD.fr, en=COUNT_GOOD.en)

RHYTHM_BAD: Final[Quarters] = Both(
    fr=(_quarter(_DEALS_FR, check_in="mensuel"), _quarter(_REFERENCE_FR, _RENEWAL_FR, check_in="en fin de trimestre")),
    en=(_quarter(_DEALS_EN, check_in="monthly"), _quarter(_REFERENCE_EN, _RENEWAL_EN, check_in="once a quarter")),
)
RHYTHM_GOOD: Final[Quarters] = Both(
    fr=(_quarter(_DEALS_FR, check_in="tous les lundis"), _quarter(_REFERENCE_FR, _RENEWAL_FR, check_in="toutes les deux semaines")),
    en=(_quarter(_DEALS_EN, check_in="every Monday"), _quarter(_REFERENCE_EN, _RENEWAL_EN, check_in="every two weeks")),
)


def _after(now: Okr, last: Okr, *final_values: str) -> QuarterSample:
    return QuarterSample(okrs=(now,), last=(last,), final_values=(final_values,) if final_values else ())


_LAST_FR = _okr(
    "PMM",
    "Donner aux Sales les armes pour gagner les deals compétitifs",
    "Porter le win rate face à Orbeo de 18 % à 30 % d'ici fin T2",
    "Ramener le cycle de vente Mid-Market de 80 à 70 jours d'ici fin T2",
)
_LAST_EN = _okr(
    "PMM",
    "Give reps what they need to win competitive deals",
    "Raise the win rate against Orbeo from 18% to 30% by the end of Q2",
    "Cut the Mid-Market sales cycle from 80 to 70 days by the end of Q2",
)
_SAME_AGAIN_FR = _LAST_FR.model_copy(update={"key_results": tuple(text.replace("T2", "T3") for text in _LAST_FR.key_results)})
_SAME_AGAIN_EN = _LAST_EN.model_copy(update={"key_results": tuple(text.replace("Q2", "Q3") for text in _LAST_EN.key_results)})

CARRIED_BAD: Final[Quarters] = Both(
    fr=(_after(_SAME_AGAIN_FR, _LAST_FR), _after(_DEALS_FR, _LAST_FR, "27 %", "68 jours")),
    en=(_after(_SAME_AGAIN_EN, _LAST_EN), _after(_DEALS_EN, _LAST_EN, "27%", "68 days")),
)
CARRIED_GOOD: Final[Quarters] = Both(
    fr=(_after(_DEALS_FR, _LAST_FR, "24 %", "68 jours"), _after(_REFERENCE_FR, _LAST_FR)),
    en=(_after(_DEALS_EN, _LAST_EN, "24%", "68 days"), _after(_REFERENCE_EN, _LAST_EN)),
)
