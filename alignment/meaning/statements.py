"""What one person wrote about one thing, as the rules about texts read it."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from .arrays import Ids


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement.

    `key` is whatever the caller knows it by. `author` keeps two statements of one person from being put together; it
    is compared and never handed back. Statements of two kinds are never compared.
    """

    key: str
    author: str
    kind: str
    label: str
    meaning: str = ""

    @property
    def text(self) -> str:
        """Label and meaning as one text: what its vector is made of when statements are to be put together.

        Examples
        --------
        >>> Statement("s1", "p1", "goal", "Paid on time ", "The money is there by the due date").text
        'Paid on time. The money is there by the due date'
        """
        label, meaning = self.label.strip(), self.meaning.strip()
        return f"{label}. {meaning}" if label and meaning else label or meaning

    @property
    def meant(self) -> str:
        """The meaning alone, or the label where nothing more was written: what findings about meaning compare."""
        return self.meaning.strip() or self.label.strip()


def numbered(names: Iterable[str]) -> Ids:
    """A number for each name, the same for the same name, shape (names,).

    Examples
    --------
    >>> numbered(["ana", "ben", "ana"])
    array([0, 1, 0])
    """
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(name, len(numbers)) for name in names], dtype=np.int64)
