"""Which statements may mean the same and could become one item. Suggestions only: nothing is put together by itself.

A cosine says that two texts are about the same subject, and hardly whether they say the same about it. So the pages
show the two texts side by side and a person decides.
"""

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

import numpy as np

from .arrays import Flags, Floats, Ids, Vectors
from .labels import alike, normal, plain_score
from .limits import RULES, Limits
from .linkage import Affinity, OfPairs, OfVectors, linked
from .nearness import near
from .opposition import Opposition, between, read
from .statements import Statement, numbered
from .suggested import Band, Group, Pair, Reason, Suggestions

type Edge = tuple[int, int, float]


def suggest(
    statements: Sequence[Statement],
    vectors: Vectors | None = None,
    *,
    limits: Limits | None = None,
    apart: Collection[tuple[str, str]] = (),
    opposites_known: bool = True,
) -> Suggestions:
    """Suggest which statements could be one item.

    Parameters
    ----------
    statements : sequence of Statement
    vectors : ndarray of float32, shape (statements, dimensions), optional
        Of `Statement.text`, all of one model. Without them only labels that share nearly all letters are suggested.
    limits : Limits, optional
    apart : collection of (str, str)
        Keys of pairs that a person said do not belong together, in either order. They are suggested no more, nor is
        any group that would hold both.
    opposites_known : bool
        False for texts that are not English: opposites are not recognised then, so nothing "looks the same".

    Returns
    -------
    Suggestions
        The same for the same input, on any machine and with any number of threads.

    Raises
    ------
    ValueError
        If there is not one vector for each statement, or a key twice.
    """
    if vectors is not None and (vectors.ndim != 2 or len(vectors) != len(statements)):
        raise ValueError(f"need one vector for each of {len(statements)} statements, got shape {vectors.shape}")
    if len({statement.key for statement in statements}) < len(statements):
        raise ValueError("two statements have the same key")
    search = _Search(statements, vectors, limits or Limits(), apart, opposites_known)
    return search.run()


