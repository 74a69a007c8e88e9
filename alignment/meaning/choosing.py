"""Which model reads a workshop's texts: the English one, the optional one for other languages, or none."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from .encoder import Encoder, MiniLM, ModelMissing
from .language import ENGLISH, language_of
from .multilingual import ManyLanguages, known

type Why = Literal["english", "multilingual", "other_language", "unclear_language", "no_model"]


@dataclass(frozen=True, slots=True)
class Reader:
    """How a set of texts is read.

    `encoder` is None when only labels are compared; `why` says for what reason, and the page says so too.
    `opposites_known` is what `suggest`, `text_findings`, `scatter` and `RuleJudge` are to be told.
    """

    encoder: Encoder | None
    opposites_known: bool
    language: str | None
    why: Why


def reader_for(
    texts: Iterable[str],
    *,
    declared: str | None = None,
    multilingual: bool = False,
    english: Callable[[], Encoder] = MiniLM,
    other: Callable[[], Encoder] = ManyLanguages,
) -> Reader:
    """Choose how a workshop's texts are read.

    Parameters
    ----------
    texts : iterable of str
        All of them together: one short text tells little.
    declared : str, optional
        The workshop's language, as in "en" or "pt-BR"; what the texts are written in counts for more.
    multilingual : bool
        Whether the operator switched the optional model on.
    english, other : callable
        What gives the two models; a worker passes functions that keep theirs.

    Returns
    -------
    Reader
        Never fails: without a model, labels are compared.
    """
    written = language_of(texts)
    spoken = declared.partition("-")[0].lower() if declared else None
    language = written.code or (spoken if written.told == 0 else None)
    is_english = language == ENGLISH
    if not is_english and not (multilingual and known(language)):
        return Reader(None, False, language, "other_language" if language else "unclear_language")
    try:
        encoder = english() if is_english else other()
    except ModelMissing:
        return Reader(None, is_english, language, "no_model")
    return Reader(encoder, is_english, language, "english" if is_english else "multilingual")
