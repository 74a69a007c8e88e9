"""PostgreSQL and Redis take what docker-compose.yml tells their images; the programs are those that the tests bring."""

import os
import shlex
import signal
import subprocess
import time

import pytest
import redis

from alignment.embedded import postgres, valkey
from alignment.embedded.processes import launch_command
from tests.deploy import compose
from tests.deploy.conftest import free_port

SERVICES = compose.load(**compose.GIVEN)["services"]


@pytest.fixture
def account():
    """As whom PostgreSQL can run here, which refuses to run as root."""
    return postgres.choose_account()


def test_redis_starts_by_its_command_and_never_drops_a_job(tmp_path):
    address = tmp_path / "redis.sock"
    _, *options = compose.words(SERVICES["redis"]["command"])
    elsewhere = ["--port", "0", "--unixsocket", str(address), "--dir", str(tmp_path)]

    process = subprocess.Popen([valkey.program(), *options, *elsewhere], stdout=subprocess.DEVNULL)
    try:
        wait_for(address.exists)
        with redis.Redis(unix_socket_path=str(address)) as client:
            wait_for(client.ping)
            found = client.config_get("*")
    finally:
        process.terminate()
        process.wait(10)

    assert {name: found[name] for name in ("save", "appendonly", "maxmemory", "maxmemory-policy")} == {
        "save": "",
        "appendonly": "no",
        "maxmemory": str(256 * 1024**2),
        "maxmemory-policy": "noeviction",
    }


def test_postgresql_makes_its_files_as_told_and_its_health_check_finds_it(tmp_path, account):
    files, port = tmp_path / "data", str(free_port())
    options = shlex.split(SERVICES["postgres"]["environment"]["POSTGRES_INITDB_ARGS"])
    hand_over(tmp_path, account)
    initdb = [postgres.programs() / "initdb", "-D", files, "-U", "parallax", "-A", "trust", "--no-sync", *options]
    made = subprocess.run(launch_command(initdb, account=account), capture_output=True, text=True, check=False, cwd="/")
    assert made.returncode == 0, made.stderr
    server = [postgres.programs() / "postgres", "-D", files, "-p", port, "-h", "127.0.0.1", "-k", ""]
    check, *words = compose.check_of(SERVICES["postgres"])

    def is_healthy():
        command = [postgres.programs() / check, *words]
        return subprocess.run(command, env={**os.environ, "PGPORT": port}, check=False).returncode == 0

    before = is_healthy()
    process = subprocess.Popen(launch_command(server, account=account), stderr=subprocess.DEVNULL, cwd="/")
    try:
        wait_for(is_healthy)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)

    assert not before
    assert process.returncode == 0


def hand_over(folder, account):
    """Let PostgreSQL's account in: it may not be ours."""
    if account == "nobody":
        os.chown(folder, 65534, 65534)
        for parent in folder.parents[:3]:
            parent.chmod(0o755)


def wait_for(condition):
    """Return when the condition holds."""
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)
