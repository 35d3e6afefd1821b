"""Say in the draft's language how a draft came about and what is left to its author."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from reviewer.okr import Critique, Language
from reviewer.rules.typography import typeset_french

OPEN_GOAL: dict[Language, str] = {"fr": "[objectif d'entreprise à choisir]", "en": "[company objective to choose]"}
"""Stands where a draft should name the company objective it serves, and none of those given is clearly served."""

WHEN: dict[Language, str] = {"fr": "Pour quelle date\u202f?", "en": "By what date?"}


def composed(language: Language, sources: Sequence[str], is_blank: bool, *, asked: bool = False) -> str:
    """Say what the draft leans on, and that no model was `asked` where none was."""
    if is_blank:
        return _set(
            language,
            f"Rien de proche dans les exemples ni dans les catalogues{'' if asked else ', et aucun modèle n’a été interrogé'} : ce canevas ne fait que poser les questions. "
            "Demandez-vous ce que cette idée doit changer, pour qui, et à quoi cela se verra.",
            f"Nothing near was found in the examples or the catalogues{'' if asked else ', and no model was asked'}: this outline only asks the questions. "
            "Ask yourself what the idea should change, for whom, and where that would show.",
        )
    alone_fr, alone_en = ("", "") if asked else (" sans modèle,", " without a model,")
    if sources:
        named = ", ".join(sources)
        return _set(
            language,
            f"Composé{alone_fr} à partir des catalogues et d'exemples proches ({named}).",
            f"Composed{alone_en} from the catalogues and near examples ({named}).",
        )
    return _set(language, f"Composé{alone_fr} à partir des catalogues.", f"Composed{alone_en} from the catalogues.")


def to_fill_in(language: Language) -> str:
    """Say that what stands in brackets is left to the author, and nothing else was made up."""
    return _set(
        language,
        "À vous de remplacer ce qui est entre crochets avant le début du cycle : aucune valeur, date ni nom n'a été inventé.",
        "Replace what stands in brackets before the cycle starts: no value, date or name was made up.",
    )


def no_goal(language: Language) -> str:
    """Say that the draft serves none of the company objectives given."""
    return _set(
        language,
        "Aucun des objectifs d'entreprise donnés n'est clairement servi : dites lequel et par quel chemin, ou demandez-vous si c'est le bon moment pour cette idée.",
        "None of the company objectives given is clearly served: say which and by which path, or ask yourself whether this is the time for the idea.",
    )


def without_encoder(language: Language, error: str) -> str:
    """Say that examples were not looked at, and why."""
    return _set(language, f"Les exemples n'ont pas été regardés : {error}", f"Examples were not looked at: {error}")


def fewer(language: Language, made: int, asked: int) -> str:
    """Say that there are fewer drafts than were asked for."""
    return _set(
        language,
        f"{asked} brouillons demandés, {made} proposé{'s' if made > 1 else ''} : les suivants n'auraient fait que se répéter.",
        f"{asked} drafts were asked for and {made} {'are' if made > 1 else 'is'} shown: further ones would only repeat these.",
    )


def by_model(language: Language, model: str, rounds: int, *, shown: bool) -> str:
    """Say which model worded a draft, how often it was sent the rules' findings, and that near examples were `shown` to it."""
    times_fr = ("", ", après un retour de relecture", ", après deux retours de relecture")[min(rounds, 2)]
    times_en = ("", ", after one round of findings", ", after two rounds of findings")[min(rounds, 2)]
    return _set(
        language,
        f"Rédigé par le modèle {model} et relu par les règles{times_fr}{' ; des exemples proches lui ont été montrés' if shown else ''}.",
        f"Worded by the model {model} and checked by the rules{times_en}{'; near examples were shown to it' if shown else ''}.",
    )


def fallen_back(language: Language, critique: Critique, some: bool) -> str:
    """Say why a draft is composed although a model was asked."""
    model = critique.model
    if critique.status in ("failed", "skipped"):
        reason = (critique.reason or "?").rstrip(".")
        stop = "" if reason.endswith(("?", "!")) else "."
        return _set(language, f"Le modèle {model} n'a pas répondu : {reason}{stop}", f"The model {model} did not answer: {reason}{stop}")
    if some:
        return _set(
            language,
            f"Le modèle {model} n'a pas proposé d'autre brouillon que les règles acceptent.",
            f"The model {model} offered no further draft that the rules accept.",
        )
    return _set(
        language,
        f"Rien de ce que le modèle {model} a proposé ne passe les règles.",
        f"Nothing that the model {model} offered passes the rules.",
    )


