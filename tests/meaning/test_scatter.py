import numpy as np
import pytest

from alignment.meaning import Restatement, scatter


def at(*degrees):
    radians = np.deg2rad(degrees)
    return np.stack((np.cos(radians), np.sin(radians)), axis=1).astype(np.float32)


def restated(item, person, text="Clients pay by the due date", field="outcome"):
    return Restatement(f"{item}/{person}/{field}", person, item, field, text)


def test_scatter_is_one_less_the_mean_cosine_of_two_people():
    texts = [restated("i1", person) for person in "abc"]

    (found,) = scatter(texts, at(0, 60, 90))

    # cos 60 = .5, cos 90 = 0, cos 30 = .866
    assert found.scatter == pytest.approx(1 - (0.5 + 0 + 0.866) / 3, abs=1e-3)
    assert (found.item, found.field, found.texts) == ("i1", "outcome", 3)
    assert found.widest == ("i1/a/outcome", "i1/c/outcome")
    assert (found.chance, found.nearer) == (None, None)  # no other item to compare with


def test_each_item_is_held_against_texts_about_other_items_in_the_same_field():
    near = [restated("near", person) for person in "abcd"]
    wide = [restated("wide", person) for person in "abcd"]
    other_field = [restated("near", person, field="action") for person in "abcd"]
    vectors = at(0, 2, 4, 6, 40, 90, 140, 190, 0, 90, 180, 270)

    found = {(each.item, each.field): each for each in scatter([*near, *wide, *other_field], vectors)}

    crossing = [
        1 - np.cos(np.deg2rad(abs(one - other)))
        for here, one in enumerate((0, 2, 4, 6))
        for there, other in enumerate((40, 90, 140, 190))
        if here != there
    ]
    assert found["near", "outcome"].chance == pytest.approx(np.mean(crossing), abs=1e-3)
    assert found["near", "outcome"].nearer == 0
    apart = found["wide", "outcome"].scatter
    assert found["wide", "outcome"].nearer == pytest.approx(np.mean(np.array(crossing) < apart), abs=1e-3)
    assert found["wide", "outcome"].nearer >= 0.25
    assert found["near", "action"].chance is None  # no other item was restated in this field


def test_two_restatements_that_contradict_each_other_are_named():
    texts = [
        restated("i1", "a", "Pay the subcontractors early"),
        restated("i1", "b", "Pay the subcontractors late"),
        restated("i1", "c", "Pay the subcontractors"),
    ]

    (found,) = scatter(texts, at(0, 10, 20))

    (pair,) = found.opposed
    assert (pair.one, pair.other, pair.cosine) == ("i1/a/outcome", "i1/b/outcome", 0.9848)
    assert pair.opposition.turns[0].words == ("early", "late")
    assert scatter(texts, at(0, 10, 20), opposites_known=False)[0].opposed == ()


def test_an_empty_text_or_one_alone_has_no_scatter():
    texts = [restated("i1", "a"), restated("i1", "b", "  "), restated("i2", "a")]

    assert scatter(texts, at(0, 10, 20)) == ()
    assert scatter([], np.zeros((0, 2), np.float32)) == ()


def test_vectors_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="one vector for each of 1 restatements"):
        scatter([restated("i1", "a")], at(0, 1))
