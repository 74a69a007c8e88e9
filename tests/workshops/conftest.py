import json

import pytest

from tests.workshops import writers


@pytest.fixture
def stored(tmp_path):
    """Writes a dict or a text to a file and gives its path."""

    def write(said, name="workshop.json"):
        path = tmp_path / name
        path.write_text(said if isinstance(said, str) else json.dumps(said), encoding="utf-8")
        return path

    return write


@pytest.fixture
def writing(team):
    """A workshop that is open for writing."""
    return writers.open_workshop(team)


@pytest.fixture
def mia(writing):
    """Takes part in it; `client` is her browser."""
    return writers.join(writing, "Mia")


@pytest.fixture
def tom(writing):
    """Takes part in it as well."""
    return writers.join(writing, "Tom", "engineering")


@pytest.fixture
def at_leisure(monkeypatch):
    """Nobody is told that they write too fast."""
    monkeypatch.setattr("workshops.writing_limit.AT_ONCE", 1e6)
    monkeypatch.setattr("workshops.writing_limit.PER_SECOND", 1e6)
