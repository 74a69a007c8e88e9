import json

import pytest


@pytest.fixture
def stored(tmp_path):
    """Writes a dict or a text to a file and gives its path."""

    def write(said, name="workshop.json"):
        path = tmp_path / name
        path.write_text(said if isinstance(said, str) else json.dumps(said), encoding="utf-8")
        return path

    return write
