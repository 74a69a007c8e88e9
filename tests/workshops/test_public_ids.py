from workshops.models import public_id


def test_an_id_is_safe_in_an_address_and_never_looks_like_an_option(monkeypatch):
    drawn = iter(["-4Sx4QUqk3sl_-xe", "--------________", "4Sx4QUqk3sl_-xe-"])
    monkeypatch.setattr(public_id.secrets, "token_urlsafe", lambda size: next(drawn))

    assert public_id.new_public_id() == "4Sx4QUqk3sl_-xe-"


def test_no_two_ids_are_alike():
    made = {public_id.new_public_id() for _ in range(10_000)}

    assert len(made) == 10_000
    assert {len(each) for each in made} == {16}
