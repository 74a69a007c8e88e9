"""Putting a workshop away, bringing it back, and deleting it for good."""

import pytest

from tests.people import make_workshop
from tests.workshops.filled import filled_workshop
from workshops.models import Erasure, Workshop


def test_an_archived_workshop_takes_nobody_new_and_stands_under_a_fold(client, ana, team, workshop):
    client.force_login(ana)

    client.post(f"/workshops/{workshop.public_id}/archive/")

    workshop.refresh_from_db()
    pages = [client.get(address).content.decode() for address in ("/", f"/teams/{team.public_id}/")]
    assert not workshop.takes_new_people
    assert list(workshop.audit.values_list("action", "actor")) == [("archived", "Ana")]
    for page in pages:
        before, after = page.split("Archived <b>1</b>")
        assert ">Getting paid</a>" not in before
        assert ">Getting paid</a>" in after


def test_it_is_brought_back(client, ana, workshop):
    client.force_login(ana)
    client.post(f"/workshops/{workshop.public_id}/archive/")

    client.post(f"/workshops/{workshop.public_id}/archive/", {"restore": "1"})

    workshop.refresh_from_db()
    assert workshop.takes_new_people
    assert list(workshop.audit.order_by("pk").values_list("action", flat=True)) == ["archived", "restored"]


def test_archiving_twice_is_noted_once(client, ana, workshop):
    client.force_login(ana)
    client.post(f"/workshops/{workshop.public_id}/archive/")
    workshop.refresh_from_db()
    first = workshop.archived_at

    client.post(f"/workshops/{workshop.public_id}/archive/")

    workshop.refresh_from_db()
    assert (workshop.archived_at, workshop.audit.count()) == (first, 1)


def test_an_owner_deletes_a_workshop_with_all_in_it(client, django_user_model):
    filled = filled_workshop()
    other = make_workshop(filled.team)
    client.force_login(django_user_model.objects.get(name="zq-user-name"))

    response = client.post(f"/workshops/{filled.public_id}/deletion/", {"title": f" {filled.title} "}, follow=True)

    assert response.redirect_chain == [(f"/teams/{filled.team.public_id}/", 302)]
    assert "“zq-workshop-title” is deleted." in response.content.decode()
    assert list(Workshop.objects.all()) == [other]
    assert Erasure.objects.get().kind == "workshop"


@pytest.mark.parametrize("title", ["", "getting paid", "Something else", "Getting paid\x00"])
def test_a_wrong_title_deletes_nothing(client, oda, workshop, title):
    client.force_login(oda)

    response = client.post(f"/workshops/{workshop.public_id}/deletion/", {"title": title})

    assert response.status_code == 422
    assert Workshop.objects.filter(pk=workshop.pk).exists()


def test_only_an_owner_deletes(client, ana, ben, olga, workshop):
    answers = {}

    for user in (ana, ben, olga):
        client.force_login(user)
        answers[user.name] = client.post(
            f"/workshops/{workshop.public_id}/deletion/", {"title": workshop.title}
        ).status_code

    assert answers == {"Ana": 403, "Ben": 403, "Olga": 404}
    assert Workshop.objects.filter(pk=workshop.pk).exists()


def test_only_facilitators_archive(client, ben, olga, workshop):
    answers = {}

    for user in (ben, olga):
        client.force_login(user)
        answers[user.name] = client.post(f"/workshops/{workshop.public_id}/archive/").status_code

    workshop.refresh_from_db()
    assert answers == {"Ben": 403, "Olga": 404}
    assert workshop.archived_at is None
