# ruff: noqa: UP021, UP032, S606, RET503 - this file alone has to run on any Python from 3.6 on
"""Sets up the environment of the checkout and runs a command in it. Standard library only.

`run` starts the application, `test` the tests, `check` the linters, `setup` makes the environment and stops there;
everything else is a command of manage.py. The environment is made anew only when what it is made from has changed.
"""

import glob
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NEEDED = (3, 12)
PREFERRED = ["3.12", "3.13", "3.14", "3.15", "3", ""]  # the oldest first: a new one has not every wheel yet
UV, UV_NEEDED = "uv>=0.9,<1", (0, 9)
# What the application needs of a Python, and where this one really is.
PROBE = (
    "import sys, ssl, zlib, ctypes\n"
    f"assert sys.version_info >= {NEEDED} and sys.implementation.name == 'cpython'\n"
    "print(sys.executable)"
)
# Where Pythons are that are not on PATH: put there by pyenv, uv, asdf, mise, conda, by hand, and on macOS.
PLACES = [
    "{pyenv}/versions/*/bin/python",
    "{home}/.local/share/uv/python/*/bin/python3",
    "/usr/local/bin/python3*",
    "/usr/bin/python3*",
    "/opt/bin/python3*",
    "/opt/*/bin/python3*",
    "/opt/*/*/bin/python3*",
    "/usr/local/*/bin/python3*",
    "{home}/.asdf/installs/python/*/bin/python",
    "{home}/.local/share/mise/installs/python/*/bin/python",
    "{home}/*conda3/bin/python",
    "/Library/Frameworks/Python.framework/Versions/*/bin/python3",
]

# Tests of one file share servers and browser; a worker takes whole files, slow ones as they come.
SIDE_BY_SIDE = ["-n", "auto", "--maxprocesses", "4", "--dist", "loadfile", "--no-loadscope-reorder"]


class Trouble(Exception):  # people read it
    """Something is missing; the message says what, and what helps."""


def main(arguments):
    """Become the command that was asked for; an exit status where something is missing."""
    command, rest = (arguments or ["run"])[0], arguments[1:]
    os.chdir(str(ROOT))
    end_with_make()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # compiled modules halve the time of every later start
    try:
        python = environment()
        if command == "test":
            os.environ["CHROMIUM"] = browser(python)
    except Trouble as trouble:
        tell(str(trouble))
        return 2
    commands = {
        "run": ["manage.py", "dev"],
        "test": ["-m", "pytest", *SIDE_BY_SIDE],
        "check": ["bin/check.py"],
        "setup": ["-c", "print('The environment is ready.')"],
    }
    os.execv(python, [python, *commands.get(command, ["manage.py", command]), *rest])


def tell(line):
    """Say something on standard error."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def end_with_make():
    """Have the kernel end this process in order when the `make` that started it is killed hard (Linux)."""
    if "MAKELEVEL" in os.environ and sys.platform == "linux":
        try:
            import ctypes

            ctypes.CDLL(None).prctl(1, int(signal.SIGTERM))
        except (ImportError, OSError, AttributeError):
            pass  # a comfort, not a need


# -- the environment ---------------------------------------------------------------------------------------------------
def environment():
    """The Python of the checkout's environment, which is made or brought up to date first."""
    folder = ROOT / os.environ.get("UV_PROJECT_ENVIRONMENT", ".venv")
    python, stamp = folder / "bin" / "python", folder / "made-from"
    made_from = digest(ROOT / "uv.lock", ROOT / "pyproject.toml", ROOT / ".python-version")
    if usable(python) and stamp.exists() and stamp.read_text() == made_from:
        return str(python)
    interpreter = find_python()
    uv = find_uv() or install_uv(interpreter)
    tell("Setting up the environment with {} ...".format(interpreter))
    variables = dict(os.environ, UV_PYTHON=interpreter, UV_PYTHON_DOWNLOADS="never")
    variables.pop("VIRTUAL_ENV", None)
    if subprocess.call([uv, "sync", "--frozen"], env=variables) or not usable(python):
        raise Trouble("uv could not set up the environment in {}; its reason stands above.".format(folder))
    stamp.write_text(made_from)
    return str(python)


def usable(python):
    """Whether the environment's Python is there for this user; the one it was made from may have gone."""
    try:
        return python.exists() and os.access(str(python), os.X_OK)
    except OSError:  # its folder is closed to this user
        return False


def digest(*paths):
    """One hash over the contents of files."""
    content = hashlib.sha256()
    for path in paths:
        content.update(path.read_bytes())
    return content.hexdigest()