def what_is(language: Language, slot: str) -> str:
    """Ask for the value of a slot."""
    inner = slot.strip("[]")
    return _set(language, f"Quelle est la valeur à mettre à la place de « {inner} » ?", f"Which value goes in the place of “{inner}”?")


def found(language: Language, quote: str, what: str) -> str:
    """Tell a model what a rule found, and where."""
    return what if not quote else _set(language, f"« {quote} » : {what}", f"“{quote}”: {what}")


def invented(language: Language, text: str) -> str:
    """Tell a model that a statement holds what nobody gave."""
    return _set(
        language,
        f"« {text} » contient un nombre, une date, un nom ou un lien qui n'a pas été donné : mets à la place un mot entre crochets, comme [valeur actuelle].",
        f"“{text}” holds a number, date, name or link that was not given: put a word in square brackets in its place, such as [current value].",
    )


def malformed(language: Language, text: str, longest: int) -> str:
    """Tell a model that a statement is no plain sentence."""
    shown = text if len(text) <= 80 else f"{text[:78]}…"
    return _set(
        language,
        f"« {shown} » n'est pas une phrase en texte simple de {longest} caractères au plus, sans balise ; entre crochets, seulement quelques mots sans chiffre.",
        f"“{shown}” is not a sentence in plain text of {longest} characters at most, without markup; in brackets, only a few words without a figure.",
    )


def wrong_language(language: Language) -> str:
    """Tell a model that it wrote in the other language."""
    return _set(language, "Écris en français.", "Write in English.")


def unknown_goal(language: Language, number: int) -> str:
    """Tell a model that there is no such company objective."""
    return _set(
        language,
        f"contributes_to : il n'y a pas d'objectif d'entreprise numéro {number} ; mets son numéro, ou null.",
        f"contributes_to: there is no company objective number {number}; give its number, or null.",
    )


def nothing_said(language: Language) -> str:
    """Tell a model that an OKR lacks its half."""
    return _set(language, "Il faut un objectif et de 2 à 4 Key Results.", "An objective and 2 to 4 key results are needed.")


def too_few(language: Language, given: int, wanted: int) -> str:
    """Ask a model for the OKRs that are missing too."""
    return _set(
        language,
        f"{wanted} OKR sont demandés, {given} reçus : corrige ceux-ci et renvoie-les tous, avec ceux qui manquent.",
        f"{wanted} OKRs are asked for, {given} came: mend these and send them all, with those that are missing.",
    )


def send_again(language: Language) -> str:
    """Ask a model for the OKRs again."""
    return _set(
        language,
        "Corrige exactement ce que disent les remarques, garde le reste, et renvoie tous les OKR en entier.",
        "Mend exactly what the remarks say, keep the rest, and send all the OKRs again in full.",
    )


def refused(language: Language, text: str, why: str) -> str:
    """Tell a model why a sentence cannot stand."""
    if why == "invented":
        return invented(language, text)
    if why == "language":
        return wrong_language(language)
    if why == "rules":
        return _set(
            language,
            f"« {text} » ne règle pas ce qui est dit, ou change la cible ou la date de l'auteur : garde ses chiffres et corrige seulement ce défaut.",
            f"“{text}” does not mend what is said, or changes the author's target or date: keep the figures and mend that fault alone.",
        )
    return _set(
        language,
        f"« {text} » : écris une autre phrase, courte et en texte simple, différente de celle de l'auteur.",
        f"“{text}”: write another sentence, short and in plain text, different from the author's.",
    )


def still_open(language: Language, places: Collection[int | None]) -> str:
    """Say which statements a model is still asked for."""
    numbers = sorted(place for place in places if place is not None)
    objective = None in places
    if language == "fr":
        named = [*(["l'objectif"] if objective else []), *(f"le Key Result {place}" for place in numbers)]
        return typeset_french(f"Propose encore une phrase pour : {', '.join(named)}.")
    named = [*(["the objective"] if objective else []), *(f"key result {place}" for place in numbers)]
    return f"Still give a sentence for: {', '.join(named)}."


def _set(language: Language, french: str, english: str) -> str:
    return typeset_french(french) if language == "fr" else english
