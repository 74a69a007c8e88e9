"""How fast texts are read and compared, and with how much memory.

Usage: python bench/meaning.py [--large]

Times are the best of a few runs in one process. The statements are causes of NaPiRE in practitioners' words, and beyond
their number mixtures of two, so that there are as many near pairs as in real ones; 2 kinds, 12 statements a person.
--large adds 50,000.
"""

import argparse
import resource
import sys
import time
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from alignment.meaning import MiniLM, Statement, opposition, suggest, text_findings
from alignment.meaning.linkage import OfVectors, linked
from alignment.meaning.nearness import near
from alignment.meaning.opposition import between, read
from bench.consolidating import causes

SEED = 20260101
SMALL, MIDDLE, LARGE = 500, 5_000, 50_000
PER_PERSON = 12
OPPOSITION_PAIRS = 20_000


def seconds(work: Callable[[], object], *, runs: int = 3) -> float:
    """The best of a few runs."""
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return min(times)


def peak() -> float:
    """MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 1024)


def statements(count: int) -> list[Statement]:
    """English causes, each of them once; then the first half of one with the second half of another."""
    rng = np.random.default_rng(SEED)
    texts = list(dict.fromkeys(cause.text for cause in causes() if cause.country != "BR"))
    while len(texts) < count:
        one, other = (texts[place].split() for place in rng.integers(0, 400, 2))
        texts.append(" ".join([*one[: len(one) // 2 + 1], *other[len(other) // 2 :]]))
    return [
        Statement(str(place), str(place // PER_PERSON), ("pain", "goal")[place % 2], text)
        for place, text in enumerate(texts[:count])
    ]


def invented(count: int) -> np.ndarray:
    """Vectors in as many knots as there are real ones: made up where encoding so many would take too long."""
    rng = np.random.default_rng(SEED)
    knots = rng.normal(size=(count // 5, 384))
    vectors = knots[rng.integers(0, len(knots), count)] + rng.normal(scale=0.7, size=(count, 384))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def cluster(vectors: np.ndarray) -> int:
    """Grouping alone, nothing forbidden: how many groups."""
    edges = [
        edge for block in near(vectors, least=0.65) for edge in zip(*(column.tolist() for column in block), strict=True)
    ]
    return len(linked(edges, OfVectors(vectors), lambda ones, others: True, count=len(vectors), least=0.65))


def print_reading() -> None:
    print(f"load the model, check its file      {seconds(MiniLM, runs=2):8.2f} s")
    texts = [statement.text for statement in statements(SMALL)]
    for threads in (1, 2):
        model = MiniLM(threads=threads)
        spent = seconds(lambda model=model: model.encode(texts), runs=2)
        print(f"texts a second on {threads} thread(s)         {SMALL / spent:8.0f}")


def print_opposition() -> None:
    texts = [statement.text for statement in statements(SMALL)]
    pairs = list(combinations(texts, 2))[::6][:OPPOSITION_PAIRS]
    opposition(*pairs[0])  # reads the tables
    spent = seconds(lambda: [opposition(one, other) for one, other in pairs[:2000]])
    print(f"opposition of two texts             {1000 * spent / 2000:8.3f} ms a pair")
    readings = {text: read(text) for text in texts}
    spent = seconds(lambda: [between(readings[one], readings[other]) for one, other in pairs])
    print(f"the same, texts read before         {1000 * spent / len(pairs):8.3f} ms a pair")


def print_suggesting(count: int) -> None:
    model = MiniLM(threads=2)
    listed = statements(count)
    vectors = model.encode([statement.text for statement in listed])
    found = suggest(listed, vectors)
    told = f"{len(found.groups)} groups, {len(found.pairs)} pairs, {len(found.related)} related"
    print(f"suggest, {count:6} statements          {seconds(lambda: suggest(listed, vectors)):8.2f} s    {told}")
    print(f"  labels only                       {seconds(lambda: suggest(listed), runs=1):8.2f} s")
    print(f"  clustering alone                  {seconds(lambda: cluster(vectors)):8.2f} s")
    spent = seconds(lambda: text_findings(listed, vectors, model=model.model), runs=1)
    print(f"  findings                          {spent:8.2f} s")
    print(f"  peak memory, model included       {peak():8.0f} MiB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--large", action="store_true", help="also cluster 50,000 invented vectors")
    large = parser.parse_args().large
    for count in (SMALL, MIDDLE):  # before anything else, for the peak of a process that does only this
        print_suggesting(count)
    print_opposition()
    print_reading()
    if large:
        vectors = invented(LARGE)
        print(f"clustering {LARGE} invented vectors   {seconds(lambda: cluster(vectors), runs=1):8.1f} s")
        print(f"peak memory {peak():.0f} MiB")


if __name__ == "__main__":
    main()
