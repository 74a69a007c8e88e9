"""How well suggested groups agree with human codes: the causes of NaPiRE 2014, in practitioners' own words.

Usage: python bench/consolidating.py

Researchers gave each of 722 causes one code or more; two causes that share one mean the same. The engine's groups are
held against them by B-cubed precision and recall, which ask for each text how many of its companions belong with it,
and how many of those that belong with it are there. Beside it, in the same run: equal letters alone (rapidfuzz), and
every text by itself. English and Portuguese are told apart by the country of the survey.
"""

import csv
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from alignment.meaning import (
    Encoder,
    Limits,
    ManyLanguages,
    MiniLM,
    Statement,
    Suggestions,
    label_score,
    suggest,
)
from alignment.meaning.language import language_of_text
from alignment.meaning.nearness import cosines

DATA = Path(__file__).resolve().parent.parent / "tests/data"
NAPIRE = DATA / "napire2014/napire.csv"
GERMAN = DATA / "product-pairs/german.tsv"
TEXT, CODES = 30, slice(31, 123)
LETTERS = (90.0, 80.0, 70.0, 60.0)


@dataclass(frozen=True)
class Cause:
    """One cause: who named it, where, in which words, and the researchers' codes."""

    author: str
    country: str
    text: str
    codes: frozenset[int]


def causes() -> list[Cause]:
    """All causes in the order of the file; 58 of them have no code."""
    with NAPIRE.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))[3:]
    return [
        Cause(
            author="/".join(row[:3]),
            country=row[1],
            text=row[TEXT],
            codes=frozenset(n for n, value in enumerate(row[CODES]) if value.strip() not in ("", "0")),
        )
        for row in rows
        if row[TEXT].strip()
    ]


def b_cubed(groups: Sequence[Sequence[int]], codes: Sequence[frozenset[int]]) -> tuple[float, float, float]:
    """Precision, recall and F1 of groups of places; a place in no group is a group of its own.

    Extended to several codes for one text as by Amigo, Gonzalo, Artiles and Verdejo (2009).
    """
    group_of = {place: number for number, group in enumerate(groups) for place in group}
    labels = [group_of.get(place, -1 - place) for place in range(len(codes))]
    precisions, recalls = [], []
    for here in range(len(codes)):
        together = [
            min(1, len(codes[here] & codes[there])) for there, label in enumerate(labels) if label == labels[here]
        ]
        precisions.append(sum(together) / len(together))
        kin = [
            (labels[there] == labels[here]) / shared
            for there in range(len(codes))
            if (shared := len(codes[here] & codes[there]))
        ]
        recalls.append(sum(kin) / len(kin))
    precision, recall = float(np.mean(precisions)), float(np.mean(recalls))
    return precision, recall, 2 * precision * recall / (precision + recall)


def statements_of(listed: Sequence[Cause]) -> list[Statement]:
    return [Statement(str(place), cause.author, "pain", cause.text) for place, cause in enumerate(listed)]


def groups_of(found: Suggestions) -> list[list[int]]:
    return [[int(key) for key in group.keys] for group in found.groups]


def agreement(pairs: Sequence[tuple[int, int]], listed: Sequence[Cause]) -> str:
    """How many of the pairs share a code."""
    right = sum(bool(listed[one].codes & listed[other].codes) for one, other in pairs)
    return f"{right / len(pairs):.2f} of {len(pairs)}" if pairs else "no pairs"


def bands(found: Suggestions, vectors: np.ndarray, listed: Sequence[Cause]) -> list[str]:
    """Precision of what is offered, by the nearness of each pair itself."""
    limits = Limits()
    inside = [pair for group in groups_of(found) for pair in combinations(group, 2)]
    offered = inside + [(int(pair.one), int(pair.other)) for pair in (*found.pairs, *found.related)]
    near = cosines(vectors, *np.array(offered).T)
    edges = {
        "looks the same (.80 and above)": (limits.same, 2.0),
        "possibly the same (.60 to .80)": (limits.possible, limits.same),
        "related (.45 to .60, three each)": (limits.related, limits.possible),
    }
    told = []
    for name, (low, high) in edges.items():
        within = [pair for pair, cosine in zip(offered, near, strict=True) if low <= cosine < high]
        told.append(f"  {name:34}{agreement(within, listed)}")
    opposite = [(int(pair.one), int(pair.other)) for pair in found.opposite]
    return [
        *told,
        f"  {'all pairs inside suggested groups':34}{agreement(inside, listed)}",
        f"  {'possibly opposite: share a code':34}{agreement(opposite, listed)}",
    ]


