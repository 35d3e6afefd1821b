"""Statements written for these tests, with what redaction must hide in each; every other word must stay.

Companies, people and figures are invented. Real tools appear only where a team would name the tool it uses.
"""

from __future__ import annotations

from typing import NamedTuple


class Case(NamedTuple):
    """Hold a statement and the stretches to hide in it, in any order."""

    text: str
    hide: tuple[str, ...] = ()


FRENCH = (
    Case("Faire passer le win rate face à Ortavis de 22 % à 31 % d'ici fin T3", ("Ortavis",)),
    Case("Réduire le churn des comptes ETI de 9 % à 6 % avant le 15 décembre"),
    Case("Porter le pipeline influencé de 1,2 M€ à 2 M€ au T4", ("1,2 M€", "2 M€")),
    Case("Atteindre 45 demandes de démo qualifiées dans les 6 semaines après le lancement de Meltravo", ("Meltravo",)),
    Case("NPS ≥ 40 chez les administrateurs de Koralis Paie, 60 jours après la mise en service", ("Koralis Paie",)),
    Case("Julie Marchetti anime 5 webinaires clients avec Solvantis", ("Julie Marchetti", "Solvantis")),
    Case("Ramener le CAC de 1 850 € à 1 400 € sur le segment Mid-Market", ("1 850 €", "1 400 €")),
    Case("Obtenir 12 références clients en Allemagne et au Benelux"),
    Case("Former 100 % des AE et des SDR au nouveau pitch avant le SKO de janvier"),
    Case("Publier 4 cas clients avec Brunelle & Fils, Tavergnon et le groupe Ostrava", ("Brunelle & Fils", "Tavergnon", "Ostrava")),
    Case("Hisser la part de voix de Drevanto au-dessus de celle de Pixalor sur LinkedIn", ("Drevanto", "Pixalor")),
    Case("Doubler le taux d'usage des battlecards dans Salesforce, de 18 % à 36 %", ("Salesforce",)),
    Case("Écrire à camille.roux@drevanto.fr et à l'équipe Produit pour valider les 3 cas d'usage", ("camille.roux@drevanto.fr",)),
    Case("Mettre en ligne la page https://www.drevanto.fr/tarifs?v=2 et mesurer la conversion", ("https://www.drevanto.fr/tarifs?v=2",)),
    Case("Rappeler les 20 comptes perdus (standard : 01 44 55 66 77) et comprendre pourquoi", ("01 44 55 66 77",)),
    Case("L'adoption de Meltravo Insights passe de 12 % à 30 % des comptes Enterprise", ("Meltravo Insights",)),
    Case("Faire de Drevanto le choix évident des DAF d'ETI", ("Drevanto",)),
    Case("Les Sales recommandent notre positionnement à leurs clients"),
    Case("Gagner 8 deals sur 20 contre Pixalor, Tavergnon ou Notion", ("Pixalor", "Tavergnon", "Notion")),
    Case("Signer 3 partenaires en Île-de-France et 2 en Suisse romande", ("Île-de-France",)),
    Case("Relever la note Capterra de 4,1 à 4,5 avec 60 nouveaux avis vérifiés"),
    Case("Faire connaître l'offre Essentiel de Koralis auprès de 200 DRH", ("Essentiel", "Koralis")),
    Case("Passer le panier moyen de 40 à 55 k€ et garder une marge de 70 %", ("40", "55 k€")),
    Case("Faire grimper le MRR de 80 000 à 95 000 d'ici juin", ("80 000", "95 000")),
    Case("10 000 visiteurs uniques par mois sur le site, contre 6 500 aujourd'hui"),
    Case("Convaincre Mme Lefranc et M. D'Hautefeuille de sponsoriser le programme", ("Lefranc", "D'Hautefeuille")),
    Case("J.-P. Vasseur et Marie-Claude de la Roche présentent 2 analyses au CODIR", ("J.-P. Vasseur", "Marie-Claude de la Roche")),
    Case("Augmenter l'ARR signé avec OVALIS et BRENNTEC de 15 %", ("OVALIS", "BRENNTEC")),
    Case("Baisser le délai de réponse aux RFP de 12 à 7 jours grâce à GénIA", ("GénIA",)),
    Case("Réussir la migration : 90 % des comptes actifs sur la V3 de HelioStack à fin mars", ("HelioStack",)),
    Case("Drevanto n'est plus comparé à Pixalor mais choisi pour son support", ("Drevanto", "Pixalor")),
    Case("Augmenter de 20 points la notoriété assistée auprès des RSSI (baromètre de septembre)"),
    Case("Tenir le budget de 150 K€ HT et livrer 3 études de cas", ("150 K€",)),
    Case("Investir deux millions d'euros pour ouvrir l'Espagne et le Portugal", ("deux millions d'euros",)),
    Case("Le taux de renouvellement des clients de Nantes passe de 82 % à 90 %", ("Nantes",)),
    Case("Objectif : Donner envie aux ETI de rester"),
    Case("KR1 : Score de satisfaction des Sales sur les assets PMM de 6/10 à 8/10"),
    Case("Ravir 5 comptes à Tavergnon grâce à l'offre « Relais » avant la fin du trimestre", ("Tavergnon", "Relais")),
    Case("Chez Koralis, le temps moyen de prise en main passe de 14 à 5 jours", ("Koralis",)),
    Case("Faire citer Drevanto par Forrester ou IDC dans 2 rapports", ("Drevanto", "IDC")),
    Case("Revenu d'expansion : de 300 k€ à 450 k€ sur les clients de plus de 500 salariés", ("300 k€", "450 k€")),
    Case("Thomas et Inès mènent 20 entretiens avec des acheteurs du BTP", ("Thomas", "Inès")),
    Case("50 % des nouveaux clients viennent du canal Partenaires au S2 2026"),
    Case("Améliorer la perception prix de KORALIS chez les PME (enquête semestrielle)", ("KORALIS",)),
    Case("REDUIRE LE CHURN DE 8 % A 5 % CHEZ LES CLIENTS DE MELTRAVO", ("MELTRAVO",)),
    Case("accroître l'arr de drevanto de 20 %", ("drevanto",)),
    Case("Convertir 30 % des essais gratuits de Nuvéa en abonnements payants d'ici octobre", ("Nuvéa",)),
    Case("Réduire de moitié le délai de mise en production des clients Grands Comptes"),
    Case(
        "Avoir 5 clients du Fortune 500 qui parlent de nous à Dreamforce",
        (
            "Fortune",
            "Dreamforce",
        ),
    ),
    Case("Rendre Bérénice incontournable auprès des Directeurs Marketing", ("Bérénice",)),
    Case(
        "Le Comité Produit valide 3 personas avec Élodie Tran et Karim B.",
        (
            "Élodie Tran",
            "Karim B",
        ),
    ),
    Case(
        "Gagner la confiance des acheteurs de la Banque Tessier (budget : 45 k€/an)",
        (
            "Tessier",
            "45 k€",
        ),
    ),
    Case("Ventes additionnelles du module « Trésorerie » : +12 % vs T2"),
    Case(
        "Passer le coût par lead de 62 € à 45 €, sans perdre en qualité",
        (
            "62 €",
            "45 €",
        ),
    ),
    Case(
        "Remplacer Zendesk et Intercom dans 25 comptes",
        (
            "Zendesk",
            "Intercom",
        ),
    ),
    Case("Battre Lumenor sur 6 appels d'offres sur 10 dans la santé", ("Lumenor",)),
    Case(
        "Faire témoigner l'hôpital Saint-Brieuc et la clinique Pasteur",
        (
            "Saint-Brieuc",
            "Pasteur",
        ),
    ),
    Case("La démo de Skalén convainc : taux de passage démo → opportunité de 28 % à 40 %", ("Skalén",)),
    Case("Sécuriser 1,5 million d'euros de renouvellements avant la rentrée", ("1,5 million d'euros",)),
    Case("Les CSM citent au moins 2 preuves clients par QBR"),
    Case("Publier le benchmark avec Opinéo et le diffuser à 3 000 DSI", ("Opinéo",)),
    Case("Être recommandés par 9 clients sur 10 (enquête NPS, n=120)"),
    Case(
        "Nicolas D. pilote le lancement ; contact nicolas@skalen.io",
        (
            "Nicolas D",
            "nicolas@skalen.io",
        ),
    ),
    Case("KR2 - Lancer la campagne « Zéro ressaisie » auprès de 400 experts-comptables"),
    Case("Obtenir 20 avis 5 étoiles sur Appvizer et G2", ("Appvizer",)),
    Case(
        "Faire baisser le prix moyen de 89 à 79 €/mois sans toucher au MRR",
        (
            "89",
            "79 €",
        ),
    ),
    Case("Porter la part des deals > 100 K€ de 12 % à 20 %", ("100 K€",)),
    Case("Team PMM France : 3 objectifs, 9 résultats clés"),
    Case("Capter 10 comptes ex-Pixalor avant Noël", ("Pixalor",)),
    Case(
        "ObjectifLune et Brio-Conseil signent un accord-cadre",
        (
            "ObjectifLune",
            "Brio",
        ),
    ),
    Case("Diviser par deux le churn de la cohorte Starter (T1 2026)"),
    Case("Faire de l'offre Sérénité le premier choix des agences", ("Sérénité",)),
    Case(
        "| KR1 | Win rate vs Corvane | 24% | 31% | Sam Okafor |",
        (
            "Corvane",
            "Sam Okafor",
        ),
    ),
    Case(
        "- [ ] Relire la fiche Corvane avec **Hélène Dubois** ([lien](https://wiki.drev.fr/corvane))",
        (
            "Corvane",
            "Hélène Dubois",
            "https://wiki.drev.fr/corvane",
        ),
    ),
    Case("Porter le taux d'activation de [valeur actuelle] à 45 % d'ici le 30 juin 2026"),
    Case("Qu'Orvelle devienne la référence des réseaux de franchise", ("Orvelle",)),
    Case("L'équipe d'Orvelle réduit le temps de réponse de 48h à 24h", ("Orvelle",)),
    Case("Aujourd'hui 12 % ; viser 20 % au S1"),
    Case("Zéro incident P1 pendant la bascule vers Orvelle Cloud", ("Orvelle",)),
    Case("Faire adopter le Simulateur de ROI par 60 % des AE"),
    Case(
        "5 partenaires (Altéo, Brisac, Conan & Cie, Delmas, Eryx) ont signé",
        (
            "Altéo",
            "Brisac",
            "Conan & Cie",
            "Delmas",
            "Eryx",
        ),
    ),
    Case(
        "Générer 700K de pipe via les salons de Lyon et de Hambourg",
        (
            "700K",
            "Lyon",
            "Hambourg",
        ),
    ),
    Case("Le nouveau message « Moins de saisie, plus de marge » est cité par 3 prospects sur 10"),
    Case(
        "Mme Aubry valide la grille tarifaire : 3 paliers, 29 €, 59 € et 99 €",
        (
            "Aubry",
            "29 €",
            "59 €",
            "99 €",
        ),
    ),
    Case("Faire remonter le site en top 3 Google sur 15 mots-clés", ("Google",)),
    Case("Rendez-vous mensuel avec le Club Utilisateurs : 25 participants"),
    Case("Lancement Orvelle Pulse : 200 comptes actifs à J+30", ("Orvelle Pulse",)),
    Case("Sébastien L'Hermite forme les 12 BDR", ("Sébastien L'Hermite",)),
    Case(
        "Être cités dans Les Échos et Maddyness 4 fois",
        (
            "Échos",
            "Maddyness",
        ),
    ),
    Case("Chute du churn logo : 14 clients perdus au lieu de 22"),
    Case(
        "Budget média divisé par deux (de 240 k€ à 120 k€)",
        (
            "240 k€",
            "120 k€",
        ),
    ),
)

