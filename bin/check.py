"""Everything that can be checked without running the application: `make check`."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
# As on a server: the deployment checks are about that.
DEPLOYED = {
    "SITE_URL": "https://parallax.example.com",
    "SECRET_KEY": secrets.token_urlsafe(48),
    "SMTP_HOST": "mail.example.com",
    "DEBUG": "false",
}
STEPS = {
    "lint": [PYTHON, "-m", "ruff", "check", "."],
    "format": [PYTHON, "-m", "ruff", "format", "--check", "."],
    "types of the engines": [PYTHON, "-m", "mypy"],
    "templates": [PYTHON, "-m", "djlint", "templates", "--lint", "--quiet"],
    # Without a server, Django warns that it could not compare with the database, which is not asked here.
    "migrations": [PYTHON, "-W", "ignore::RuntimeWarning", "manage.py", "makemigrations", "--check", "--dry-run"],
    "deployment": [PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
    "hosts": [PYTHON, "bin/check_hosts.py"],
}


def main():
    """Run every step, also after one has failed, and name those that did."""
    failed = []
    for name, command in STEPS.items():
        print(f"-- {name}", flush=True)
        variables = DEPLOYED if name == "deployment" else {}
        if subprocess.run(command, cwd=ROOT, env={**os.environ, **variables}, check=False).returncode:
            failed.append(name)
    print(f"failed: {', '.join(failed)}" if failed else "all checks passed")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
