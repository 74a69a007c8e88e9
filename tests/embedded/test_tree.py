"""`make run` with everything in it. The tests share one tree, which most of them damage and find mended."""

import contextlib
import os
import signal
import socket

import pytest

from tests.embedded.leftovers import nothing_left, processes_of
from tests.embedded.tree import Tree, free_port

REQUEST_ANALYSIS = """
from workshops import jobs
from workshops.models import Workshop
print("job", jobs.request_analysis(Workshop.objects.earliest("pk")).pk)
"""


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    tree = Tree(tmp_path_factory.mktemp("tree") / "var", free_port())
    tree.start()
    yield tree
    tree.process.send_signal(signal.SIGTERM)
    tree.process.wait(timeout=30)


def test_it_tells_the_address_and_how_to_sign_in(tree):
    assert tree.lines[-3:] == [
        f"Parallax runs at {tree.address}",
        f"Sign in as owner@example.com at {tree.address}/sign-in/; the six-digit code appears in this terminal.",
        "Ctrl-C stops all of it.",
    ]
    assert tree.get("/healthz")[0] == 200
    assert tree.get("/sign-in/")[0] == 200


def test_a_second_instance_is_refused_in_words(tree):
    status, printed = tree.run("dev")

    assert status == 1
    assert printed == f"Parallax already runs here (pid {tree.process.pid}), at {tree.address}.\n"


def test_a_command_uses_the_servers_that_run(tree):
    postgres = tree.pid("postgres")

    status, printed = tree.run("shell", "--verbosity", "0", "-c", "print(Workshop.objects.exists())")

    assert (status, printed) == (0, "True\n")
    assert tree.pid("postgres") == postgres
    assert tree.process.poll() is None


@pytest.mark.parametrize("name", ["postgres", "valkey", "web", "scheduler"])
def test_a_child_killed_hard_is_replaced_and_answers_again(tree, name):
    tree.kill(name)

    tree.wait_for(lambda: (tree.health().get("database"), tree.health().get("redis")) == ("ok", "ok"))
    tree.wait_for(lambda: any(line.startswith(f"{name} stopped (killed by SIGKILL)") for line in tree.lines))


def test_a_job_whose_worker_is_killed_in_the_middle_is_done_once(tree):
    tree.wait_for(lambda: tree.query("SELECT count(*) FROM workshops_job WHERE state <> 'done'") == (0,))  # the samples
    before = tree.query("SELECT count(*) FROM workshops_analysis")
    with tree.connect() as blocking, blocking.transaction():
        blocking.execute("LOCK TABLE workshops_analysis IN ACCESS EXCLUSIVE MODE")  # the job cannot get to its end
        job = int(tree.run("shell", "--verbosity", "0", "-c", REQUEST_ANALYSIS)[1].split()[-1])
        tree.wait_for(lambda: tree.query("SELECT state FROM workshops_job WHERE id = %s", job) == ("running",))
        tree.kill("worker")
    # The dead worker's claim runs out by itself after some seconds; the test does not wait for that.
    tree.query("UPDATE workshops_job SET lease_until = now() WHERE id = %s", job)

    tree.wait_for(lambda: tree.query("SELECT state FROM workshops_job WHERE id = %s", job) == ("done",))

    assert tree.query("SELECT attempts FROM workshops_job WHERE id = %s", job) == (2,)
    assert tree.query("SELECT count(*) FROM workshops_job WHERE state <> 'done'") == (0,)
    assert tree.query("SELECT count(*) FROM workshops_analysis") == before  # the same answers give the same analysis


def test_a_busy_port_is_named_before_anything_is_served(tmp_path):
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]

        status, printed = Tree(tmp_path / "var", port).run("dev")

    assert status == 1
    assert printed == (
        f"Cannot listen on 127.0.0.1 port {port}: address already in use."
        f" Choose another port: PORT={port + 1} make run\n"
    )
    assert nothing_left(tmp_path / "var", within=0) == {}


def test_a_command_brings_its_own_servers_where_none_run(tmp_path):
    tree = Tree(tmp_path / "var", free_port())

    status, printed = tree.run("migrate", "--verbosity", "0")

    assert (status, printed) == (0, "")
    assert nothing_left(tree.data, within=0) == {}


def test_killed_hard_it_leaves_no_process_and_starts_again(tree):
    tree.kill("web")
    tree.process.kill()
    tree.process.wait()
    left = nothing_left(tree.data, within=10)

    tree.start()

    assert left == {}
    assert tree.health()["database"] == "ok"


def test_killed_hard_together_with_its_servers_it_starts_again(tree):
    tree.process.send_signal(signal.SIGSTOP)  # so that it starts nothing again meanwhile
    for pid in [*processes_of(tree.data), tree.process.pid]:
        with contextlib.suppress(ProcessLookupError):  # what PostgreSQL had started ends with it
            os.kill(pid, signal.SIGKILL)
    tree.process.wait()

    tree.start()

    assert tree.health()["database"] == "ok"


def test_ctrl_c_ends_all_of_it(tree):
    tree.process.send_signal(signal.SIGINT)

    assert tree.process.wait(timeout=20) == 0
    assert nothing_left(tree.data, within=0) == {}
    assert list((tree.data / "run").glob("*.json")) == []
