"""The tables there are. To add one: a module here with `cells(rng, runs)`, and its name in TABLES."""

from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

import numpy as np

from .figures import Cell

SEED = 20260101
# By the name of the module; the number seeds its figures.
TABLES = {
    "bias": 41,
    "split": 42,
    "role_gap": 43,
    "index": 44,
    "change": 45,
    "consensus": 46,
    "blind_spot": 47,
    "lone_voice": 48,
    "outlier_view": 480,
    "camps": 49,
    "structure": 410,
    "rank": 411,
    "agenda": 412,
    "untested": 413,
    "illusion": 2,
    "coverage": 701,
    "stability": 702,
    "flags": 703,
    "severity": 704,
}


def title_of(name: str) -> str:
    """What a table is about, in one line."""
    return text_of(name).partition("\n")[0]


def text_of(name: str) -> str:
    """What a table is about, and the invented people behind it."""
    return str(_module(name).__doc__).strip()


def cells_of(name: str, *, runs: float = 1.0) -> Iterator[Cell]:
    """The cells of one table, with so many times its usual runs."""
    yield from _module(name).cells(np.random.default_rng([SEED, TABLES[name]]), runs)


def _module(name: str) -> ModuleType:
    return import_module(f".{name}", __package__)
