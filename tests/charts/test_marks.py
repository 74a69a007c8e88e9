import re
from types import SimpleNamespace

from django.template.loader import render_to_string

from workshops.charts.marks import role_marks
from workshops.models.team import DEFAULT_ROLES


def role(key, name, lens="build"):
    """A role as a team has it."""
    return SimpleNamespace(key=key, name=name, lens=lens)


def test_the_roles_a_team_begins_with_have_their_usual_letters():
    marks = role_marks(SimpleNamespace(**fields) for fields in DEFAULT_ROLES)

    assert {key: (mark.letter, mark.shape) for key, mark in marks.items()} == {
        "executive": ("X", "diamond"),
        "product": ("P", "diamond"),
        "marketing": ("M", "circle"),
        "design": ("D", "square"),
        "engineering": ("E", "square"),
        "sales": ("S", "circle"),
        "support": ("C", "circle"),
        "other": ("O", "triangle"),
    }


def test_an_added_role_takes_a_free_letter_of_its_name():
    roles = [role("data", "Data"), role("dev", "Developer"), role("d", "D"), role("eng", "Engineering")]

    marks = role_marks(roles)

    assert {key: mark.letter for key, mark in marks.items()} == {"data": "D", "dev": "V", "d": "A", "eng": "E"}


def test_letters_of_any_script_stand_for_a_role():
    assert role_marks([role("design-2", "Дизайн")])["design-2"].letter == "Д"


def test_no_two_of_a_hundred_roles_share_a_mark():
    marks = role_marks(role(f"r{n}", "Role") for n in range(100))

    assert len({mark.id for mark in marks.values()}) == 100
    assert [marks[f"r{n}"].letter for n in (0, 4, 25, 35, 36)] == ["R", "A", "Z", "9", "10"]


def test_the_page_has_a_full_and_a_hollow_mark_for_every_role():
    marks = role_marks([role("eng", "Engineering"), role("sales", "Sales", "sell"), role("x", "<b>", "none")])

    html = render_to_string("workshops/_marks.html", {"marks": marks.values()})

    assert re.findall(r'id="([mh]-[^"]+)"', html) == ["m-E", "h-E", "m-S", "h-S", "m-B", "h-B"]
    assert '<g id="m-S"><circle class="m-shape m-sell" r="11"/><text class="m-letter" y="4">S</text></g>' in html
    assert "<b>" not in html
