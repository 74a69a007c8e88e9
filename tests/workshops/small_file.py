"""A small workshop file, and what the tests of the operator's commands ask about it."""

import pytest
from django.core.management import CommandError, call_command

from workshops.models import Item, Job, Membership, Participant, Rating, Role, Round, Segment, Team, Workshop

TABLE = "person,role,item,kind,importance\nAna,Sales,Get paid,goal,7\nBen,Support,Get paid,goal,2\n"


def small_file(**changes):
    """A small valid workshop file as a dict."""
    return {
        "format": "parallax-workshop/1",
        "team": {"name": "Tiny", "roles": [{"key": "eng", "name": "Engineering", "lens": "build"}]},
        "workshop": {"title": "T", "candour": "open", "stage": "closed", "revealed": True},
        "people": [{"key": "p1", "name": "Ana", "role": "eng"}],
        "items": [{"key": "i1", "kind": "goal", "title": "Get paid"}],
        "rounds": [
            {
                "key": "r1",
                "kind": "rate",
                "closed": True,
                "ratings": [{"person": "p1", "item": "i1", "answer": "rated", "importance": 5}],
            }
        ],
    } | changes


def everything():
    """How many rows of each kind there are."""
    models = (Team, Role, Segment, Workshop, Participant, Item, Round, Rating, Job, Membership)
    return [model.objects.count() for model in models]


def refused(command, *arguments, **options):
    """The message of a command that is refused with exit code 2."""
    with pytest.raises(CommandError) as error:
        call_command(command, *arguments, **options)
    assert error.value.returncode == 2
    return str(error.value)
