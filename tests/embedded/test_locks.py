import os
import subprocess
import sys
from pathlib import Path

import pytest

from alignment.embedded.locks import AlreadyRunningError, InstanceLock

ROOT = Path(__file__).resolve().parent.parent.parent
HOLDER = """
import sys
from pathlib import Path
from alignment.embedded.locks import InstanceLock
lock = InstanceLock(Path(sys.argv[1]))
lock.acquire()
lock.write(**eval(sys.argv[2]))
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def hold(tmp_path):
    """Starts a process that holds the lock and says something about itself."""
    processes = []

    def start(**about):
        command = [sys.executable, "-c", HOLDER, str(tmp_path / "lock"), repr(about)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        process = subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )  # fmt: skip
        processes.append(process)
        assert process.stdout.readline() == "held\n"
        return process

    yield start
    for process in processes:
        process.kill()
        process.communicate()


@pytest.mark.parametrize(
    ("about", "words"),
    [
        ({}, "Parallax is just starting here (pid {pid})"),
        ({"address": "http://127.0.0.1:8000"}, "Parallax already runs here (pid {pid}), at http://127.0.0.1:8000"),
        ({"command": "shell"}, "‘manage.py shell’ (pid {pid}) is using the data folder at the moment"),
    ],
)
def test_a_second_instance_is_refused_in_words(hold, tmp_path, about, words):
    holder = hold(**about)

    with pytest.raises(AlreadyRunningError) as refusal:
        InstanceLock(tmp_path / "lock").acquire()

    assert str(refusal.value) == words.format(pid=holder.pid)


def test_a_killed_holder_leaves_the_lock_free(hold, tmp_path):
    holder = hold(address="http://127.0.0.1:8000")
    holder.kill()
    holder.wait()

    lock = InstanceLock(tmp_path / "lock")
    lock.acquire()
    lock.release()

    assert f'"pid": {os.getpid()}' in (tmp_path / "lock").read_text()
