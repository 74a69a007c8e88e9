"""Where the embedded servers live: computed from the data folder alone, so that settings and servers agree.

Only the standard library is needed here: an installation with servers of its own has no embedded ones.
"""

import hashlib
import os
import re
import tempfile
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

ROOT = Path(__file__).resolve().parent.parent.parent
DATABASE = "parallax"
# A socket's address holds 104 bytes on macOS, 108 on Linux; the longest name behind the folder is PostgreSQL's lock.
SOCKET_NAME_LIMIT = 103 - len("/postgres/.s.PGSQL.5432.lock")
# PostgreSQL reads its socket folder as a list with commas and quotes.
PLAIN = re.compile(r"[\w/.+~-]+", re.ASCII)


def data_dir() -> Path:
    """The folder of all that is kept on disk: PARALLAX_DATA, or `var` in the checkout."""
    return (ROOT / (os.environ.get("PARALLAX_DATA", "").strip() or "var")).resolve()


def is_given(name: str) -> bool:
    """Whether a server's address stands in the environment, itself or as the file that holds it."""
    return any(os.environ.get(variable, "").strip() for variable in (name, f"{name}_FILE"))


def socket_dir(data: Path) -> Path:
    """The folder of the servers' sockets: inside `data`, or a short one of this user's where that name is too long."""
    inside = data / "run"
    if len(os.fsencode(inside)) <= SOCKET_NAME_LIMIT and PLAIN.fullmatch(str(inside)):
        return inside
    digest = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
    short = Path(tempfile.gettempdir()) / f"parallax-{os.getuid()}-{digest}"
    return short if len(os.fsencode(short)) <= SOCKET_NAME_LIMIT else Path("/tmp") / short.name  # noqa: S108


def postgres_socket_dir(data: Path) -> Path:
    """PostgreSQL's own folder for its socket, because it may run as another user than the rest."""
    return socket_dir(data) / "postgres"


def valkey_socket(data: Path) -> Path:
    """The socket that Valkey listens on."""
    return socket_dir(data) / "valkey.sock"


def default_database_url(data: Path, database: str = DATABASE) -> str:
    """DATABASE_URL of the embedded PostgreSQL of `data`."""
    return f"postgresql://postgres@{quote(str(postgres_socket_dir(data)), safe='')}/{database}"


def default_redis_url(data: Path) -> str:
    """REDIS_URL of the embedded Valkey of `data`."""
    return f"unix://{quote(str(valkey_socket(data)))}?db=0"


def celery_broker_url(redis_url: str) -> str:
    """REDIS_URL as Celery writes it: the same, except that a socket has a scheme of its own."""
    parts = urlsplit(redis_url)
    if parts.scheme != "unix":
        return redis_url
    number = parse_qs(parts.query).get("db", ["0"])[0]
    return f"redis+socket://{parts.path}?virtual_host={number}"


def make_private(folder: Path) -> None:
    """Make `folder` for this user alone.

    Raises
    ------
    PermissionError
        If it exists and belongs to somebody else, who could then read what goes through its sockets.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    owner = folder.lstat().st_uid
    if folder.is_symlink() or owner != os.getuid():
        raise PermissionError(f"{folder} belongs to somebody else (user {owner}).")
    folder.chmod(0o700)
