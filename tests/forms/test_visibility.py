"""What is shown and what is left: one pass, hidden answers never count, entries have pages of their own."""

from __future__ import annotations

from backend.forms import service
from backend.forms.types import Form


def test_a_hidden_answer_does_not_show_another_question(form: Form) -> None:
    answers = {"pets": False, "animal": "dog", "animal_name": "Bello"}
    assert "/animal" not in service.visible(form, answers)
    assert "/animal_name" not in service.visible(form, answers)
    assert service.drop_hidden(form, answers) == ({"pets": False}, ["/animal", "/animal_name"])


def test_answers_that_show_each_other_stay(form: Form) -> None:
    answers = {"pets": True, "animal": "dog", "animal_name": "Bello"}
    assert service.drop_hidden(form, answers) == (answers, [])


def test_each_entry_has_its_own_pages(form: Form) -> None:
    children = [{"name": "A", "lives_here": False}, {"name": "B", "lives_here": True, "elsewhere": {"city": "X"}}]
    keys = [view.key for view in service.pages(form, {"children": children})]
    assert keys == ["you", "things", "more", "pet", "mates", "kids", "kid.1", "kid_home.1", "kid.2", "end_page"]
    left, dropped = service.drop_hidden(form, {"children": children})
    assert dropped == ["/children/1/elsewhere"]
    assert left["children"] == [{"name": "A", "lives_here": False}, {"name": "B", "lives_here": True}]


def test_entries_asked_on_one_page_are_visible_in_order(form: Form) -> None:
    visible = service.visible(form, {"flatmates": [{"name": "A"}, {}]})
    assert visible[visible.index("/flatmates") :][:3] == ["/flatmates", "/flatmates/0/name", "/flatmates/1/name"]


def test_what_the_form_does_not_know_is_dropped(form: Form) -> None:
    left, dropped = service.drop_hidden(form, {"family_name": "Ito", "x/y": 1, "children": [{"nope": 1}]})
    assert left == {"family_name": "Ito", "children": [{}]}
    assert dropped == ["/children/0/nope", "/x~1y"]


def test_values_are_trimmed_and_composed(form: Form) -> None:
    left, _ = service.drop_hidden(form, {"family_name": " Mu\u0308ller\u00a0", "home": {"city": " ", "street": "Weg "}})
    assert left == {"family_name": "Müller", "home": {"street": "Weg"}}


def test_slots_are_those_shown(form: Form) -> None:
    assert service.slots(form, {}) == {"proof": 2}
