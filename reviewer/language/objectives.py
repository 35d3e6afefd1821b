"""Understand an objective: a wanted state, a task, or a bare topic; and the number it may hold."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from reviewer.language.lexicon import NOTHING
from reviewer.language.nature import judge
from reviewer.language.nature.judgement import place_of
from reviewer.language.nature.openings import ADVERB, AUXILIARY, TEAM_SUBJECT, opens_with_unknown_verb, subject_and_verb
from reviewer.language.quantities import Number
from reviewer.language.reading import Reading
from reviewer.language.starts import Start

Form = Literal["state", "task", "topic"]

_RANK = re.compile(r"(?:#|n°|numero |no\.? ?|number )(?:1|one|un)\b|\btop ?\d+\b")
_STATE_VERBS = frozenset(
    """become dominate reinvent surprise inspire earn unlock own make turn transform win own dominate delight earn lead be have establish position help give let enable empower bring get prove
    devenir faire rendre remettre sortir redevenir retrouver seduire rassurer inspirer incarner transformer gagner dominer donner offrir etre avoir imposer s'imposer permettre aider prouver installer positionner ancrer redonner mettre""".split()
)
_BUILDS = frozenset(
    "build create develop establish deliver provide design foster cultivate craft set launch creer construire batir developper proposer concevoir forger etablir livrer fournir lancer tisser cultiver".split()
)
_STATE_NOUNS = re.compile(
    r"\b(?:experience|culture|relationships?|relations?|trust|reputation|love|awareness|demand|momentum|engine|machine|moteur|confiance|confidence|fans|advocates|ambassadeurs|reputation|notoriete|demande|envie|habitudes?|brand|marque|world-class|best|great|loved|predictable|previsible|sustainable|durable|reference|leader|leadership|loyalty|fidelite|advantage|avantage|foundation|fondations?|preference|understanding|comprehension|vision|climat|environment|environnement|place|lieu|communaute|community|ecosystem|ecosysteme|category|categorie|pride|fierte|connection|lien|sentiment|sense|competitive|growth|croissance|excellence|clarity|clarte|alignment|movement|mouvement|path|chemin|flywheel|story|recit|bridge|pont|partnership|partenariat|adequation|fit|practice|pratique|conversation|perennite|stability|stabilite|autonomie|autonomy|balance|equilibre|health|sante|sens)\b"
)
_PROVES = frozenset("demonstrate show prove demontrer montrer prouver".split())
_THAT = re.compile(r"(?:that|how|que|qu'|comment|combien)\b")
_EVALUATIVE = re.compile(
    r"\b(?:efficient|effective|world-class|best|better|great|profitable|successful|exceptional|outstanding|healthy|sustainable|seamless|delightful|trusted|loved|meilleure?s?|efficaces?|performante?s?|rentables?|exceptionnel(?:le)?s?|exemplaires?|sereine?|sereinement|durable(?:ment)?|fiables?|regulieres?|vite|a temps|sans (?:casser|stress|effort|mauvaise)|with confidence|en confiance|comme si)\b"
)
_RELATIVE = re.compile(
    r"\b(?:that|who|whom|which|where|enough|(?:our|nos|their|my) [a-z]+s? (?:cannot|can|never|want|love|would|will|do)|qui|que|qu'|dont|ou l'on|ou nos|ou les|capable|sur laquelle|sur lequel|dans laquelle|solide|si )\b"
)
_STATE_CLAUSE = re.compile(
    r"\b(?:that|which|who|where|so that|customers|users|buyers|reps|teams|people|everyone|qui|que|ou|dont|pour que|afin que)\b[^,.;]{0,24}?\b(?:love|loves|trust|trusts|recommend|recommends|choose|want|wants|use|uses|need|can|feel|feels|understand|believe|depend|rely|relies|enjoy|expect|talk|wins?|sells?|works?|scales?|grows?|adore|adorent|recommande|recommandent|choisit|choisissent|donne|donnent|veut|veulent|peut|peuvent|inspire|inspirent|comprend|guide|guident|change|transforme|tient|tiennent|gagne|gagnent|vend|vendent|fait|font|racontent|raconte|attire|attirent|reste|restent|fonctionne|marche|sait|savent|comptent|compte|rassure|convertit|aiment|aime|reviennent|revient|parle|parlent)\b"
)


class ObjectiveFacts(NamedTuple):
    """Hold what an objective is, how sure that is, why, and the number in it."""

    form: Form
    certainty: float
    because: tuple[str, ...]
    head: tuple[int, int] | None
    target: Number | None
    subject: Literal["team", "person", "third-party", "product"] | None
    parts: tuple[tuple[int, int], ...]