class _Search:
    """One run: what is compared, and what must stay apart."""

    def __init__(
        self,
        statements: Sequence[Statement],
        vectors: Vectors | None,
        limits: Limits,
        apart: Collection[tuple[str, str]],
        opposites_known: bool,
    ) -> None:
        self.statements = statements
        self.vectors = vectors
        self.limits = limits
        self.opposites_known = opposites_known
        self.labels = [normal(statement.label) for statement in statements]
        self.texts = [normal(statement.text) for statement in statements]
        self.readings = [read(statement.text) for statement in statements] if opposites_known else []
        self.authors = numbered(statement.author for statement in statements)
        self.kinds = numbered(statement.kind for statement in statements)
        places = {statement.key: place for place, statement in enumerate(statements)}
        self.apart = {
            (min(places[one], places[other]), max(places[one], places[other]))
            for one, other in apart
            if one in places and other in places
        }
        self.turned: dict[tuple[int, int], Opposition | None] = {}

    def run(self) -> Suggestions:
        edges, related = self.by_vectors() if self.vectors is not None else (self.by_labels(), [])
        opposite = [edge for edge in edges if self.opposed(*edge[:2])]
        kept = [edge for edge in edges if edge[:2] not in self.apart and not self.opposed(*edge[:2])]
        groups = self.groups(kept)
        together = {key: number for number, group in enumerate(groups) for key in group.keys}
        loose = [edge for edge in kept if not self.grouped(together, *edge[:2])]
        return Suggestions(
            mode="labels" if self.vectors is None else "vectors",
            rules=RULES,
            groups=tuple(sorted(groups, key=lambda group: -group.score)),
            pairs=_nearest_first(self.pair(*edge) for edge in self.nearest(*_columns(loose))),
            related=_nearest_first(self.pair(*edge) for edge in related if not self.opposed(*edge[:2])),
            opposite=_nearest_first(
                self.pair(*edge) for edge in [*opposite, *(edge for edge in related if self.opposed(*edge[:2]))]
            ),
        )

    def grouped(self, together: dict[str, int], one: int, other: int) -> bool:
        here, there = (together.get(self.statements[place].key) for place in (one, other))
        return here is not None and here == there

    def by_vectors(self) -> tuple[list[Edge], list[Edge]]:
        """Pairs that are possibly the same, and beside them for each statement the nearest below."""
        assert self.vectors is not None  # noqa: S101
        edges: list[Edge] = []
        ones, others, scores = [], [], []
        for here, there, cosine in near(self.vectors, least=self.limits.related):
            fits = self.comparable(here, there)
            high = fits & (cosine >= self.limits.possible)
            edges += zip(here[high].tolist(), there[high].tolist(), cosine[high].tolist(), strict=True)
            low = fits & (cosine < self.limits.possible)
            ones.append(here[low])
            others.append(there[low])
            scores.append(cosine[low])
        if not ones:
            return [], []
        low_pairs = (np.concatenate(ones), np.concatenate(others), np.concatenate(scores))
        return edges, [edge for edge in self.nearest(*low_pairs) if edge[:2] not in self.apart]

    def nearest(self, ones: Ids, others: Ids, scores: Floats) -> list[Edge]:
        """Of the pairs those that are among the nearest few of at least one of their two statements."""
        owner = np.concatenate((ones, others))
        pair = np.tile(np.arange(len(ones)), 2)
        order = np.lexsort((pair, -scores[pair], owner))
        owner, pair = owner[order], pair[order]
        first = np.searchsorted(owner, owner)  # where the run of each owner begins
        chosen = np.unique(pair[np.arange(len(owner)) - first < self.limits.nearest])
        return list(zip(ones[chosen].tolist(), others[chosen].tolist(), scores[chosen].tolist(), strict=True))

    def by_labels(self) -> list[Edge]:
        edges: list[Edge] = []
        labels = [statement.label for statement in self.statements]
        for here, there, score in alike(labels, least=self.limits.labels_alike):
            fits = self.comparable(here, there)
            edges += zip(here[fits].tolist(), there[fits].tolist(), (score[fits] / 100).tolist(), strict=True)
        return edges

    def comparable(self, here: Ids, there: Ids) -> Flags:
        """Of the same kind, and by two people."""
        found: Flags = (self.kinds[here] == self.kinds[there]) & (self.authors[here] != self.authors[there])
        return found

    def opposed(self, one: int, other: int) -> Opposition | None:
        """The opposition of two texts, if it is strong enough to be told."""
        if not self.opposites_known:
            return None
        if (one, other) not in self.turned:
            found = between(self.readings[one], self.readings[other])
            self.turned[one, other] = found if found and found.strength >= self.limits.opposite_strength else None
        return self.turned[one, other]

    def groups(self, edges: list[Edge]) -> list[Group]:
        limits, vectors = self.limits, self.vectors
        least = limits.linked if vectors is not None else limits.labels_alike / 100
        affinity: Affinity = OfVectors(vectors) if vectors is not None else OfPairs(self.label_share)
        clusters = linked(
            (edge for edge in edges if edge[2] >= least),
            affinity,
            self.allowed,
            count=len(self.statements),
            least=least,
        )
        return [self.group(cluster.members, cluster.score) for cluster in clusters]

    def allowed(self, ones: tuple[int, ...], others: tuple[int, ...]) -> bool:
        """No author twice, and no pair that a person or an opposition keeps apart."""
        if not {self.authors[place] for place in ones}.isdisjoint(self.authors[place] for place in others):
            return False
        crossing = [(min(one, other), max(one, other)) for one in ones for other in others]
        return not any(pair in self.apart or self.opposed(*pair) for pair in crossing)

    def label_share(self, one: int, other: int) -> float:
        return plain_score(self.labels[one], self.labels[other]) / 100

    def group(self, members: tuple[int, ...], score: float) -> Group:
        return Group(
            keys=tuple(self.statements[place].key for place in members),
            band=self.band(score, equal=self.equal(members)),
            reason=self.reason(members),
            score=round(score, 4),
            central=self.statements[self.central(members)].key,
        )

    def pair(self, one: int, other: int, score: float) -> Pair:
        turned = self.opposed(one, other)
        return Pair(
            one=self.statements[one].key,
            other=self.statements[other].key,
            band="opposite" if turned else self.band(score, equal=self.equal((one, other))),
            reason="opposite" if turned else self.reason((one, other)),
            cosine=score if self.vectors is not None else None,
            label=round(100 * self.label_share(one, other), 1),
            opposition=turned,
        )

    def band(self, score: float, *, equal: bool) -> Band:
        """Without vectors only equal words look the same; without opposites only they do, too."""
        if self.vectors is None or not self.opposites_known:
            return "same" if equal else "possible" if self.vectors is None else self.band_of_cosine(score, "possible")
        return self.band_of_cosine(score, "same")

    def band_of_cosine(self, cosine: float, highest: Band) -> Band:
        if cosine >= self.limits.same:
            return highest
        return "possible" if cosine >= self.limits.possible else "related"

    def equal(self, members: Iterable[int]) -> bool:
        return all(self.texts[here] == self.texts[there] for here, there in pairwise(members))

    def reason(self, members: tuple[int, ...]) -> Reason:
        """What the members are put together for: equal labels, labels of nearly the same letters, or the subject."""
        if len({self.labels[place] for place in members}) == 1:
            return "equal_labels"
        first, *rest = members
        near_by = all(100 * self.label_share(first, place) >= self.limits.labels_alike for place in rest)
        return "labels" if near_by else "meaning"

    def central(self, members: tuple[int, ...]) -> int:
        if self.vectors is None:
            sums = [sum(self.label_share(here, there) for there in members) for here in members]
        else:
            total = self.vectors[list(members)].astype(np.float64).sum(axis=0)
            sums = [float((self.vectors[place] * total).sum()) for place in members]
        return members[int(np.argmax(np.round(sums, 6)))]


def _columns(edges: list[Edge]) -> tuple[Ids, Ids, Floats]:
    ones, others, scores = ([edge[side] for edge in edges] for side in (0, 1, 2))
    return np.array(ones, dtype=np.int64), np.array(others, dtype=np.int64), np.array(scores, dtype=np.float64)


def _nearest_first(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    return tuple(sorted(pairs, key=lambda pair: -(pair.label if pair.cosine is None else pair.cosine)))