ENGLISH = (
    Case("Lift win rate against Harrowby in mid-market deals from 24% to 33% by the end of Q2", ("Harrowby",)),
    Case("Cut churn among Enterprise accounts from 9% to 6% by December 15"),
    Case("Grow sourced pipeline from $1.2M to $2M this quarter", ("$1.2M", "$2M")),
    Case("60 qualified demo requests within 6 weeks of the Lanternly launch", ("Lanternly",)),
    Case("Quillmark adoption among active accounts from 0% to 25%", ("Quillmark",)),
    Case("Priya Raghunathan and Tom O'Donnell run 20 win/loss interviews", ("Priya Raghunathan", "Tom O'Donnell")),
    Case("Reduce CAC from €1,850 to €1,400 in the Nordics", ("€1,850", "€1,400")),
    Case("Earn 12 customer references in Germany and the UK"),
    Case("Train 100% of AEs and SDRs on the new pitch before the January SKO"),
    Case("Publish 4 case studies with Pellham & Sons, Verdanta and the Oakridge Group", ("Pellham & Sons", "Verdanta", "Oakridge Group")),
    Case("Overtake Brightloom in share of voice on LinkedIn", ("Brightloom",)),
    Case("Double battlecard usage in HubSpot from 18% to 36%", ("HubSpot",)),
    Case("Email dana.whitlock@quillmark.io to agree on the 3 launch metrics", ("dana.whitlock@quillmark.io",)),
    Case("Ship the pricing page at quillmark.io/pricing and measure trial starts", ("quillmark.io/pricing",)),
    Case("Call back 20 lost accounts (+44 20 7946 0958) and learn why they left", ("+44 20 7946 0958",)),
    Case("Make Quillmark the obvious choice for finance leaders", ("Quillmark",)),
    Case("Sales recommend our positioning to their customers"),
    Case("Win 8 of 20 deals against Brightloom, Verdanta or Notion", ("Brightloom", "Verdanta", "Notion")),
    Case("Raise the G2 rating from 4.1 to 4.5 with 60 new verified reviews"),
    Case("Bring Harrowby's churned customers back: 15 by end of Q3", ("Harrowby",)),
    Case("Average deal size from 40 to 55k€ while keeping a 70% margin", ("40", "55k€")),
    Case("MRR from 80,000 to 95,000 by June", ("80,000", "95,000")),
    Case("10,000 unique visitors a month on the docs, up from 6,500"),
    Case("Convince Dr. Nakamura and Ms Villeneuve to sponsor the programme", ("Nakamura", "Villeneuve")),
    Case("J. K. Barrow presents 2 analyses at the QBR", ("J. K. Barrow",)),
    Case("ARR signed with OVERTON and KELBRIX up 15%", ("OVERTON", "KELBRIX")),
    Case("Answer RFPs in 7 days instead of 12 with RespondIQ", ("RespondIQ",)),
    Case("90% of active accounts on V3 of HelioStack by the end of March", ("HelioStack",)),
    Case("Spend two million dollars to open Spain and Portugal", ("two million dollars",)),
    Case("Keep the budget at $150K and ship 3 case studies", ("$150K",)),
    Case("Objective: Give reps the confidence to win"),
    Case("KR1: Sales satisfaction with PMM assets from 6/10 to 8/10"),
    Case('Take 5 accounts from Verdanta with the "Relay" offer before quarter end', ("Verdanta", "Relay")),
    Case("Expansion revenue: from $300k to $450k in accounts above 500 seats", ("$300k", "$450k")),
    Case("Maya and Luis own the launch plan; NPS of admins from 20 to 40", ("Maya", "Luis")),
    Case("Be named by Gartner or IDC in 2 reports", ("IDC",)),
    Case("Half of new logos come from the Partner channel in H2 2026"),
    Case("Improve price perception of QUILLMARK among SMBs (half-yearly survey)", ("QUILLMARK",)),
    Case("CUT CHURN FROM 8% TO 5% AMONG LANTERNLY CUSTOMERS", ("LANTERNLY",)),
    Case("Migrate 40 accounts from Airtable and monday.com", ("Airtable", "monday.com")),
    Case("Expand Into The German Mid-Market With Quillmark Payroll", ("Quillmark",)),
    Case("Anna van der Berg's team books 30 meetings in Paris and Leeds", ("Anna van der Berg", "Paris", "Leeds")),
    Case("Time to first value from 14 to 5 days for customers of Sterling-Voss", ("Sterling-Voss",)),
    Case("New ARR of 1.2M, of which 800k from the channel", ("1.2M", "800k")),
    Case("grow quillmark's trial-to-paid conversion from 6% to 11%", ("quillmark",)),
    Case("Currently 12% of trials convert; get to 18% by 30 September"),
    Case("Make the Halden integration the reason retailers sign", ("Halden",)),
    Case("Get 3 quotes from Fortune 500 CISOs into the S-1 deck", ("Fortune",)),
    Case(
        "Stand out from Salesforce and Microsoft Dynamics in analyst briefings",
        (
            "Salesforce",
            "Microsoft Dynamics",
        ),
    ),
    Case("Self-serve revenue up from 8% to 15% of total ARR"),
    Case("Karen L. and the Growth squad lift activation to 45%", ("Karen L",)),
    Case("Win back Thornbury Council and two other public-sector accounts", ("Thornbury Council",)),
    Case(
        "Close €3–4M of pipeline influenced by the Milan summit",
        (
            "€3",
            "4M",
            "Milan",
        ),
    ),
    Case("At least 70% of AEs rate the Halden battlecard 4/5 or better", ("Halden",)),
    Case("Launch in Brazil with 2 local partners and 15 reference customers"),
    Case("Pass SOC 2 and ISO 27001 audits with zero major findings"),
    Case("Ask @halden_hq followers to vote; 500 votes by end of May", ("@halden_hq",)),
    Case("Increase stage-two conversion for deals over $100k from 31% to 40%", ("$100k",)),
    Case(
        "Cost per SQL down to 180 USD from 240 USD",
        (
            "180 USD",
            "240 USD",
        ),
    ),
    Case("Reduce onboarding time for Kelso & Partners' accounts to 10 days", ("Kelso & Partners",)),
    Case("The Insights module wins 4 of 5 comparisons with PowerBI", ("PowerBI",)),
    Case("Interviews with 12 buyers who chose DataNorth over us", ("DataNorth",)),
    Case('Own the "payroll without spreadsheets" story: 40% unaided recall'),
    Case(
        "Freemium-to-paid: 3% → 5%; expansion ARR: $400k → $650k",
        (
            "$400k",
            "$650k",
        ),
    ),
    Case("Nobody at Brightloom should win a deal we were invited to", ("Brightloom",)),
    Case("Grow attendance of CustomerConf from 300 to 450", ("CustomerConf",)),
    Case("Reach 1M events a day on the Halden API", ("Halden",)),
    Case(
        "Move Halden Lite users to Halden Pro: 200 upgrades",
        (
            "Halden",
            "Halden",
        ),
    ),
    Case("Support answers within 2h on Slack and Teams", ("Slack",)),
    Case("NPS from [current NPS] to 40 among Corvane admins", ("Corvane",)),
    Case("Customer Success hits 95% gross retention in DACH"),
    Case("Teach reps the MEDDIC questions; 80% pass the quiz"),
    Case("The CEO of Fernhollow says yes on camera", ("Fernhollow",)),
    Case("Wins over Corvane: 12; losses: fewer than 8", ("Corvane",)),
    Case(
        "Hit $1 million in self-serve ARR (currently $640,000)",
        (
            "$1 million",
            "$640,000",
        ),
    ),
    Case(
        "Webinar with Lena Fischer from Rautavaara Oy draws 150 live attendees",
        (
            "Lena Fischer",
            "Rautavaara Oy",
        ),
    ),
    Case("Top-of-funnel: 2,000 MQLs at a cost under £55 each", ("£55",)),
    Case("Orvelle's share of shortlists goes from 1 in 5 to 1 in 3", ("Orvelle",)),
    Case("A/B test 6 headlines on the Pricing page; ship the winner by 4 May"),
    Case("More than 30 mentions in trade press, 5 of them in FinTimes", ("FinTimes",)),
    Case("Product-led sign-ups from Japan double by FY27"),
    Case("Spearhead a Customer Advisory Board with 12 members"),
    Case("Sunset the legacy plan without losing more than 2 accounts to Corvane or to in-house tools", ("Corvane",)),
    Case('Reposition Orvelle from "cheap" to "safe": 60% of buyers say so', ("Orvelle",)),
    Case("UK&I bookings +20%, Iberia +15%"),
    Case(
        "Have Deloitte, EY and PwC refer 6 deals",
        (
            "Deloitte",
            "EY",
            "PwC",
        ),
    ),
    Case("reach out to j.doe(at)fernhollow.co.uk for the quote", ("j.doe(at)fernhollow.co.uk",)),
    Case(
        "Rebuild trust with the Fernhollow and Corvane accounts",
        (
            "Fernhollow",
            "Corvane",
        ),
    ),
    Case("See https://example.org/okr_(draft) for details.", ("https://example.org/okr_(draft)",)),
)

UNKNOWABLE = (
    Case("By Friday 13 March, 80% of CS uses the Value Calculator in QBRs", ("Value Calculator",)),
    Case("Segment renewal rate from 80% to 90%", ("Segment",)),
    Case("Porter l'usage de Tableau de 20 % à 40 % des comptes", ("Tableau",)),
    Case("win rate against harrowby from 20% to 30%", ("harrowby",)),
)
"""Names made of the trade's own words, or written small: nothing but a private word tells them from vocabulary."""

PRIVATE_WORDS = ("drevanto", "Quillmark")
"""The house's own words: found in any case."""