def judge_objective(reading: Reading, start: Start) -> ObjectiveFacts:
    """Decide what an objective is from its facts."""
    form, certainty, because, head, subject = _form(reading, start)
    target = start.target
    rank = _RANK.search(reading.plain)
    if target is None and rank:
        target = Number(rank.start(), rank.end(), 1.0, unit="rank")
    return ObjectiveFacts(form, certainty, because, head, target, subject, _parts(reading))


def _form(
    reading: Reading, start: Start
) -> tuple[Form, float, tuple[str, ...], tuple[int, int] | None, Literal["team", "person", "third-party", "product"] | None]:
    plain, words = reading.plain, reading.words
    if not words:
        return "topic", 0.9, ("nothing to read",), None, None
    at = reading.word_index(reading.start)
    skipped = ADVERB.match(plain[words[at].start :]) if at < len(words) else None
    if skipped and at < len(words):
        at = min(reading.word_index(words[at].start + skipped.end()), len(words) - 1)
    team = TEAM_SUBJECT.match(plain[words[at].start :])
    if team:
        first_person = words[at].text in reading.lexicon.first_person
        at = min(reading.word_index(words[at].start + team.end()), len(words) - 1)
        while at < len(words) - 1 and AUXILIARY.match(words[at].text) and words[at].text not in ("have", "are", "is", "avons"):
            at += 1
        if words[at].text in ("have", "are", "is", "avons", "sommes", "own", "know"):
            drafted = re.search(r"\b(?:draft|proposal|strategy|document|plan|roadmap|strategie|brouillon)\b", plain)
            return (
                ("task", 0.75, ("a document to have",), None, "team")
                if drafted
                else ("state", 0.75, ("a state the team is in",), None, "team")
            )
        verb = reading.verb_at(at)
        if verb.base in _PROVES and at + 1 < len(words) and _THAT.match(plain[words[at + 1].start :]):
            return "state", 0.6, (f"«{verb.base}» names a proof wanted",), None, "team"
        if verb.classes & {"output", "activity"} and not verb.classes & {"change", "reach", "keep"} and verb.base not in _STATE_VERBS:
            return "task", 0.75, (f"«{verb.base}» is what the team does",), None, "person" if first_person else "team"
        return "state", 0.7, ("a state the team is in",), None, "person" if first_person else "team"
    verb = reading.verb_at(at)
    word = words[at].text
    noun = reading.lexicon.noun_at(words, at)
    is_verb = (
        verb is not NOTHING
        and (not verb.classes <= {"behave"} or verb.base in _STATE_VERBS)
        and _opens_as_verb(reading, at, verb.base, noun.classes, word)
    )
    if is_verb:
        head = (words[at].start, words[min(at + verb.length, len(words)) - 1].end)
        return (*_by_verb(reading, at, verb.base, verb.classes, verb.length), head, None)
    if words[at].text in _STATE_VERBS and not noun.classes and len(words) - at > 1:
        return "state", 0.75, (f"«{word}» names a wanted state",), (words[at].start, words[at].end), None
    if opens_with_unknown_verb(reading, at):
        head = (words[at].start, words[at].end)
        near = next((n for n in reading.nouns if n.at > at), None)
        if (
            _RELATIVE.search(plain[words[at].end :])
            or _STATE_NOUNS.search(plain[words[at].end : words[at].end + 24])
            or _EVALUATIVE.search(plain[words[at].end :])
            or near is not None
            and near.at - at <= 3
            and near.sense.classes & {"people"}
            and not near.sense.classes & {"deliverable"}
            and start.target is None
        ):
            return "state", 0.5, ("an unknown verb that acts on others",), head, None
        return "task", 0.65, (f"«{word}» is what the team does",), head, None
    first = next((n for n in reading.nouns if n.at >= at), None)
    if (
        reading.numbers
        and reading.numbers[0].start <= words[at].start + 1
        or first is not None
        and any("done" in n.sense.classes for n in reading.nouns)
        and len(words) > 3
    ):
        judged = judge(reading, start)
        if judged.nature in ("output", "activity") and not _finite_verb(reading, at):
            return "task", 0.65, judged.because, judged.head, None
    if first is not None and first.at - at <= 1 and "task_noun" in first.sense.classes and len(words) - at > 1:
        following = words[first.at + first.sense.length].text if first.at + first.sense.length < len(words) else ""
        if following in ("of", "for", "de", "du", "des", "d'", "d'un", "d'une", "la", "le"):
            return "task", 0.8, ("a noun of doing opens it",), place_of(reading, first), None
    third = any(n.sense.classes & {"people"} and n.at - at <= 2 for n in reading.nouns[:3])
    finite = _finite_verb(reading, at)
    if finite:
        return "state", 0.8, ("somebody or something is in a wanted state",), None, "third-party" if third else None
    if (
        first is not None
        and first.at - at <= 3
        and first.sense.classes & {"deliverable"}
        and any("done" in n.sense.classes for n in reading.nouns)
        and len(words) > 2
    ):
        return "task", 0.6, ("a deliverable done",), place_of(reading, first), None
    if (
        re.search(
            r"^(?:excellence|zero|no|happier|better|faster|stronger|simpler|more|fewer|less|world-class|un|une|des|a|an|the|le|la|les|moins|plus|meilleur)\b",
            plain[words[at].start :],
        )
        and len(words) - at > 3
    ):
        if re.search(r"\b(?:mvp|poc|proof of concept|beta)\b", plain):
            return "task", 0.6, ("a deliverable opens it",), None, None
        return "state", 0.6, ("a wanted state in words",), None, None
    if re.match(r"(?:mvp|poc|beta|v\d|prototype|proof of concept)\b", word):
        return "task", 0.7, ("a deliverable opens it",), None, None
    if first is not None and "change_noun" in first.sense.classes and first.at == at:
        return "state", 0.7, ("a noun of change opens it",), None, None
    if len(words) - at <= 7 or first is not None:
        adjective = re.search(
            r"\b(?:fiable|securisee?|engageante?|scalable|reliable|happy|engaged|loved|simple|fluide|heureux|world-class|best-in-class|plus|mieux|performante?|rentable|durable|unie|profitable|frictionless|seamless|delightful|first choice|#1|n°1|premier choix|leader|reference)\b",
            plain,
        )
        return ("state", 0.55, ("a quality is named",), None, None) if adjective else ("topic", 0.7, ("a bare noun",), None, None)
    return "state", 0.5, ("no task is named",), None, None


