"""The browser of the tests: the one named, an installed one, or one that is installed now.

`python -m tests.chromium` prints its path; without one it says so in one line and ends with status 2.
"""

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

ARGUMENTS = [
    "--no-sandbox",  # also runs as root, as in a container
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]
PLACES = ["/usr/bin/chromium", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"]


class NoBrowserError(Exception):
    """There is no browser and none can be installed; the message says what to do."""


def find() -> str | None:
    """The path of a browser that runs: CHROMIUM, Playwright's own, or the system's."""
    named = os.environ.get("CHROMIUM", "").strip()
    if named:
        if not runs(named):
            raise NoBrowserError(f"CHROMIUM names {named}, which does not run here.")
        return named
    return next(filter(runs, [*playwrights_own(), *filter(None, map(shutil.which, NAMES)), *PLACES]), None)


def playwrights_own() -> list[str]:
    """Where `playwright install` puts Chromium, newest first."""
    cache = "Library/Caches" if platform.system() == "Darwin" else ".cache"
    folder = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / cache / "ms-playwright")
    inside = ["chrome-linux*/chrome", "chrome-mac*/*.app/Contents/MacOS/*"]
    return sorted((str(path) for pattern in inside for path in folder.glob(f"chromium-*/{pattern}")), reverse=True)


def runs(program: str) -> bool:
    """Whether this user can start it, and it finds its libraries."""
    try:
        return subprocess.run([program, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def ensure() -> str:
    """The path of a browser, which is installed first where that is possible.

    Raises
    ------
    NoBrowserError
        If there is none and none can be installed.
    """
    for install in (lambda: None, download, install_package):
        install()
        if found := find():
            return found
    raise NoBrowserError(
        "The tests need Chromium, and none runs here: install it (Debian: apt-get install chromium),"
        " or set CHROMIUM to the path of one that this user can start."
    )


def download():
    """Playwright's Chromium, where its host can be reached."""
    tell("Downloading Chromium for the tests …")
    command = [sys.executable, "-m", "playwright", "install", "--no-shell", "chromium"]
    try:
        subprocess.run(command, stdout=sys.stderr, stderr=subprocess.DEVNULL, timeout=600, check=False)
    except subprocess.TimeoutExpired:
        tell("The download took too long.")


def install_package():
    """Debian's Chromium, where we may."""
    if os.geteuid() != 0 or not Path("/etc/debian_version").exists():
        return
    tell("Installing Debian's Chromium for the tests …")
    quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, "check": False}
    subprocess.run(["apt-get", "update", "-qq"], **quiet)
    subprocess.run(["apt-get", "install", "-qq", "-y", "--no-install-recommends", "chromium"], **quiet)


def tell(line: str):
    """Say something beside the answer."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def main() -> int:
    """Print the path."""
    try:
        sys.stdout.write(f"{ensure()}\n")
    except NoBrowserError as error:
        tell(str(error))
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
