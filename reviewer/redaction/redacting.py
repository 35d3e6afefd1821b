"""Replace by stable placeholders what names people, companies, addresses and amounts, and put it back."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.redaction.amounts import find_amounts, known_amounts
from reviewer.redaction.contacts import find_contacts
from reviewer.redaction.finding import Cover, Found
from reviewer.redaction.names import Names, known_phrases
from reviewer.redaction.placeholders import Kind, Placeholders, is_exact, look_alikes
from reviewer.redaction.private import PrivateWords

_NAMING: tuple[Kind, ...] = ("Person", "Company", "Name")
"""Kinds of names, the surest first: "Kestrel" beside "rival Kestrel" is a company in both places."""


class Redaction:
    """Replace what names people, companies, addresses and amounts by stable placeholders, and put them back.

    `texts` are all texts that will leave (statements, company objectives, team, owner): names are learned from all of
    them before the first is hidden. `private_words` are hidden in any case and in the plural; `names` are people
    known beforehand, such as owners. One Redaction serves one run: the same original has the same placeholder in all
    its texts, and different originals, also by case or spaces alone, have different ones.

    Placeholders read `Company_A`, `Person_B`, `Amount_C`: no brackets (these are slots), no digits, one identifier
    that models copy. Letters that a text already uses that way are passed over; a text that is not among `texts` and
    holds a placeholder given out before is taken to be hidden already.
    """

    def __init__(self, texts: Sequence[str], private_words: Sequence[str] = (), *, names: Sequence[str] = ()) -> None:
        self._placeholders = Placeholders()
        self._private = PrivateWords(private_words)
        self._names = Names()
        self._phrases: dict[str, Kind] = {}
        self._amounts: set[str] = set()
        for name in names:
            self._names.know_person(name)
        for text in texts:
            self._placeholders.reserve(text)
            self._learn(text, self._find(text))
        for text in texts:
            self.hide(text)

    def hide(self, text: str) -> str:
        """Give `text` with placeholders; a text already hidden comes back as it is."""
        self._placeholders.reserve(text)
        while found := self._find(text):
            self._learn(text, found)
            parts: list[str] = []
            done = 0
            for start, end, kind in found:
                original = text[start:end]
                parts += (text[done:start], self._placeholders.stand_in(original, self._phrases.get(original, kind)))
                done = end
            text = "".join((*parts, text[done:]))
        return text

    def restore(self, text: str) -> str:
        """Give `text` with the originals in the place of placeholders, also where a model bent them.

        Bent: another case, a Markdown escape (`Company\\_A`), a plural s, a space or hyphen for the underscore, a
        French kind (`Entreprise_A`). A placeholder that was never given out stays.
        """
        parts: list[str] = []
        done = 0
        for alike in look_alikes(text):
            original = self._placeholders.text_of(alike.placeholder)
            if original is not None:
                parts += (text[done : alike.start], original, alike.plural)
                done = alike.end
        return "".join((*parts, text[done:]))

    def _find(self, text: str) -> list[Found]:
        """Find what is still to be hidden, in order; placeholders given out are left alone."""
        cover = Cover(text)
        bent: list[Found] = []
        for alike in look_alikes(text):
            if self._placeholders.given(alike.placeholder):
                if is_exact(text[alike.start : alike.end]):
                    cover.protect(alike.start, alike.end)
                else:
                    bent.append(Found(alike.start, alike.end, "Name"))
        cover.add(bent)
        cover.add(find_contacts(text))
        cover.add(self._private.find(text))
        cover.add(find_amounts(text))
        cover.add(known_amounts(text, self._amounts))
        named = [*self._names.find(text, cover), *known_phrases(text, [*self._phrases.items()])]
        cover.add(sorted(named, key=lambda found: (found.start - found.end, found.start)))
        return cover.found

    def _learn(self, text: str, found: Sequence[Found]) -> None:
        for start, end, kind in found:
            if kind == "Amount":
                self._amounts.add(text[start:end])
            elif kind in _NAMING:
                name = text[start:end]
                self._names.learn(name)
                known = self._phrases.get(name, kind)
                self._phrases[name] = min(kind, known, key=_NAMING.index)
