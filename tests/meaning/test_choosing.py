import pytest

from alignment.meaning import ModelMissing, reader_for

ENGLISH = ["The price is too high", "They do not know what we want"]
GERMAN = ["Der Preis ist zu hoch", "Sie wissen nicht, was wir wollen"]


def missing():
    raise ModelMissing("not installed")


def choose(texts, **options):
    reader = reader_for(texts, **{"english": lambda: "E", "other": lambda: "M"} | options)
    return reader.encoder, reader.opposites_known, reader.language, reader.why


@pytest.mark.parametrize(
    "texts, options, expected",
    [
        (ENGLISH, {}, ("E", True, "en", "english")),
        (ENGLISH, {"declared": "de"}, ("E", True, "en", "english")),
        (ENGLISH, {"english": missing}, (None, True, "en", "no_model")),
        (GERMAN, {}, (None, False, "de", "other_language")),
        (GERMAN, {"declared": "en"}, (None, False, "de", "other_language")),
        (GERMAN, {"multilingual": True}, ("M", False, "de", "multilingual")),
        (GERMAN, {"multilingual": True, "other": missing}, (None, False, "de", "no_model")),
        (["CRM", "Invoicing"], {}, (None, False, None, "unclear_language")),
        (["CRM", "Invoicing"], {"declared": "en-GB"}, ("E", True, "en", "english")),
        (["CRM"], {"declared": "pt-BR", "multilingual": True}, ("M", False, "pt", "multilingual")),
        ([*ENGLISH, *GERMAN], {"declared": "en"}, (None, False, None, "unclear_language")),
        ([], {"declared": "fi", "multilingual": True}, (None, False, "fi", "other_language")),
        ([], {}, (None, False, None, "unclear_language")),
    ],
)
def test_the_texts_decide_who_reads_them_and_the_workshop_where_they_tell_nothing(texts, options, expected):
    assert choose(texts, **options) == expected
