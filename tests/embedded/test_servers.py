import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
import redis

from alignment.embedded import paths, servers
from alignment.embedded.errors import StartError
from alignment.embedded.postgres import Postgres
from alignment.embedded.processes import launch_command
from alignment.embedded.supervisor import Supervisor
from alignment.embedded.valkey import Valkey
from tests.embedded.leftovers import nothing_left, processes_of

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def data(tmp_path):
    """A data folder whose servers are gone after the test, whatever happened."""
    folder = tmp_path / "var"
    servers.make_folders(folder)
    yield folder
    for pid in processes_of(folder):
        os.kill(pid, signal.SIGKILL)
    assert nothing_left(folder, within=5) == {}


def start(data):
    supervisor = Supervisor(data)
    servers.start(supervisor, [Postgres(data), Valkey(data)])
    return supervisor


def execute(data, query):
    with psycopg.connect(paths.default_database_url(data), autocommit=True) as connection:
        cursor = connection.execute(query)
        return cursor.fetchall() if cursor.description else None


def test_a_second_start_finds_what_the_first_one_stored(data):
    first = start(data)
    execute(data, "CREATE TABLE kept AS SELECT 1 AS number")
    with redis.Redis.from_url(paths.default_redis_url(data)) as client:
        client.set("kept", "1")
    first.stop()
    after_the_first = nothing_left(data, within=1)

    second = start(data)
    row = execute(data, "SELECT number FROM kept")
    with redis.Redis.from_url(paths.default_redis_url(data)) as client:
        value = client.get("kept")
    second.stop()

    assert after_the_first == {}
    assert row == [(1,)]
    assert value == b"1"


def test_postgres_listens_on_no_network_port_and_knows_every_letter(data):
    supervisor = start(data)

    answers = execute(data, "SELECT current_setting('listen_addresses'), lower('ÄÉ'), current_database()")

    supervisor.stop()
    assert answers == [("", "äé", "parallax")]


def test_what_was_committed_survives_a_hard_kill_of_everything(data):
    first = start(data)
    execute(data, "CREATE TABLE kept AS SELECT 1 AS number")
    for pid in processes_of(data):
        os.kill(pid, signal.SIGKILL)
    ends = [process.popen.wait() for process in first.processes()]

    second = start(data)
    row = execute(data, "SELECT number FROM kept")
    second.stop()

    assert ends == [-signal.SIGKILL, -signal.SIGKILL]
    assert row == [(1,)]


def test_a_server_left_by_an_instance_that_is_gone_is_ended_first(data):
    left = start(data)  # its records say that it runs; nobody looks after it any more

    second = start(data)

    assert [process.popen.wait(timeout=1) for process in left.processes()] == [0, 0]
    assert execute(data, "SELECT 1") == [(1,)]
    second.stop()


def test_a_note_of_postgres_about_a_process_id_that_is_a_strangers_now_is_removed(data):
    start(data).stop()
    (data / "postgres" / "postmaster.pid").write_text(f"{os.getpid()}\n{data / 'postgres'}\n")

    second = start(data)

    assert execute(data, "SELECT 1") == [(1,)]
    second.stop()


def test_an_interrupted_initdb_is_begun_again(data):
    (data / "postgres.unfinished").mkdir()
    (data / "postgres.unfinished" / "PG_VERSION").write_text("18\n")

    supervisor = start(data)

    assert execute(data, "SELECT 1") == [(1,)]
    supervisor.stop()


def test_data_of_another_major_version_is_refused_in_words(data):
    (data / "postgres").mkdir()
    (data / "postgres" / "PG_VERSION").write_text("17\n")

    with pytest.raises(StartError) as refusal:
        start(data)

    assert str(refusal.value) == (
        f"The data in {data}/postgres was made by PostgreSQL 17, this version of Parallax brings 18."
        " Back it up with the version of Parallax that made it, move the folder away, and restore."
    )


def test_a_long_data_path_works(tmp_path):
    data = tmp_path / ("deep" * 20) / ("deeper" * 20)
    servers.make_folders(data)

    supervisor = start(data)
    row = execute(data, "SELECT 1")
    supervisor.stop()
    paths.postgres_socket_dir(data).rmdir()
    paths.socket_dir(data).rmdir()

    assert row == [(1,)]


PLAIN_USER = """
import os, sys
from pathlib import Path
from alignment.embedded import servers
from alignment.embedded.supervisor import Supervisor
data = Path(sys.argv[1])
servers.make_folders(data)
supervisor = Supervisor(data)
servers.start(supervisor, servers.needed(data))
print(os.geteuid() != 0, {process.child.account for process in supervisor.processes()})
supervisor.stop()
"""


def test_a_plain_user_runs_the_servers_directly(tmp_path):
    data, account = tmp_path / "var", "nobody" if os.geteuid() == 0 else "same"
    if account == "nobody":
        os.chown(tmp_path, 65534, 65534)
    given = ("DATABASE_URL", "REDIS_URL")
    variables = {name: value for name, value in os.environ.items() if name not in given} | {"PYTHONPATH": str(ROOT)}

    done = subprocess.run(
        launch_command([sys.executable, "-c", PLAIN_USER, str(data)], account=account),
        env=variables, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip

    assert (done.stdout, done.stderr) == ("True {'same'}\n", "")


def test_root_on_a_machine_without_user_namespaces_runs_postgres_as_nobody(data, monkeypatch):
    account = "nobody" if os.geteuid() == 0 else "same"  # anybody else has no choice
    start(data).stop()
    monkeypatch.setattr("alignment.embedded.postgres.choose_account", lambda: account)

    supervisor = start(data)

    assert supervisor.processes()[0].child.account == account
    assert execute(data, "SELECT 1") == [(1,)]
    supervisor.stop()
