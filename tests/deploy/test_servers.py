"""PostgreSQL and Redis take what docker-compose.yml tells their images; the programs are those that the tests bring."""

import json
import os
import shlex
import signal
import subprocess
import time

import psycopg
import redis
from psycopg import sql

from alignment.embedded import postgres, valkey
from alignment.embedded.processes import launch_command
from tests.deploy import compose
from tests.deploy.conftest import free_port
from tests.deploy.workshop import WORKSHOP

SERVICES = compose.load(**compose.GIVEN)["services"]


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


class OwnPostgres:
    """A PostgreSQL as the compose file's image makes one, on a port of its own."""

    def __init__(self, folder):
        self.account = postgres.choose_account()
        self.files = folder / "data"
        self.port = str(free_port())
        self.surroundings = {**os.environ, "PGHOST": "127.0.0.1", "PGPORT": self.port}
        hand_over(folder, self.account)
        options = shlex.split(SERVICES["postgres"]["environment"]["POSTGRES_INITDB_ARGS"])
        made = self.call("initdb", "-D", self.files, "-U", "parallax", "-A", "trust", "--no-sync", *options)
        assert made.returncode == 0, made.stderr
        self.process = None

    def call(self, program, *words, **options):
        """Run one of PostgreSQL's programs to its end."""
        command = launch_command([postgres.programs() / program, *words], account=self.account)
        return subprocess.run(command, cwd="/", env=self.surroundings, capture_output=True, check=False, **options)

    def is_healthy(self):
        """Whether the service's health check passes."""
        program, *words = compose.check_of(SERVICES["postgres"])
        return self.call(program, *words).returncode == 0

    def start(self):
        """Start the server and wait until its health check passes."""
        server = [postgres.programs() / "postgres", "-D", self.files, "-p", self.port, "-h", "127.0.0.1", "-k", ""]
        command = launch_command([*server, "-c", "fsync=off"], account=self.account)
        self.process = subprocess.Popen(command, cwd="/", stderr=subprocess.DEVNULL)
        wait_for(self.is_healthy)

    def stop(self):
        """End the server; its exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(20)

    def address(self, database):
        """Its DATABASE_URL."""
        return f"postgresql://parallax@127.0.0.1:{self.port}/{database}"


def test_postgresql_makes_its_files_as_told_and_its_health_check_finds_it(tmp_path):
    server = OwnPostgres(tmp_path)

    before = server.is_healthy()
    server.start()
    status = server.stop()

    assert (before, status) == (False, 0)


def test_a_backup_made_and_restored_as_the_page_says_holds_every_row(tmp_path, image):
    lines = (compose.ROOT / "docs/self-hosting.md").read_text().splitlines()
    commands = [line.removeprefix("docker compose exec -T postgres ") for line in lines if "exec -T postgres" in line]
    (dump, dumped_to), (restore, restored_from) = (line.split(sign) for line, sign in zip(commands, "><", strict=True))
    file = tmp_path / "workshop.json"
    file.write_text(json.dumps(WORKSHOP))
    server = OwnPostgres(tmp_path)
    server.start()
    try:
        with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE parallax")
            parallax = {**image.environment, "DATABASE_URL": server.address("parallax"), "REDIS_URL": "redis://none/0"}
            for command in (["migrate"], ["import_workshop", str(file)]):
                done = image.run(["python", "manage.py", *command], parallax | compose.GIVEN)
                assert done.returncode == 0, done.stderr
            backup = server.call(*shlex.split(dump))
            before = contents(server)
            connection.execute("DROP DATABASE parallax")
            connection.execute("CREATE DATABASE parallax")
            restored = server.call(*shlex.split(restore), input=backup.stdout)

        assert dumped_to.strip() == restored_from.strip() == "parallax.dump"
        assert (backup.returncode, restored.returncode) == (0, 0), restored.stderr
        assert contents(server) == before
        assert {("workshops_workshop", 1), ("workshops_rating", 3), ("workshops_job", 1)} <= set(before)
    finally:
        server.stop()


def contents(server):
    """Every table with its number of rows."""
    with psycopg.connect(server.address("parallax")) as connection:
        names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
        return [(name, rows(connection, name)) for (name,) in names]


def rows(connection, table):
    query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
    return connection.execute(query).fetchone()[0]


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
