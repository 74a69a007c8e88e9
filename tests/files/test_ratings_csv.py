"""Reading a ratings CSV."""

import pytest

from workshops.files import ratings_csv, schema, workshop_file
from workshops.files.schema import Item, Person, Rating, Role, Scales

HEADER = "person,role,item,kind,importance\n"


def read(text, **options):
    return ratings_csv.read(text.encode(), **({"title": "Paying on time"} | options))


def ratings(file):
    """The answers without the fields that were not given."""
    return [rating.model_dump(exclude_defaults=True) for rating in file.rounds[0].ratings]


def test_a_table_becomes_a_closed_workshop_with_one_rate_round():
    file = read(
        "person,role,item,kind,importance,satisfaction,evidence\n"
        "Ana,Engineering,Get paid on time,goal,5,2,0\n"
        "Ben Ünal,Field work,The tax tables change,pain,1,,3\n"
        "Ana,Engineering,The tax tables change,pain,,,\n"
    )

    assert file == schema.WorkshopFile(
        format="parallax-workshop/1",
        team=schema.Team(
            name="Paying on time",
            roles=[
                Role(key="engineering", name="Engineering", lens="build"),
                Role(key="field-work", name="Field work", lens="none"),
            ],
        ),
        workshop=schema.Workshop(title="Paying on time", candour="open", stage="closed", revealed=True),
        people=[
            Person(key="ana", name="Ana", role="engineering"),
            Person(key="ben-ünal", name="Ben Ünal", role="field-work"),
        ],
        items=[
            Item(key="get-paid-on-time", kind="goal", title="Get paid on time"),
            Item(key="the-tax-tables-change", kind="pain", title="The tax tables change"),
        ],
        rounds=[
            schema.Round(
                key="r1",
                kind="rate",
                closed=True,
                scales=Scales(importance=5, satisfaction=5, evidence=4, same_meaning=None),
                ratings=[
                    Rating(
                        person="ana",
                        item="get-paid-on-time",
                        answer="rated",
                        importance=5,
                        satisfaction=2,
                        evidence=0,
                    ),
                    Rating(person="ben-ünal", item="the-tax-tables-change", answer="rated", importance=1, evidence=3),
                    Rating(person="ana", item="the-tax-tables-change", answer="asked"),
                ],
            )
        ],
    )
    assert workshop_file.read(workshop_file.write(file)) == file


def test_further_columns_say_what_the_seven_cannot():
    file = read(
        "person,role,item,kind,importance,expected,same meaning,Star,answer,lens,late\n"
        "Ana,Legal,A,goal,7,1,2,x,rated,decide,\n"
        "Ben,Legal,A,goal,,,,,unknown,,yes\n"
        "Cleo,Legal,A,goal,,3,0,1,Not real,decide,0\n"
        "Dan,Legal,A,goal,,,,no,asked,,no\n"
        "Eve,Legal,A,goal,2,,,,,,\n",
        levels=7,
    )

    assert file.team.roles == (Role(key="legal", name="Legal", lens="decide"),)
    assert file.rounds[0].scales == Scales(importance=7, satisfaction=None, evidence=None, same_meaning=3)
    assert ratings(file) == [
        {
            "person": "ana",
            "item": "a",
            "answer": "rated",
            "importance": 7,
            "expected": 1,
            "same_meaning": 2,
            "star": True,
        },
        {"person": "ben", "item": "a", "answer": "unknown", "late": True},
        {"person": "cleo", "item": "a", "answer": "not_real", "expected": 3, "same_meaning": 0, "star": True},
        {"person": "dan", "item": "a", "answer": "asked"},
        {"person": "eve", "item": "a", "answer": "rated", "importance": 2},
    ]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_signs_between_cells_ends_of_lines_and_a_mark_in_front_make_no_difference(sign, end, mark):
    lines = ["person,role,item,kind,importance", "Ana,Sales,Get paid,goal,5", "", "Ben,Sales,Get paid,goal,4"]
    text = mark + end.join(lines).replace(",", sign)

    assert read(text) == read("\n".join(lines))


def test_cells_in_quotation_marks_hold_commas_lines_and_quotation_marks():
    file = read(HEADER + '"Ünal, Ben",Sales,"Say ""on time""\nand mean it",goal,5\n')

    assert file.people[0].name == "Ünal, Ben"
    assert file.items[0].title == 'Say "on time"\nand mean it'


def test_columns_come_in_any_order_and_any_case():
    file = read("KIND,Importance,item,Role,person\nGoal,3,Get paid,sales,Ana\n")

    assert ratings(file) == [{"person": "ana", "item": "get-paid", "answer": "rated", "importance": 3}]
    assert file.team.roles == (Role(key="sales", name="sales", lens="sell"),)


def test_numbers_may_be_written_as_programs_without_missing_integers_write_them():
    file = read(HEADER + "Ana,Sales,A,goal,3.0\nAna,Sales,B,goal,4.00\n" + 'Ana,Sales,C,goal,"5,0"\n')

    assert [rating.importance for rating in file.rounds[0].ratings] == [3, 4, 5]


def test_rows_without_content_are_passed_over():
    assert read(HEADER + ",,,,\n\nAna,Sales,A,goal,5\n , ,,,\n") == read(HEADER + "Ana,Sales,A,goal,5\n")


def test_one_title_of_two_kinds_is_two_items_and_names_that_read_alike_get_keys_of_their_own():
    rows = ["Ana,Sales,Late,goal,5", "Ana,Sales,Late,pain,4", "ana,Sales,Late,pain,3"]
    rows += ["山田,Sales,!,pain,3", "鈴木,Sales,?,pain,2"]

    file = read(HEADER + "\n".join(rows))

    assert [(item.key, item.kind) for item in file.items] == [
        ("late", "goal"),
        ("late-2", "pain"),
        ("item", "pain"),
        ("item-2", "pain"),
    ]
    assert [person.key for person in file.people] == ["ana", "ana-2", "山田", "鈴木"]


def test_a_name_is_the_same_with_space_around_it_and_in_both_forms_of_an_accent():
    file = read(HEADER + "Zoë,Sales,A,goal,5\n Zoe\u0308 ,Sales,B,goal,4\n")

    assert [person.name for person in file.people] == ["Zoë"]


def test_roles_of_a_team_keep_their_keys_and_lenses():
    roles = [Role(key="crew", name="Field work", lens="sell"), Role(key="legal", name="Lawyers", lens="decide")]

    file = read(HEADER + "Ana,field work,A,goal,5\nBen,Legal,A,goal,4\nCleo,Crew 2,A,goal,4\n", roles=roles)

    assert file.team.roles == (
        Role(key="crew", name="field work", lens="sell"),
        Role(key="legal", name="Legal", lens="decide"),
        Role(key="crew-2", name="Crew 2", lens="none"),
    )


def test_a_text_behind_an_apostrophe_is_taken_as_it_was_before_it_was_made_safe():
    file = read(HEADER + "'=SUM(A1),'@sales,'Tis late,goal,5\n")

    assert (file.people[0].name, file.team.roles[0].name, file.items[0].title) == ("=SUM(A1)", "@sales", "'Tis late")
