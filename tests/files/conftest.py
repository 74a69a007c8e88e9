import json
from pathlib import Path

import pytest

from workshops.files.workshop_file import FileRefused, read

WHOLE = Path(__file__).with_name("whole.json")


@pytest.fixture
def whole_bytes():
    """A workshop file in canonical form that uses every key of the format."""
    return WHOLE.read_bytes()


@pytest.fixture
def whole(whole_bytes):
    """The same file as a tree to change."""
    return json.loads(whole_bytes)


@pytest.fixture
def small():
    """A valid file with nothing that may be left out."""
    return {
        "format": "parallax-workshop/1",
        "team": {"name": "Payroll", "roles": []},
        "workshop": {"title": "Paying on time", "candour": "open", "stage": "setup"},
        "people": [],
        "items": [],
    }


@pytest.fixture
def refusal():
    """Read a tree or bytes that must be refused: the problems as (path, reason)."""

    def problems(content, **options):
        data = content if isinstance(content, bytes) else json.dumps(content).encode()
        with pytest.raises(FileRefused) as refused:
            read(data, **options)
        return [tuple(problem) for problem in refused.value.problems]

    return problems


@pytest.fixture
def change():
    """Put a value in a tree, at a location given as keys and positions."""

    def put(tree, location, value):
        *way, last = location
        for step in way:
            tree = tree[step]
        tree[last] = value

    return put
