import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from alignment.embedded import servers
from alignment.embedded.errors import StartError
from alignment.embedded.processes import Child, end_leftovers, rotate
from alignment.embedded.supervisor import Supervisor
from tests.embedded.leftovers import nothing_left

ROOT = Path(__file__).resolve().parent.parent.parent


def program(name, code, **options):
    return Child(name=name, argv=[sys.executable, "-c", code], **options)


@pytest.fixture
def data(tmp_path):
    servers.make_folders(tmp_path)
    return tmp_path


@pytest.fixture
def said():
    """What the supervisor told the person at the terminal."""
    return []


@pytest.fixture
def supervisor(data, said):
    supervisor = Supervisor(data, said.append)
    yield supervisor
    supervisor.stop()


def look_after(supervisor, process, *, until, seconds=10):
    deadline = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < deadline
        supervisor.look_after(process)
        time.sleep(0.01)


def test_a_child_counts_as_started_when_it_is_ready(supervisor, tmp_path):
    mark = tmp_path / "ready"
    child = program("web", f"import time, pathlib; time.sleep(.2); pathlib.Path({str(mark)!r}).touch(); time.sleep(60)",
                    ready=mark.exists)  # fmt: skip

    supervisor.start([child])

    assert mark.exists()
    assert supervisor.processes()[0].running


def test_a_killed_child_is_announced_with_its_last_words_and_runs_again(supervisor, said, data, tmp_path):
    mark = tmp_path / "spoken"
    code = f"import sys, time, pathlib; print('last words', file=sys.stderr); pathlib.Path({str(mark)!r}).touch()"
    supervisor.start([program("web", f"{code}; time.sleep(60)", ready=mark.exists)])
    web = supervisor.processes()[0]
    first = web.popen.pid

    os.kill(first, signal.SIGKILL)
    look_after(supervisor, web, until=lambda: web.popen.pid != first)

    assert web.running
    assert said == [
        "web stopped (killed by SIGKILL); starting it again in 0.5 s."
        f" Its log {data}/log/web.log ends with:\n    last words"
    ]


def test_a_child_that_keeps_dying_is_started_less_and_less_often(supervisor, said):
    supervisor.start([program("web", "raise SystemExit(3)")])
    web = supervisor.processes()[0]

    look_after(supervisor, web, until=lambda: len(said) == 3)

    assert [re.search(r"\((.*)\); starting it again in (\S+) s", line).groups() for line in said] == [
        ("exit status 3", "0.5"),
        ("exit status 3", "1"),
        ("exit status 3", "2"),
    ]


def test_a_child_that_ends_before_it_is_ready_is_an_error_with_its_last_words(supervisor, data):
    with pytest.raises(StartError) as error:
        supervisor.start([program("web", "raise SystemExit('no such module')", ready=lambda: False)])

    assert str(error.value) == (
        f"web did not start (exit status 1). Its log {data}/log/web.log ends with:\n    no such module"
    )


def test_stopping_goes_backwards_and_waits_for_each_group(supervisor, tmp_path):
    order, code = tmp_path / "order", (
        "import pathlib, signal, sys, time\n"
        "def end(*_):\n    time.sleep({pause}); open({order!r}, 'a').write('{name} '); sys.exit()\n"
        "signal.signal(signal.SIGTERM, end); pathlib.Path('{mark}').touch(); signal.pause()"
    )  # fmt: skip
    for name, pause in (("postgres", 0), ("web", 0.3)):
        mark = tmp_path / name
        text = code.format(pause=pause, order=str(order), name=name, mark=mark)
        supervisor.start([program(name, text, ready=mark.exists)])

    supervisor.stop()

    assert order.read_text() == "web postgres "


def test_a_child_that_does_not_listen_is_killed_after_its_grace(supervisor, said, tmp_path):
    mark = tmp_path / "deaf"
    code = f"import signal, time, pathlib; signal.signal(15, signal.SIG_IGN); pathlib.Path({str(mark)!r}).touch()"
    supervisor.start([program("web", f"{code}; time.sleep(60)", ready=mark.exists, grace=0.2)])
    web = supervisor.processes()[0]

    supervisor.stop()

    assert web.popen.returncode == -signal.SIGKILL
    assert said == ["web did not stop when asked; ended it."]


def test_a_leftover_is_ended_and_a_stranger_with_its_process_id_is_not(supervisor, data):
    supervisor.start([program("web", "import time; time.sleep(60)"), program("worker", "import time; time.sleep(61)")])
    web, worker = supervisor.processes()
    record = worker.record.read_text()
    worker.record.write_text(re.sub(r'"born": "\d+"', '"born": "1"', record))

    end_leftovers(data)

    assert web.popen.wait(timeout=1) == -signal.SIGTERM
    assert worker.running
    assert list((data / "run").glob("*.json")) == []


def test_a_record_cut_off_in_mid_write_is_dropped(data):
    (data / "run" / "web.json").write_text('{"pid": 1, "bo')

    end_leftovers(data)

    assert list((data / "run").glob("*.json")) == []


def test_a_log_grown_large_is_put_aside(tmp_path):
    log = tmp_path / "web.log"
    log.write_bytes(b"x" * 5_000_001)

    rotate(log)

    assert not log.exists()
    assert (tmp_path / "web.log.1").stat().st_size == 5_000_001


TREE = """
import sys
from pathlib import Path
from alignment.embedded import servers
from alignment.embedded.processes import Child
from alignment.embedded.supervisor import Supervisor
data = Path(sys.argv[1])
servers.make_folders(data)
supervisor = Supervisor(data)
with supervisor.handling_signals():
    supervisor.start([Child(name=name, argv=[sys.executable, "-c", "import time; time.sleep(60)"]) for name in "ab"])
    print("started", flush=True)
    supervisor.watch()
    supervisor.stop()
"""


@pytest.fixture
def tree(tmp_path):
    """A supervisor of two children in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PARALLAX_DATA": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-c", TREE, str(tmp_path)], env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "started\n"
        yield process
        process.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_tree_in_order(tree, tmp_path, number):
    tree.send_signal(number)

    assert tree.wait(timeout=10) == 0
    assert nothing_left(tmp_path, within=0) == {}


def test_a_supervisor_killed_hard_takes_its_children_along(tree, tmp_path):
    tree.kill()
    tree.wait()

    assert nothing_left(tmp_path, within=2) == {}
