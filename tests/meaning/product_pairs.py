"""The pairs in tests/data/product-pairs."""

from pathlib import Path

import numpy as np

FOLDER = Path(__file__).resolve().parents[1] / "data/product-pairs"


def rows(name):
    """(relation, one, other) of each pair, in the order of the file."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()[1:]
    return [tuple(line.split("\t")) for line in lines]


def auc(above, below):
    """How often one of the first is above one of the second; a tie counts half."""
    apart = np.subtract.outer(np.asarray(above), np.asarray(below))
    return float((apart > 0).mean() + (apart == 0).mean() / 2)
