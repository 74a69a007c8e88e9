import datetime
import json

from hypothesis import given

from tests.files.trees import steady, whole_files
from workshops.files import schema
from workshops.files.workshop_file import read, write

MINIMAL = """{
  "format": "parallax-workshop/1",
  "team": {
    "name": "Payroll",
    "roles": []
  },
  "workshop": {
    "title": "Paying on time",
    "candour": "open",
    "stage": "setup"
  },
  "people": [],
  "items": []
}
"""


def as_json(tree):
    return json.dumps(tree, indent=2, ensure_ascii=False).encode() + b"\n"


def test_the_canonical_form_is_read_and_written_back_to_the_byte(whole_bytes):
    assert write(read(whole_bytes)) == whole_bytes


def test_defaults_are_not_written(small):
    small["workshop"] |= {"question": "", "language": "en", "k": 3, "revealed": False}
    small |= {"statements": [], "scales": {"importance": 5}, "outcomes": []}

    assert write(read(as_json(small))).decode() == MINIMAL


def test_the_default_of_the_smallest_group_depends_on_the_candour_mode(small):
    small["workshop"] |= {"candour": "team", "k": 5}
    quiet = json.loads(write(read(as_json(small))))
    small["workshop"] |= {"candour": "roles"}
    stated = json.loads(write(read(as_json(small))))

    assert "k" not in quiet["workshop"]
    assert stated["workshop"]["k"] == 5


def test_scales_are_written_in_the_rounds_and_never_on_top(small):
    small |= {
        "scales": {"importance": 3, "evidence": None},
        "rounds": [{"key": "r1", "kind": "rate"}, {"key": "r2", "kind": "pulse", "scales": {"importance": 5}}],
    }

    written = json.loads(write(read(as_json(small))))

    assert "scales" not in written
    assert written["rounds"] == [
        {"key": "r1", "kind": "rate", "scales": {"importance": 3, "evidence": None}},
        {"key": "r2", "kind": "pulse", "scales": {"evidence": None}},
    ]


def test_keys_are_written_in_the_order_of_the_format(whole, whole_bytes):
    def backwards(value):
        if isinstance(value, dict):
            return {key: backwards(value[key]) for key in reversed(value)}
        return [backwards(entry) for entry in value] if isinstance(value, list) else value

    assert write(read(as_json(backwards(whole)))) == whole_bytes


def test_a_file_put_together_in_python_is_written_like_one_that_was_read():
    file = schema.WorkshopFile(
        format="parallax-workshop/1",
        team=schema.Team(name="Payroll", roles=[schema.Role(key="eng", name="Engineering")]),
        workshop=schema.Workshop(title="Paying on time", candour="open", stage="closed", revealed=["i1"]),
        people=[schema.Person(key="ana", name="Ana", role="eng")],
        items=[
            schema.Item(key="i1", kind="goal", title="On time"),
            schema.Item(key="i2", kind="pain", title="Tables"),
        ],
        links=[schema.Link(person="ana", kind="blocks", from_="i2", to="i1")],
        rounds=[schema.Round(key="r1", kind="rate", scales=schema.Scales(importance=3))],
        outcomes=[schema.Outcome(item="i1", verdict="parked", due=datetime.date(2027, 1, 31))],
    )

    written = write(file)

    assert write(read(written)) == written
    assert json.loads(written)["rounds"] == [{"key": "r1", "kind": "rate", "scales": {"importance": 3}}]
    assert json.loads(written)["outcomes"] == [{"item": "i1", "verdict": "parked", "due": "2027-01-31"}]


@steady
@given(whole_files())
def test_any_file_keeps_its_content_and_its_canonical_form_its_bytes(tree):
    file = read(json.dumps(tree).encode())

    written = write(file)

    assert read(written) == file
    assert write(read(written)) == written
    assert written == as_json(json.loads(written))