def _opens_as_verb(reading: Reading, at: int, base: str, noun: frozenset[str], word: str) -> bool:
    words = reading.words
    if reading.language == "fr":
        return word == base.split(" ")[0] or word.endswith("ant") or word.endswith("ons") and not noun or base.startswith("s'")
    if word != base.split(" ")[0]:
        return (
            word.endswith("ing")
            and at + 1 < len(words)
            and not (noun and words[at + 1].text in ("of", "for", "and", "&"))
            or word.endswith("ed")
            and at + 1 < len(words)
        )
    if at + 1 >= len(words):
        return not noun
    following = words[at + 1].text
    if subject_and_verb(reading, at):
        return False
    if noun and (
        following in ("of", "for", "and", "rate", "is", "are", "&", "on", "in", "that")
        or "measure" in reading.lexicon.noun_at(words, at + 1).classes
        and base not in ("increase", "grow", "improve", "boost", "win", "own", "lead", "drive")
    ):
        return "measure" not in noun and following in ("and",) and reading.verb_at(at + 2) is not NOTHING
    return True


def _by_verb(reading: Reading, at: int, base: str, classes: frozenset[str], length: int) -> tuple[Form, float, tuple[str, ...]]:
    plain, words = reading.plain, reading.words
    after = at + length
    rest = plain[words[after].start :] if after < len(words) else ""
    near = [n for n in reading.nouns if after <= n.at][:3]
    kinds = near[0].sense.classes if near else frozenset[str]()
    if base in _BUILDS:
        if _RELATIVE.search(rest):
            return "state", 0.7, (f"«{base}» names a wanted state",)
        opening = re.match(r"(?:an? |the |our |un |une |le |la |l'|notre |nos |des |more )?(?:[a-z'-]+ ){0,2}?(?=(?P<noun>[a-z'-]+))", rest)
        state = _STATE_NOUNS.search(rest[:64])
        if (
            state
            and not (
                near
                and kinds & {"deliverable"}
                and words[near[0].at].start - (words[after].start if after < len(words) else 0) < state.start()
            )
            and opening
        ):
            return "state", 0.65, (f"«{base}» names a wanted state",)
        if _EVALUATIVE.search(rest) and not kinds & {"deliverable"}:
            return "state", 0.6, (f"«{base}» with the quality wanted",)
        return "task", 0.75, (f"«{base}» is what the team delivers",)
    if base in _STATE_VERBS:
        if (
            base in ("get", "mettre", "have", "give", "donner", "help", "aider", "offrir", "etablir", "positionner")
            and kinds & {"deliverable"}
            and not _STATE_CLAUSE.search(rest)
            and base in ("mettre",)
        ):
            return "task", 0.6, (f"«{base}» a deliverable",)
        return "state", 0.85, (f"«{base}» names a wanted state",)
    doing = classes & {"output", "activity"}
    if base in ("run", "operate", "gerer", "piloter") and _EVALUATIVE.search(rest):
        return "state", 0.55, (f"«{base}» with the quality wanted",)
    if base in _PROVES and _THAT.match(rest):
        return "state", 0.6, (f"«{base}» names a proof wanted",)
    if base in ("recruter", "recruit", "hire", "embaucher", "onboard", "staff", "nommer", "appoint"):
        return "task", 0.8, (f"«{base}» is what the team does",)
    if classes & {"change", "reach", "keep"} and not (doing and kinds & {"deliverable"}):
        if doing and not classes & {"change", "keep"}:
            return (
                ("task", 0.55, (f"«{base}» is what the team does",))
                if kinds & {"deliverable"}
                else ("state", 0.55, (f"«{base}» names a level",))
            )
        return "state", 0.8, (f"«{base}» names a change",)
    if base in ("accelerate", "improve", "simplify", "enhance"):
        return "state", 0.8, (f"«{base}» names a change",)
    if doing and not kinds & {"deliverable"} and (_EVALUATIVE.search(rest) or _STATE_NOUNS.search(rest[:24])):
        return "state", 0.55, (f"«{base}» names a wanted state",)
    if doing:
        return "task", 0.85, (f"«{base}» is what the team does",)
    return "state", 0.5, (f"«{base}» names a level",)


