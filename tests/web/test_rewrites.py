"""From a weak draft to a better one: take a rewrite, answer a question, review again and see what changed."""

from __future__ import annotations

from visiting import COMPANY, FRENCH, Visit

from reviewer.okr import Review
from reviewer.web.reviewing import Desk, complete, context_from, reviewed, seat, since, take

ENGLISH = """Objective: Reps meet Kerlane with confidence and win
KR1: Raise mid-market win rate against Kerlane from 24% to 33% by the end of Q3
KR2: Create 3 new battlecards by June 30
KR3: NPS of 40"""


def desk_of(draft: str, before: Desk | None = None) -> Desk:
    context = context_from("", "", "2026-Q4")
    return seat(reviewed(draft, context, ready=False), context, before)


def words_of(review: Review) -> list[str]:
    return [each.text for each in review.okrs[0].key_results]


def test_a_rewrite_taken_stands_in_the_place_of_its_statement_and_the_next_review_says_what_changed(visit: Visit) -> None:
    report = visit.review(FRENCH, company=COMPANY, cycle="T4 2026")
    report.wait_for()
    second = report.locator(".krs > li").nth(1)
    second.locator("button.act").click()
    visit.page.wait_for_function("!document.querySelector('#draft textarea').value.includes('Créer 3')")
    lines = visit.box("draft").input_value().splitlines()
    assert lines[2] == "KR2 : Faire passer le win rate sur deals compétitifs de [win rate actuel] à [cible]"
    assert [lines[at] for at in (0, 1, 3)] == [FRENCH.splitlines()[at] for at in (0, 1, 3)]
    assert second.locator("button[data-act=use]").inner_text() == "✓ C’est dans votre brouillon"
    assert visit.page.locator("#live").inner_text() == "✓ C’est dans votre brouillon"
    second.locator("button[data-act=again]").click()
    since_last = visit.page.locator(".since")
    since_last.wait_for()
    told = since_last.inner_text()
    assert "1 point corrigé" in told
    assert "1 nouveau" in told
    assert "livrable" in since_last.locator("li", has_text="Corrigé").inner_text()


def test_answers_complete_the_draft_and_it_is_reviewed_again(visit: Visit) -> None:
    visit.review(FRENCH, company=COMPANY, cycle="T4 2026").wait_for()
    asked = visit.page.get_by_label("Quel est le win rate sur deals compétitifs aujourd'hui")
    asked.fill("32 %")
    visit.page.get_by_label("Quelle valeur visez-vous pour le win rate").fill("40 %")
    visit.page.click("#complete")
    visit.page.locator(".since").wait_for()
    lines = visit.box("draft").input_value().splitlines()
    assert lines[2] == "KR2 : Faire passer le win rate sur deals compétitifs de 32 % à 40 %"
    second = visit.page.locator("#report .krs > li").nth(1)
    assert second.locator(".finding").count() == 0
    assert "32 %" in second.locator(".chips").inner_text()


def test_completing_without_an_answer_is_answered_in_words(visit: Visit) -> None:
    visit.review(FRENCH).wait_for()
    visit.page.click("#complete")
    visit.page.get_by_text("Répondez d’abord à une question au moins.").wait_for()
    assert visit.box("draft").input_value() == FRENCH


def test_a_statement_edited_since_is_not_overwritten(visit: Visit) -> None:
    report = visit.review(FRENCH)
    report.wait_for()
    edited = FRENCH.replace("Créer 3 nouvelles battlecards", "Créer 4 battlecards")
    visit.box("draft").fill(edited)
    report.locator(".krs > li").nth(1).locator("button.act").click()
    visit.page.get_by_text("Cet énoncé a changé dans votre brouillon").wait_for()
    assert visit.box("draft").input_value() == edited


def test_a_rewrite_finds_its_statement_in_a_draft_edited_elsewhere() -> None:
    desk = desk_of(ENGLISH)
    edited = "Notes of Monday\n\n" + ENGLISH.replace("with confidence", "without fear")
    written = take(edited, desk.review, 0, 1, "Raise demo requests from 10 to 40")
    assert written == edited.replace("Create 3 new battlecards by June 30", "Raise demo requests from 10 to 40")
    assert take(edited + "\nKR2: Create 3 new battlecards by June 30", desk.review, 0, 1, "x") is None


def test_a_slot_taken_into_the_draft_keeps_its_question() -> None:
    first = desk_of(ENGLISH)
    rewrite = next(each for each in first.review.findings if each.rule == "kr-is-task")
    question = next(each for each in first.asked if each.key_result == 1)
    assert rewrite.rewrite is not None
    draft = take(ENGLISH, first.review, 0, 1, rewrite.rewrite)
    assert draft is not None
    second = desk_of(draft, first)
    again = next(each for each in second.asked if each.key_result == 1)
    assert (again.slot, again.text) == (question.slot, question.text)
    completed, done, missed = complete(draft, second, ["55" if each.slot == again.slot else "" for each in second.asked])
    assert (done, missed) == (1, 0)
    assert "55" in words_of(reviewed(completed, second.context, ready=False))[1]


def test_answers_for_several_statements_are_all_put_in_their_places() -> None:
    desk = desk_of(ENGLISH)
    assert len({each.key_result for each in desk.asked}) == 2
    completed, done, missed = complete(ENGLISH, desk, ["41%", "42%", "43%"])
    assert (done, missed) == (2, 0)
    assert completed.splitlines()[:2] == ENGLISH.splitlines()[:2]
    assert "[" not in completed.splitlines()[3]


def test_another_draft_is_not_compared_with_the_last_one() -> None:
    other = "Objective: Buyers trust our security page\nKR1: Publish a page\nKR2: NPS of 30"
    assert since(desk_of(ENGLISH).review, desk_of(other).review) == ()
    assert {each.status for each in since(desk_of(ENGLISH).review, desk_of(ENGLISH).review)} == {"known"}
