import pytest

from alignment.meaning import MiniLM


@pytest.fixture(scope="session")
def minilm():
    return MiniLM()