def _finite_verb(reading: Reading, at: int) -> bool:
    """Tell "Customers love the product", "Notre message est compris" from a bare noun."""
    if reading.language == "fr" and (
        reading.words[at].text == "que"
        or re.match(
            r"(?:(?:nos|les|des|leurs|mes) )?(?:[a-z'-]+s|[a-z'-]+x|[a-z'-]+ [a-z'-]+s) [a-z]{3,}(?<!m)ent\b",
            reading.plain[reading.words[at].start :],
        )
    ):
        return True
    for noun in reading.nouns[:3]:
        after = noun.at + noun.sense.length
        if (
            noun.at - at <= 2
            and "people" in noun.sense.classes
            and after < len(reading.words)
            and reading.language == "en"
            and reading.words[noun.at].text.endswith("s")
        ):
            verb = reading.verb_at(after)
            if verb.classes and reading.words[after].text == verb.base.split(" ")[0]:
                return True
    if re.search(
        r"\b(?:is|are|can|have|has|will|feel|love|loves|know|knows|understand|understands|trust|trusts|choose|chooses|find|finds|get|gets|stay|stays|est|sont|ont|peut|peuvent|sait|savent|aiment|adorent|comprennent|choisissent|trouvent|recommandent|reviennent|restent|parlent|devient|fait|font|gagnent|vendent|works|work|win|wins|buy|buys|sell|sells|talk|talks|become|becomes|remains?|keeps?|ships?|runs?|flows?|se)\b",
        reading.plain[reading.words[at].end :],
    ):
        return True
    return any(
        "behave" in reading.verb_at(i).classes and not reading.lexicon.noun_at(reading.words, i).classes
        for i in range(at + 1, min(at + 5, len(reading.words)))
    )


def _parts(reading: Reading) -> tuple[tuple[int, int], ...]:
    """Cut an objective that holds two: a second verb after "and", "et", ";" or a full stop."""
    plain, words = reading.plain, reading.words
    cuts: list[int] = []
    for match in re.finditer(r"(?:\b(?:and|et|while|tout en|as well as|ainsi que|puis|then|&)|[;.+]|,) (?=[a-z])", plain):
        index = reading.word_index(match.end())
        if index < 2 or index >= len(words):
            continue
        verb = reading.verb_at(index)
        if match[0].startswith(",") and not verb.classes & {"change", "output", "activity"}:
            continue
        word = words[index].text
        gerund = match[0].startswith(("tout en", "while")) and word.endswith(("ant", "ing"))
        infinitive = gerund or word == verb.base.split(" ")[0] and not verb.classes <= {"behave"}
        noun = reading.lexicon.noun_at(words, index)
        if infinitive and (
            reading.language == "fr"
            or gerund
            or noun is NOTHING
            or index + 1 < len(words)
            and words[index + 1].text in ("the", "our", "a", "an", "new", "more")
        ):
            cuts.append(match.start())
    first = reading.word_index(reading.start)
    if (
        not cuts
        or reading.verb_at(first) is NOTHING
        and not opens_with_unknown_verb(reading, first)
        and reading.words[first].text not in _STATE_VERBS | {"delight", "please"}
    ):
        return ()
    edges = [reading.start, *cuts, len(plain)]
    parts = []
    for begin, end in zip(edges, edges[1:], strict=False):
        joined = re.match(r"[ ,;.+&]*(?:\b(?:and|et|while|tout en|as well as|ainsi que|puis|then)\b)? *", plain[begin:end])
        begin += joined.end() if joined else 0
        if end - begin > 6:
            parts.append((begin, end))
    return tuple(parts) if len(parts) > 1 else ()
