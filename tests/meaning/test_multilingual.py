import numpy as np
import pytest

from alignment.meaning import ManyLanguages, ModelMissing, Statement, multilingual, suggest

from .product_pairs import auc, rows


@pytest.fixture(scope="module")
def many():
    return ManyLanguages()


def test_a_text_has_the_same_bytes_alone_and_among_others(many):
    texts = [text for _relation, *pair in rows("german.tsv") for text in pair]

    together = many.encode(texts)

    assert together.tobytes() == np.concatenate([many.encode([text]) for text in texts]).tobytes()
    assert together.shape == (72, 512)
    assert np.linalg.norm(together, axis=1) == pytest.approx(1, abs=1e-6)
    assert not many.encode([" "]).any()


def test_german_paraphrases_are_ranked_better_than_by_letters_and_opposites_are_not_recognised(many, minilm):
    """As found: even so most paraphrases stand below another point about the same subject."""
    pairs = rows("german.tsv")
    found = {}
    for encoder in (many, minilm):
        vectors = encoder.encode([text for _relation, *pair in pairs for text in pair])
        near = (vectors[::2] * vectors[1::2]).sum(axis=1)
        by = {kind: [value for row, value in zip(pairs, near, strict=True) if row[0] == kind] for kind, *_ in pairs}
        found[encoder.model] = auc(by["paraphrase"], by["related"]), auc(by["paraphrase"], by["opposite"])

    assert found[many.model][0] > found[minilm.model][0]
    assert max(opposite for _related, opposite in found.values()) < 0.1


def test_german_opposites_never_look_the_same(many):
    texts = [text for relation, *pair in rows("german.tsv") if relation == "opposite" for text in pair]
    statements = [Statement(str(place), str(place), "goal", text) for place, text in enumerate(texts)]

    found = suggest(statements, many.encode(texts), opposites_known=False)

    assert found.groups
    assert {group.band for group in found.groups} == {"possible"}
    assert "same" not in {pair.band for pair in found.pairs}


def test_another_version_than_the_pinned_one_is_refused(monkeypatch):
    monkeypatch.setattr(multilingual, "VERSION", "0.0.1")

    with pytest.raises(ModelMissing, match="is pinned"):
        ManyLanguages()


def test_a_missing_wheel_is_told_as_a_missing_model(monkeypatch):
    monkeypatch.setattr(multilingual, "WHEEL", "no-such-wheel-of-ours")

    with pytest.raises(ModelMissing, match="not installed"):
        ManyLanguages()
