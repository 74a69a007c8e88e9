"""Every setting that Parallax takes from its environment, in one list, checked when it starts.

A secret can also be given as a file: `SECRET_KEY_FILE=/run/secrets/key` sets SECRET_KEY. The list is printed by
`manage.py settings_reference` as docs/settings.md.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from environs import EnvValidationError, FileAwareEnv
from marshmallow.validate import URL, OneOf, Range, ValidationError

LOCAL = "http://127.0.0.1:8000"


def _time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError("Not a time zone; write it as Europe/Berlin.")


@dataclass(frozen=True)
class Setting:
    """One variable: its name, how it is read, what holds without it, and what it is for."""

    name: str
    kind: str  # a method of environs.Env: str, int, bool
    default: Any
    says: str
    validate: Any = None


SETTINGS = (
    Setting("SECRET_KEY", "str", "", "Signs cookies and links. Needed when SITE_URL is set; at least 32 characters."),
    Setting(
        "SITE_URL",
        "str",
        LOCAL,
        "The address people type. With https, cookies and HSTS are set for it.",
        URL(require_tld=False, schemes={"http", "https"}),
    ),
    Setting("DATABASE_URL", "str", "", "PostgreSQL 15 to 18. Empty: an own one is started beside the app."),
    Setting("REDIS_URL", "str", "", "Redis or Valkey, 6.2 or newer. Empty: an own one is started beside the app."),
    Setting(
        "PARALLAX_DATA", "str", "var", "Folder of what the app keeps on disk: own services' data, logs, secret key."
    ),
    Setting("PARALLAX_STATIC_ROOT", "str", "", "Folder of collected static files. Empty: inside PARALLAX_DATA."),
    Setting("HOST", "str", "127.0.0.1", "Address that `make run` listens on."),
    Setting("PORT", "int", 8000, "Port that `make run` listens on.", Range(1, 65535)),
    Setting("DEBUG", "bool", False, "Django's error pages. Never on a server that others reach."),
    Setting("OPEN_SIGN_UP", "bool", False, "Whether anybody may open an account. Otherwise owners are made by hand."),
    Setting("SMTP_HOST", "str", "", "Mail server. Empty: mail is printed on the console."),
    Setting("SMTP_PORT", "int", 587, "Port of the mail server.", Range(1, 65535)),
    Setting("SMTP_USER", "str", "", "User name at the mail server."),
    Setting("SMTP_PASSWORD", "str", "", "Password at the mail server."),
    Setting("SMTP_SECURITY", "str", "starttls", "starttls, tls or none.", OneOf(["starttls", "tls", "none"])),
    Setting("MAIL_FROM", "str", "Parallax <parallax@localhost>", "Sender of mail."),
    Setting("LANGUAGE_CODE", "str", "en", "Language of pages when the browser asks for none we have."),
    Setting("TIME_ZONE", "str", "UTC", "Time zone of dates on pages.", _time_zone),
    Setting("TRUSTED_PROXY_COUNT", "int", 0, "Proxies in front whose X-Forwarded-For is believed.", Range(0, 5)),
    Setting("DATABASE_TIMEOUT", "int", 5, "Seconds after which a web request's query is given up.", Range(1, 600)),
    Setting("WEB_THREADS", "int", 8, "Requests that one web process answers at a time.", Range(1, 64)),
    Setting("MAX_STREAMS", "int", 2500, "Open live streams per web process; further pages poll.", Range(0, 50000)),
    Setting("BODY_LIMIT_KIB", "int", 256, "Largest request body, in KiB.", Range(1, 65536)),
    Setting("BODY_SECONDS", "int", 10, "Seconds within which a request body must have arrived.", Range(1, 300)),
    Setting("LOG_LEVEL", "str", "INFO", "DEBUG, INFO, WARNING or ERROR.", OneOf(["DEBUG", "INFO", "WARNING", "ERROR"])),
)


class BadEnvironment(Exception):
    """Some variables cannot be used; the message lists each with its reason."""


def read() -> dict[str, Any]:
    """The settings as a dict by name.

    Raises
    ------
    BadEnvironment
        With one line for every variable that cannot be used.
    """
    env = FileAwareEnv(eager=False, strip_whitespace=True)
    values: dict[str, Any] = {}
    problems: list[str] = []
    for setting in SETTINGS:
        try:
            values[setting.name] = getattr(env, setting.kind)(
                setting.name, default=setting.default, validate=setting.validate
            )
        except ValueError as error:  # a *_FILE that cannot be read
            problems.append(f"{setting.name}: {error}")
    try:
        env.seal()
    except EnvValidationError as error:
        problems += [f"{name}: {' '.join(reasons)}" for name, reasons in error.error_messages.items()]
    if not problems:
        problems = _contradictions(values)
    if problems:
        raise BadEnvironment("\n".join(["The environment cannot be used:", *(f"  {line}" for line in problems)]))
    return values


def _contradictions(values: dict[str, Any]) -> list[str]:
    """What is wrong although each variable alone is right."""
    key = values["SECRET_KEY"]
    problems = []
    if values["SITE_URL"] != LOCAL and not key:
        problems.append("SECRET_KEY: needed when SITE_URL is set.")
    if key and len(key) < 32:
        problems.append(f"SECRET_KEY: at least 32 characters, got {len(key)}.")
    if values["DATABASE_URL"] and not values["DATABASE_URL"].startswith(("postgres://", "postgresql://")):
        problems.append("DATABASE_URL: must begin with postgresql://")
    if values["REDIS_URL"] and not values["REDIS_URL"].startswith(("redis://", "rediss://", "unix://")):
        problems.append("REDIS_URL: must begin with redis://, rediss:// or unix://")
    return problems


def reference() -> str:
    """The list as a page in Markdown."""
    lines = [
        "# Settings",
        "",
        "All of them are environment variables; none is needed for `make run`. Any may be given as a file by adding",
        "`_FILE` to its name. A value that cannot be used is refused when the app starts, with its reason.",
        "This page is printed by `manage.py settings_reference`.",
        "",
        "| name | default | what it is |",
        "|---|---|---|",
    ]
    lines += [f"| `{s.name}` | {f'`{s.default}`' if s.default != '' else ''} | {s.says} |" for s in SETTINGS]
    return "\n".join(lines) + "\n"


def local_secret_key(folder: Path) -> str:
    """A key made once and kept in `folder`, for a server that only this machine reaches."""
    import secrets

    path = folder / "secret_key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()
