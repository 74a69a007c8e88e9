"""In which language a set of texts is written, by the small words that hold sentences together.

The model knows English. For texts in another language their cosines mean little, so it matters to notice; which
language it is matters less. One label of three words may be in any language; a workshop's texts together are not.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

WORD = re.compile(r"[^\W\d_]+")
# Small words that are frequent in one of these languages and in few of the others.
SMALL_WORDS = {
    "en": "the of and to is are was with for not on by from they we what that this it have has be in no an or their",
    "de": "der die das und ist nicht ein eine einen den dem zu mit für auf von wir sie es wird werden sind im zum auch"
    " bei keine kein durch oder wenn dass zur des über nur",
    "pt": "de da do das dos que não em um uma para com os as ao na no por mais são é falta pelo pela muito à nas nos"
    " ou se como ser o a",
    "es": "de la el los las que no en un una para con por del se es al más como su sus lo y falta muy son",
    "fr": "le la les des de du et est une un pas pour dans que qui sur avec au aux ne ce nous il sont plus par ou",
    "it": "il la di che non è per un una con del della dei gli le sono si al da più nel come anche questo e ma",
    "nl": "de het een van en is niet voor met op dat zijn wij we te aan door bij geen er als om naar",
}
LETTERS = {
    "de": "äöüß",
    "pt": "ãõçáéíóúâêôà",
    "es": "ñáéíóú¿¡",
    "fr": "éèàçêùœîôâ",
    "it": "àèìòù",
}
LETTER_WEIGHT = 0.6  # of a word: a name may bring a letter from elsewhere
LEAST = 1.0
AHEAD = 1.15  # how far the first must be ahead of the second
ENGLISH = "en"

_LISTED = {language: frozenset(words.split()) for language, words in SMALL_WORDS.items()}


@dataclass(frozen=True, slots=True)
class Language:
    """`code` is None where the words do not tell. `share` is the share of texts, of those that tell, in it."""

    code: str | None
    share: float
    told: int


def language_of_text(text: str) -> str | None:
    """The language of one text, or None where its words do not tell.

    Examples
    --------
    >>> language_of_text("The customer does not know what he wants")
    'en'
    >>> language_of_text("Falta de comunicação com o cliente")
    'pt'
    >>> language_of_text("Invoicing") is None
    True
    """
    words = [unicodedata.normalize("NFC", word) for word in WORD.findall(text.casefold())]
    scores: dict[str, float] = {}
    for language, listed in _LISTED.items():
        marked = set(LETTERS.get(language, ""))
        scores[language] = 0.0
        for word in words:
            scores[language] += (word in listed) + LETTER_WEIGHT * (not marked.isdisjoint(word))
    (first, most), (_second, next_most) = sorted(scores.items(), key=lambda each: -each[1])[:2]
    return first if most >= LEAST and most >= AHEAD * next_most else None


def language_of(texts: Iterable[str]) -> Language:
    """The language of most of the texts that tell one.

    Parameters
    ----------
    texts : iterable of str

    Returns
    -------
    Language
        With `code` None where no text tells, or no language has more than half of those that do.

    Examples
    --------
    >>> language_of(["Die Rechnung ist nicht bezahlt", "Wir warten auf das Geld", "Cash"])
    Language(code='de', share=1.0, told=2)
    """
    told = Counter(language for language in map(language_of_text, texts) if language is not None)
    if not told:
        return Language(None, 0.0, 0)
    code, most = told.most_common(1)[0]
    total = sum(told.values())
    return Language(code if 2 * most > total else None, most / total, total)
