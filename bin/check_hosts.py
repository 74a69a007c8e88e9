"""Fails when the lock file or a page names a host that is neither public and known nor ours.

What people open must come from where everybody can get it, and pages send no one elsewhere by accident.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHECKED = [
    "uv.lock", "pyproject.toml", "Makefile", "Dockerfile", "*.md", "*.toml", "*.y*ml", ".github/**/*",
    "alignment/**/*", "bin/*", "docs/**/*", "locale/**/*", "samples/**/*", "static/**/*", "templates/**/*",
    "workshops/**/*", "deploy/**/*",
]  # fmt: skip
SKIPPED = re.compile(r"(^|/)(__pycache__|node_modules|vendor)/|\.(pyc|mo|png|jpe?g|webp|ico|woff2?|pdf|xlsx|pptx|gz)$")
# What is installed comes from here alone.
LOCKED = {"pypi.org", "files.pythonhosted.org"}
KNOWN = LOCKED | {
    # where documentation, sources, standards and literature are
    "docs.djangoproject.com", "docs.python.org", "docs.docker.com", "docs.celeryq.dev", "docs.astral.sh",
    "docs.allauth.org", "developer.mozilla.org", "github.com", "www.postgresql.org", "valkey.io", "redis.io",
    "htmx.org", "four.htmx.org", "sortablejs.github.io", "typst.app", "huggingface.co",
    "doi.org", "arxiv.org", "en.wikipedia.org", "www.iso.org", "www.rfc-editor.org", "json-schema.org",
    "www.apache.org", "opensource.org", "creativecommons.org", "spdx.org", "semver.org", "keepachangelog.com",
    # names of namespaces and licences, not fetched
    "www.w3.org", "schemas.openxmlformats.org", "purl.org", "fonts.google.com", "openfontlicense.org",
    "scripts.sil.org",
    # reserved for examples, and this machine
    "example.com", "example.org", "example.net", "localhost", "127.0.0.1",
}  # fmt: skip
ADDRESS = re.compile(r"\b(?:https?|wss?|git\+https?)://(?:[^\s/@\"'<>]*@)?([A-Za-z0-9.-]+)")


def main() -> int:
    """Print each address on a host that is not known; 1 when there is one."""
    strangers = [line for path in files() for line in strangers_in(path)]
    print("\n".join(strangers) if strangers else "every host is public and known")
    return bool(strangers)


def files() -> list[Path]:
    """The files of the repository that are checked."""
    found = {path for pattern in CHECKED for path in ROOT.glob(pattern) if path.is_file()}
    return sorted(path for path in found if not SKIPPED.search(path.relative_to(ROOT).as_posix()))


def strangers_in(path: Path) -> list[str]:
    """File, line and host of each address in `path` that should not be there."""
    allowed = LOCKED if path.name == "uv.lock" else KNOWN
    lines = path.read_text(errors="replace").splitlines()
    return [
        f"{path.relative_to(ROOT)}:{number}: {host}"
        for number, line in enumerate(lines, start=1)
        for host in ADDRESS.findall(line)
        if not is_known(host.lower().rstrip("."), allowed)
    ]


def is_known(host: str, allowed: set[str]) -> bool:
    """Whether the host, or one of the reserved example domains above it, is in the list."""
    return host in allowed or host.endswith((".example.com", ".example.org", ".example"))


if __name__ == "__main__":
    sys.exit(main())
