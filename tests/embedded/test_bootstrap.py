"""bin/parallax: finds a Python, gets uv, makes the environment, and says in one line what is missing."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def bootstrap(monkeypatch):
    """The module, as on a machine with nothing on PATH and nothing in the usual places."""
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "bin" / "bootstrap.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in ("UV_PYTHON", "PYENV_ROOT", "MAKELEVEL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(module, "PLACES", [])
    monkeypatch.setattr(module.sys, "version_info", (3, 11, 2, "final", 0))
    return module


def script(path, text):
    """An executable shell script."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def python(path):
    """What behaves as the Python that runs the tests."""
    return script(path, f'exec {sys.executable} "$@"')


def test_a_shim_that_does_not_run_is_passed_over(bootstrap, monkeypatch, tmp_path):
    script(tmp_path / "shims" / "python3.12", "echo 'pyenv: python3.12: command not found' >&2; exit 127")
    python(tmp_path / "bin" / "python3.12")
    monkeypatch.setenv("PATH", f"{tmp_path}/shims:{tmp_path}/bin")

    assert bootstrap.find_python() == sys.executable


def test_a_python_that_is_too_old_is_passed_over_whatever_its_name(bootstrap, monkeypatch, tmp_path):
    script(tmp_path / "old" / "python3.13", "echo AssertionError >&2; exit 1")
    python(tmp_path / "bin" / "python")
    monkeypatch.setenv("PATH", f"{tmp_path}/old:{tmp_path}/bin")

    assert bootstrap.find_python() == sys.executable


def test_one_that_this_user_may_not_run_is_passed_over(bootstrap, monkeypatch, tmp_path):
    python(tmp_path / "closed" / "python3.12").chmod(0o600)
    python(tmp_path / "bin" / "python3")
    monkeypatch.setenv("PATH", f"{tmp_path}/closed:{tmp_path}/bin")

    assert list(bootstrap.candidates()) == [f"{tmp_path}/bin/python3"]


def test_pythons_beside_path_are_found_the_oldest_that_will_do_first(bootstrap, monkeypatch, tmp_path):
    for version in ("3.9.18", "3.13.0", "3.12.1"):
        python(tmp_path / ".pyenv" / "versions" / version / "bin" / "python")
    python(tmp_path / "opt" / "bin" / "python3")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(bootstrap, "PLACES", [f"{tmp_path}/opt/bin/python3*", "{pyenv}/versions/*/bin/python"])

    assert list(bootstrap.candidates()) == [
        f"{tmp_path}/.pyenv/versions/3.12.1/bin/python",
        f"{tmp_path}/.pyenv/versions/3.13.0/bin/python",
        f"{tmp_path}/opt/bin/python3",
    ]


def test_the_one_that_is_named_comes_first(bootstrap, monkeypatch, tmp_path):
    named = python(tmp_path / "named" / "python3.14")
    python(tmp_path / "bin" / "python3.12")
    monkeypatch.setenv("PATH", f"{tmp_path}/bin")
    monkeypatch.setenv("UV_PYTHON", str(named))

    assert next(bootstrap.candidates()) == str(named)


def test_without_any_one_line_says_so(bootstrap, capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    for name in ("uv.lock", "pyproject.toml", ".python-version"):
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)

    status = bootstrap.main(["run"])

    assert status == 2
    assert capsys.readouterr().err == (
        "Parallax needs Python 3.12 or newer, and none that runs here was found on PATH, in pyenv, uv, /usr/local or"
        " /opt. Install one, or name it: UV_PYTHON=/path/to/python make run\n"
    )


def test_a_uv_that_is_too_old_is_passed_over(bootstrap, monkeypatch, tmp_path):
    script(tmp_path / "bin" / "uv", "echo uv 0.8.22")
    own = script(tmp_path / ".uv" / "bin" / "uv", "echo uv 0.9.1")
    monkeypatch.setenv("PATH", f"{tmp_path}/bin")
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)

    assert bootstrap.find_uv() == str(own)


def test_a_python_with_neither_venv_nor_pip_is_named(bootstrap, monkeypatch, tmp_path):
    bare = str(script(tmp_path / "python3.12", "exit 1"))
    monkeypatch.setattr(bootstrap.sys, "executable", bare)

    with pytest.raises(bootstrap.Trouble) as trouble:
        bootstrap.install_uv(bare)

    assert str(trouble.value) == (
        f"{bare} has neither the venv and ensurepip modules nor pip, so uv cannot be installed."
        " Install uv, or those (Debian: apt-get install python3-venv)."
    )


def test_what_pip_says_last_is_told_when_it_fails(bootstrap, monkeypatch, tmp_path):
    failing = 'case "$*" in *install*) echo "ERROR: no network" >&2; exit 1;; *venv*) exit 1;; esac'
    pip_only = str(script(tmp_path / "python3.12", failing))
    monkeypatch.setattr(bootstrap.sys, "executable", pip_only)
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)

    with pytest.raises(bootstrap.Trouble, match=r"^pip could not install uv: ERROR: no network$"):
        bootstrap.install_uv(pip_only)


def test_the_environment_is_made_once_and_again_when_the_lock_changes(bootstrap, monkeypatch, tmp_path):
    for name in ("uv.lock", "pyproject.toml", ".python-version"):
        (tmp_path / name).touch()
    made = f"echo made >> {tmp_path}/log; mkdir -p .venv/bin; ln -sf {sys.executable} .venv/bin/python"
    script(tmp_path / ".uv" / "bin" / "uv", f'case "$*" in --version) echo uv 0.9.1;; *) {made};; esac')
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setenv("PATH", os.defpath)
    monkeypatch.setattr(bootstrap, "find_python", lambda: sys.executable)
    monkeypatch.delenv("UV_PROJECT_ENVIRONMENT", raising=False)

    bootstrap.environment()
    bootstrap.environment()
    (tmp_path / "uv.lock").write_text("changed")
    python = bootstrap.environment()

    assert python == f"{tmp_path}/.venv/bin/python"
    assert (tmp_path / "log").read_text() == "made\nmade\n"


def test_the_shell_part_takes_any_python_that_runs(tmp_path):
    script(tmp_path / "bin" / "python3", "exit 127")
    script(tmp_path / "bin" / "python3.13", 'case "$1" in -c) exit 0;; *) echo "$2 by 3.13";; esac')
    environment = {"PATH": f"{tmp_path}/bin:/usr/bin:/bin", "HOME": str(tmp_path)}

    done = subprocess.run(
        [ROOT / "bin" / "parallax", "setup"], env=environment, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout) == (0, "setup by 3.13\n")


def test_the_shell_part_says_so_where_there_is_no_python_at_all(tmp_path):
    text = (ROOT / "bin" / "parallax").read_text()
    places = text[text.index("for python in") : text.index("; do")]
    copy = script(tmp_path / "bin" / "parallax", text.replace(places, "for python in python3"))

    done = subprocess.run([copy], env={"PATH": "", "HOME": str(tmp_path)}, capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert done.stderr.endswith(
        "Parallax needs Python 3.12 or newer, and found no Python at all that runs here."
        " Install one, or name it in UV_PYTHON.\n"
    )
