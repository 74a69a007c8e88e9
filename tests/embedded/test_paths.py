from pathlib import Path

import dj_database_url
import pytest
import redis

from alignment.embedded import paths


def test_the_addresses_name_sockets_inside_the_data_folder():
    data = Path("/srv/parallax/var")

    database, redis_url = paths.default_database_url(data), paths.default_redis_url(data)

    assert database == "postgresql://postgres@%2Fsrv%2Fparallax%2Fvar%2Frun%2Fpostgres/parallax"
    assert redis_url == "unix:///srv/parallax/var/run/valkey.sock?db=0"


def test_django_and_redis_read_the_addresses_back():
    data = Path("/srv/parallax/var")

    database = dj_database_url.parse(paths.default_database_url(data))
    pool = redis.ConnectionPool.from_url(paths.default_redis_url(data))

    assert (database["HOST"], database["USER"], database["NAME"]) == (
        "/srv/parallax/var/run/postgres",
        "postgres",
        "parallax",
    )
    assert (pool.connection_kwargs["path"], pool.connection_kwargs["db"]) == ("/srv/parallax/var/run/valkey.sock", 0)


@pytest.mark.parametrize("name", ["long" * 30, "with space", "a,b", 'a"b', "größe"])
def test_a_folder_unfit_for_socket_names_gets_a_short_one_of_this_user(name, monkeypatch, tmp_path):
    monkeypatch.setattr(paths.tempfile, "gettempdir", lambda: "/short")
    monkeypatch.setattr(paths.os, "getuid", lambda: 1234)
    data = Path("/srv") / name

    folder = paths.socket_dir(data)

    assert folder.parent == Path("/short")
    assert folder.name.startswith("parallax-1234-")
    assert folder == paths.socket_dir(data)
    assert folder != paths.socket_dir(data / "other")
    assert len(f"{folder}/postgres/.s.PGSQL.5432.lock") <= 103


@pytest.mark.parametrize(
    ("redis_url", "broker_url"),
    [
        ("redis://cache.example.com:6379/2", "redis://cache.example.com:6379/2"),
        ("rediss://user:secret@cache.example.com/0", "rediss://user:secret@cache.example.com/0"),
        ("unix:///run/valkey.sock?db=3", "redis+socket:///run/valkey.sock?virtual_host=3"),
        ("unix:///run/valkey.sock", "redis+socket:///run/valkey.sock?virtual_host=0"),
    ],
)
def test_celery_gets_the_same_redis(redis_url, broker_url):
    assert paths.celery_broker_url(redis_url) == broker_url


def test_a_private_folder_is_closed_to_others(tmp_path):
    folder = tmp_path / "a" / "run"

    paths.make_private(folder)
    paths.make_private(folder)

    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_link_put_in_place_of_a_private_folder_is_refused(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "run").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(PermissionError, match="belongs to somebody else"):
        paths.make_private(tmp_path / "run")
