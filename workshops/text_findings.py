"""What two texts say together: the same words for two things, other words for the same, or the contrary.

Texts only raise the question. So nothing of it is more than *possible*, but what a facilitator put together although
the words share little; and where people themselves said that they mean something else, their answers are the finding.
"""

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from alignment.divergence import Finding
from alignment.meaning.corners import corner
from alignment.meaning.encoder import MODEL, from_bytes
from alignment.meaning.findings import TextFinding, opposed_items, text_findings
from alignment.meaning.labels import label_score
from alignment.meaning.limits import RULES
from alignment.meaning.opposition import opposition
from alignment.meaning.statements import Statement as Text

from . import meaning
from .models import Merge, Statement

MOST_OF_A_KIND = 5
DECLARED = ("superficial", "definition")  # what people answered about meaning


@dataclass(frozen=True)
class Told:
    """One finding of texts on an item, by its key; `to_item` where the other text stands in another one."""

    found: TextFinding
    item: str
    to_item: str | None

    @property
    def finding(self):
        """As the engine tells findings."""
        return Finding(
            kind=self.found.kind,
            variant=self.found.variant,
            item=self.item,
            to_item=self.to_item,
            tier=self.found.tier,
            severity=min(max(self.found.severity, 0.0), 1.0),
            dimension="same_meaning",
            numbers=dict(self.found.numbers),
        )

    @property
    def statements(self):
        """The keys of the two texts."""
        return [self.found.one, self.found.other]


@dataclass(frozen=True)
class Texts:
    """What the texts of a workshop say.

    `pairs` have a place on the map of words and meanings. `digest` is of all that went in, empty where nothing was.
    """

    told: tuple[Told, ...] = ()
    opposed: frozenset[str] = field(default_factory=frozenset)
    pairs: tuple[dict, ...] = ()
    digest: str = ""


def of_rows(workshop, *, beat):
    """Read what was not read yet, and compare; nothing where no model reads the workshop's language.

    Parameters
    ----------
    workshop : Workshop
    beat : callable
        Called from time to time while texts are read.
    """
    if not meaning.reads(workshop) or meaning.model() is None:
        return Texts()
    meaning.read_all(workshop, beat=beat)
    rows = Statement.objects.filter(workshop=workshop, draft=False, item__isnull=False, item__set_aside=False)
    rows = list(rows.select_related("vector", "item", "participant").order_by("public_id"))
    rows = [row for row in rows if hasattr(row, "vector")]
    merges = Merge.objects.filter(workshop=workshop, answer=Merge.Answer.ACCEPTED)
    merged = sorted(tuple(sorted(both)) for both in merges.values_list("one__public_id", "other__public_id"))
    texts = [Text(row.public_id, row.participant.key, row.kind, row.label, row.meaning) for row in rows]
    vectors = from_bytes([bytes(row.vector.meant) for row in rows])
    return _compared(texts, vectors, {row.public_id: row.item.key for row in rows}, merged)


def of_file(file):
    """The same of a workshop file (workshops.files.workshop_file); its texts are read anew."""
    said = [each for each in file.statements if not each.draft and each.item]
    if not said or not meaning.reads(file.workshop) or meaning.model() is None:
        return Texts()
    texts = [Text(each.key, each.person, each.kind, each.label, each.meaning or "") for each in said]
    merged = sorted(tuple(sorted(each.statements)) for each in file.merges if each.answer == Merge.Answer.ACCEPTED)
    vectors = meaning.model().encode([text.meant for text in texts])
    return _compared(texts, vectors, {each.key: each.item for each in said}, merged)


def _compared(texts, vectors, item_of, merged):
    if not texts:
        return Texts()
    found = text_findings(texts, vectors, model=MODEL, confirmed=merged)
    words = [(text.key, text.author, text.text, item_of[text.key]) for text in texts]
    digest = hashlib.sha256(repr((RULES, MODEL, words, merged)).encode("utf-8", "surrogatepass")).hexdigest()
    told = tuple(_worth_telling(found, item_of))
    return Texts(told, opposed_items(found, item_of), tuple(_pairs(texts, vectors, item_of, told)), digest)


def _pairs(texts, vectors, item_of, told):
    """Pairs worth a place on the map: those of findings, and some of nearly the same words and meaning."""
    place = {text.key: n for n, text in enumerate(texts)}
    pairs = [
        _pair(
            item_of, each.found.one, each.found.other, each.found.numbers["label"] / 100, each.found.numbers["cosine"]
        )
        for each in told
        if each.found.kind != "opposite"  # near in subject, and not in meaning
    ]
    return pairs + _deep(texts, vectors, item_of, place)


def _deep(texts, vectors, item_of, place):
    """One pair each for the items on which two people say and mean nearly the same, the nearest first."""
    by_item = defaultdict(list)
    for text in texts:
        by_item[item_of[text.key]].append(text)
    found = []
    for members in by_item.values():
        for one, other in combinations(members, 2):
            cosine = float(vectors[place[one.key]].astype(np.float64) @ vectors[place[other.key]])
            words = label_score(one.label, other.label)
            if (
                one.author != other.author
                and corner(words, cosine) == "deep"
                and opposition(one.meant, other.meant) is None
            ):
                found.append((cosine, _pair(item_of, one.key, other.key, words / 100, cosine)))
    nearest = {}
    for _cosine, pair in sorted(found, key=lambda each: (-each[0], each[1]["statements"])):
        nearest.setdefault(pair["item"], pair)
    return list(nearest.values())[:MOST_OF_A_KIND]


def _pair(item_of, one, other, words, meanings):
    return {"item": item_of[one], "statements": [one, other], "words": words, "meanings": meanings}


def _worth_telling(found, item_of):
    """The gravest on each item or two items, some of each kind; not what was put together and need not be asked."""
    seen, counts = set(), {}
    for each in sorted(found, key=lambda each: (each.tier != "likely", -each.severity)):
        item, other = item_of[each.one], item_of[each.other]
        place = each.kind, frozenset((item, other))
        is_asked = each.variant != "suggested" or item != other
        if place not in seen and is_asked and counts.get(each.kind, 0) < MOST_OF_A_KIND:
            seen.add(place)
            counts[each.kind] = counts.get(each.kind, 0) + 1
            yield Told(each, item, other if other != item else None)


def beside(told, findings):
    """Those of the texts' findings that people did not answer themselves, on the item."""
    answered = {found.item for found in findings if found.kind in DECLARED}
    return [each for each in told if each.found.kind != "superficial" or each.item not in answered]
