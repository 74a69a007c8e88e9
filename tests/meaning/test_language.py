import pytest

from alignment.meaning import language_of
from alignment.meaning.language import Language, language_of_text
from bench.consolidating import causes

from .product_pairs import rows


@pytest.mark.parametrize(
    "text, code",
    [
        ("The customer does not know what he wants", "en"),
        ("Der Kunde weiß nicht, was er will", "de"),
        ("O cliente não sabe o que quer", "pt"),
        ("El cliente no sabe lo que quiere", "es"),
        ("Le client ne sait pas ce qu'il veut", "fr"),
        ("Il cliente non sa che cosa vuole", "it"),
        ("De klant weet niet wat hij wil van ons", "nl"),
        ("Invoicing", None),
        ("Scrum Jira SAP", None),
        ("", None),
        ("12 % ?!", None),
    ],
)
def test_small_words_tell_the_language_of_a_text(text, code):
    assert language_of_text(text) == code


def test_english_and_portuguese_causes_are_told_apart():
    every = causes()
    english = [cause.text for cause in every if cause.country != "BR"]
    portuguese = [cause.text for cause in every if cause.country == "BR"]

    assert (language_of(english).code, language_of(portuguese).code) == ("en", "pt")
    heard = [language_of_text(text) for text in portuguese]
    assert heard.count("en") <= 3
    assert heard.count("pt") >= 0.8 * len(portuguese)


def test_german_and_english_pairs_are_told_apart():
    german = [text for _relation, *pair in rows("german.tsv") for text in pair]
    english = [text for _relation, *pair in rows("pairs.tsv") for text in pair]

    assert language_of(german).code == "de"
    assert language_of(english).code == "en"


def test_what_tells_no_language_or_as_much_of_two_has_none():
    assert language_of([]) == Language(None, 0.0, 0)
    assert language_of(["Invoicing", "CRM"]) == Language(None, 0.0, 0)
    assert language_of(["The price is not the problem", "Der Preis ist nicht das Problem"]).code is None
