"""`make run`: servers, database, samples, then web, worker and scheduler, as one tree until Ctrl-C."""

import sys
from pathlib import Path

from alignment.embedded import application, servers
from alignment.embedded.errors import StartError
from alignment.embedded.locks import AlreadyRunningError
from alignment.embedded.supervisor import StopRequested, Supervisor


def run(data: Path, host: str, port: int, *, prepare, sign_in) -> int:
    """Run the whole tree until a signal asks to stop; the exit status.

    Parameters
    ----------
    data : Path
        The data folder.
    host, port : str, int
        Where the web process listens.
    prepare : callable
        Brings database and files up to date; runs between the servers and the application.
    sign_in : callable
        From the address, the lines that say how to sign in.
    """
    address = f"http://{_in_url(application.reachable(host))}:{port}"
    lock = servers.instance_lock(data)
    supervisor = Supervisor(data, say)
    with supervisor.handling_signals():
        try:
            servers.make_folders(data)
            lock.acquire()
            _start(supervisor, data, host, port, prepare)
            lock.write(address=address)
            for line in sign_in(address):
                say(line)
            supervisor.watch()
        except StopRequested:
            pass
        except (StartError, AlreadyRunningError) as error:
            say(f"{error}." if isinstance(error, AlreadyRunningError) else str(error))
            return 1
        finally:
            supervisor.stop()
            lock.release()
    return 0


def _start(supervisor, data, host, port, prepare):
    servers.start(supervisor, servers.needed(data))
    application.require_free(host, port)  # after the leftovers of a killed instance are gone, who may hold the port
    with supervisor.interruptions():
        prepare()
    supervisor.start(application.children(data, host, port))


def _in_url(host):
    return f"[{host}]" if ":" in host else host


def say(line: str):
    """Print a line at once; a terminal that has gone away is no reason to stop."""
    try:
        print(line, flush=True)  # noqa: T201  this is what the person at the terminal reads
    except OSError:
        sys.stdout = None  # print to None does nothing
