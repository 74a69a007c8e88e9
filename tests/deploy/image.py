"""What an image built from the Dockerfile would hold, made by hand: files, variables, the build's own commands."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from tests.deploy.compose import ROOT

FOLDER = "/app"  # where the image has it


def instructions():
    """The Dockerfile as (instruction, rest) pairs, lines joined."""
    lines = (line for line in (ROOT / "Dockerfile").read_text().splitlines() if not line.lstrip().startswith("#"))
    joined = "\n".join(lines).replace("\\\n", " ")
    return [tuple(line.split(maxsplit=1)) for line in joined.splitlines() if line.strip()]


def last_stage():
    """The instructions of the stage that becomes the image."""
    found = instructions()
    return found[max(n for n, (name, _) in enumerate(found) if name == "FROM") :]


def sent():
    """The top-level names that .dockerignore lets through."""
    rules = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line and not line.startswith("#")]
    assert rules[0] == "*"
    return [rule.removeprefix("!") for rule in rules if rule.startswith("!")]


class Image:
    """A folder that stands for the image's file system."""

    def __init__(self, folder: Path):
        self.folder = folder
        for name in sent():
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy2(source, folder / name)
        (folder / ".venv").symlink_to(sys.prefix)  # in its place `uv sync` puts the same packages
        lines = [rest for name, rest in last_stage() if name == "ENV"]
        pairs = [word.split("=", 1) for line in lines for word in shlex.split(self.here(line))]
        self.environment = dict(pairs) | {"PATH": f"{folder / '.venv/bin'}{os.pathsep}{os.environ['PATH']}"}

    def here(self, text):
        """A line of the Dockerfile or of the compose file, for this folder."""
        return text.replace(FOLDER, str(self.folder))

    def build(self):
        """Run the build's commands that make something of our files."""
        ours = [rest for name, rest in instructions() if name == "RUN" and ".venv/bin/python" in rest]
        for command in ours:
            self.run(["/bin/sh", "-c", self.here(command)], {"PATH": os.environ["PATH"]}, check=True)
        self.built = self.files()

    def run(self, command, environment, *, check=False):
        """Run a command in the image's working folder to its end."""
        return subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, check=check, timeout=60
        )

    def files(self):
        """Every file, for telling whether something wrote into the image."""
        return {str(path.relative_to(self.folder)) for path in self.folder.rglob("*") if path.is_file()}