def told(name: str, groups: Sequence[Sequence[int]], listed: Sequence[Cause]) -> str:
    precision, recall, f1 = b_cubed(groups, [cause.codes for cause in listed])
    return f"  {name:34}P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}   {len(groups)} groups"


def print_language(name: str, listed: Sequence[Cause], encoders: Sequence[tuple[Encoder, bool]]) -> None:
    """All ways to group the causes of one language, and what the bands of each encoder are worth."""
    statements = statements_of(listed)
    pairs = [pair for pair in combinations(range(len(listed)), 2) if listed[pair[0]].author != listed[pair[1]].author]
    print(f"{name}: {len(listed)} coded causes; of two by different people, {agreement(pairs, listed)} share a code")
    print(told("each by itself", [], listed))
    for letters in LETTERS:
        found = suggest(statements, limits=replace(Limits(), labels_alike=letters))
        print(told(f"rapidfuzz alone, {letters:.0f} per cent", groups_of(found), listed))
        inside = [pair for group in groups_of(found) for pair in combinations(group, 2)]
        print(f"    pairs inside its groups         {agreement(inside, listed)}")
    for encoder, opposites_known in encoders:
        vectors = encoder.encode([statement.text for statement in statements])
        found = suggest(statements, vectors, opposites_known=opposites_known)
        print(told(encoder.model, groups_of(found), listed))
        print("\n".join(bands(found, vectors, listed)))
    print()


def auc(above: Sequence[float], below: Sequence[float]) -> float:
    """How often one of the first is above one of the second; a tie counts half."""
    over = np.subtract.outer(np.asarray(above), np.asarray(below))
    return float((over > 0).mean() + (over == 0).mean() / 2)


def print_german(encoders: Sequence[Encoder]) -> None:
    """How well each way to compare ranks a German paraphrase above a pair about the same subject."""
    rows = [line.split("\t") for line in GERMAN.read_text().splitlines()[1:]]
    scores = {"rapidfuzz alone": [label_score(one, other) for _relation, one, other in rows]}
    for encoder in encoders:
        vectors = encoder.encode([text for _relation, *pair in rows for text in pair])
        scores[encoder.model] = (vectors[::2] * vectors[1::2]).sum(axis=1).tolist()
    print(f"German: {len(rows)} pairs; AUC of a paraphrase against a related pair, and of an opposite")
    for name, found in scores.items():
        by = {kind: [score for row, score in zip(rows, found, strict=True) if row[0] == kind] for kind, *_ in rows}
        paraphrase, related, opposite = by["paraphrase"], by["related"], by["opposite"]
        medians = "  ".join(f"{kind} {np.median(values):.2f}" for kind, values in by.items())
        print(f"  {name:34}{auc(paraphrase, related):.2f}  {auc(paraphrase, opposite):.2f}   medians: {medians}")


def main() -> None:
    every = causes()
    coded = [cause for cause in every if cause.codes]
    print(f"{len(every)} causes, {len(coded)} coded, {sum(len(cause.codes) > 1 for cause in coded)} with several codes")
    for code, native in (("pt", True), ("en", False)):
        texts = [cause.text for cause in every if (cause.country == "BR") == native]
        heard = [language_of_text(text) for text in texts]
        print(f"{code}: of {len(texts)} texts {heard.count(code)} told as {code}, {heard.count(None)} not told")
    print()
    minilm, many = MiniLM(), ManyLanguages()
    print_language("English", [cause for cause in coded if cause.country != "BR"], [(minilm, True), (many, False)])
    print_language("Portuguese", [cause for cause in coded if cause.country == "BR"], [(minilm, False), (many, False)])
    alone = [replace(cause, author=str(place)) for place, cause in enumerate(coded)]
    print("As if every cause were another person's, so that what one person repeats may be put together:")
    print_language("English", [cause for cause in alone if cause.country != "BR"], [(minilm, True), (many, False)])
    print_language("Portuguese", [cause for cause in alone if cause.country == "BR"], [(minilm, False), (many, False)])
    print_german([minilm, many])


if __name__ == "__main__":
    main()