# -- a Python that is new enough ---------------------------------------------------------------------------------------
def find_python():
    """The path of a Python that runs as this user and is new enough.

    Raises
    ------
    Trouble
        If there is none.
    """
    tried = set()
    for candidate in candidates():
        if candidate not in tried:
            tried.add(candidate)
            found = answer([candidate, "-c", PROBE])
            if found:
                return found
    raise Trouble(
        "Parallax needs Python {}.{} or newer, and none that runs here was found on PATH, in pyenv, uv, /usr/local or"
        " /opt. Install one, or name it: UV_PYTHON=/path/to/python make run".format(*NEEDED)
    )


def candidates():
    """Programs that may be a Python, the likeliest first. Only running one shows what it is: a shim may be broken."""
    named = os.environ.get("UV_PYTHON")
    if named:
        yield from filter(None, (shutil.which(named), shutil.which("python" + named)))
    if sys.version_info[:2] >= NEEDED:
        yield sys.executable
    folders = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep) if folder]
    for version in PREFERRED:
        for folder in folders:
            if os.access(str(folder / ("python" + version)), os.X_OK):
                yield str(folder / ("python" + version))
    yield from sorted(elsewhere(), key=lambda path: version_in(path) or (9, 0))


def elsewhere():
    """Programs named like a Python in the usual places beside PATH, without those whose path tells an old version."""
    home = Path.home()
    names = {"home": glob.escape(str(home)), "pyenv": glob.escape(os.environ.get("PYENV_ROOT") or str(home / ".pyenv"))}
    for place in PLACES:
        for path in glob.glob(place.format(**names)):  # noqa: PTH207  Path.glob takes no absolute pattern
            version = version_in(path)
            is_program = re.match(r"python[\d.]*$", Path(path).name) and os.access(path, os.X_OK)
            if is_program and (version is None or version >= NEEDED):
                yield path


def version_in(path):
    """The version that a path tells, as 3.12 in .../3.12.1/bin/python or python3.12; None where it tells none."""
    found = re.findall(r"(?<!\d)3\.(\d+)", path)
    return (3, int(found[-1])) if found else None


def answer(command):
    """What a program prints when it succeeds, stripped; None when it does not, or cannot be started."""
    try:
        done = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, universal_newlines=True, timeout=30
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


# -- uv ----------------------------------------------------------------------------------------------------------------
def find_uv():
    """The path of a uv that is new enough: on PATH, or the one installed earlier; None without one."""
    for path in filter(None, (shutil.which("uv"), str(ROOT / ".uv" / "bin" / "uv"))):
        version = re.match(r"uv (\d+)\.(\d+)", answer([path, "--version"]) or "")
        if version and tuple(map(int, version.groups())) >= UV_NEEDED:
            return path
    return None


def install_uv(interpreter):
    """Install uv into .uv and return its path.

    Raises
    ------
    Trouble
        If no Python here can install anything, or pip fails.
    """
    ways = list(ways_to_install(interpreter))
    if not ways:
        raise Trouble(
            "{} has neither the venv and ensurepip modules nor pip, so uv cannot be installed."
            " Install uv, or those (Debian: apt-get install python3-venv).".format(interpreter)
        )
    tell("Installing uv ...")
    for commands in ways:
        shutil.rmtree(str(ROOT / ".uv"), ignore_errors=True)
        reason = first_failure(commands)
        uv = find_uv()
        if reason is None and uv:
            return uv
    raise Trouble("pip could not install uv: {}".format(reason or "what it installed does not run here"))


def ways_to_install(interpreter):
    """Commands that put uv into .uv: by the pip of a virtual environment, or by Python's own where it has no venv."""
    folder = str(ROOT / ".uv")
    options = ["--quiet", "--disable-pip-version-check", UV]
    for python in (interpreter, sys.executable):
        if answer([python, "-c", "import venv, ensurepip"]) is not None:
            yield [[python, "-m", "venv", folder], [folder + "/bin/python", "-m", "pip", "install", *options]]
        if answer([python, "-m", "pip", "--version"]) is not None:
            yield [[python, "-m", "pip", "install", "--target", folder, *options]]


def first_failure(commands):
    """Run commands until one fails; its last line, or None."""
    for command in commands:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True)
        if done.returncode:
            return (done.stdout.strip().splitlines() or ["exit status {}".format(done.returncode)])[-1]
    return None


# -- the tests' browser ------------------------------------------------------------------------------------------------
def browser(python):
    """The path of the browser for the tests, which is installed first where that is possible."""
    done = subprocess.run([python, "-m", "tests.chromium"], stdout=subprocess.PIPE, universal_newlines=True)
    if done.returncode:
        raise SystemExit(done.returncode)  # it has said why
    return done.stdout.strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
