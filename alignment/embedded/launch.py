"""Become another program that ends when its starter ends: `launch.py STARTER SIGNAL ACCOUNT PROGRAM ARGUMENT...`

A small program of its own instead of code between fork and exec, which is not safe in a process that has threads.
STARTER is the process id that it must not outlive, SIGNAL what the kernel sends when that one dies (Linux only;
elsewhere the next start ends what was left). ACCOUNT is one of

same
    the user who calls.
namespace
    root in a user namespace in which the only user is 1000: PostgreSQL refuses to run as root.
nobody
    root gives up its identity, for machines that refuse user namespaces. It keeps the right to walk through folders
    that only root can open (the checkout may lie in one) where it has that right itself.

Only the standard library, and nothing of this package: it runs before any of it is imported.
"""

import contextlib
import ctypes
import os
import pwd
import signal
import sys

PR_SET_PDEATHSIG, PR_SET_KEEPCAPS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE = 1, 8, 47, 2
CAP_DAC_OVERRIDE = 1
CAPABILITY_VERSION_3 = 0x20080522


def main(starter, death_signal, account, *command):
    """Change the account, tie this process to its starter, and become `command`."""
    {"same": lambda: None, "namespace": enter_namespace, "nobody": become_nobody}[account]()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(death_signal))  # after the account: a change clears it
    if os.getppid() != int(starter):
        sys.exit("the process that started this one has ended")
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    for number in (signal.SIGPIPE, signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    os.execv(command[0], command)  # noqa: S606  the command is ours


def enter_namespace():
    """A user namespace with one user and one group, which stand for root outside."""
    uid, gid = os.getuid(), os.getgid()
    os.unshare(os.CLONE_NEWUSER)
    for name, content in (("setgroups", "deny"), ("uid_map", f"1000 {uid} 1"), ("gid_map", f"1000 {gid} 1")):
        with open(f"/proc/self/{name}", "w") as file:  # noqa: PTH123  pathlib costs as much time as all the rest
            file.write(content)


def become_nobody():
    """The user ‘nobody’, if possible with root's right to pass any folder."""
    nobody = pwd.getpwnam("nobody")
    libc = ctypes.CDLL(None, use_errno=True)
    linux = sys.platform == "linux"
    if linux:
        libc.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0)
    os.setgroups([])
    os.setresgid(nobody.pw_gid, nobody.pw_gid, nobody.pw_gid)
    os.setresuid(nobody.pw_uid, nobody.pw_uid, nobody.pw_uid)
    os.environ["HOME"] = "/"
    if linux:
        with contextlib.suppress(OSError):
            keep_capability(libc, CAP_DAC_OVERRIDE)


def keep_capability(libc, capability):
    """Hold one capability, and nothing else, also in the program that comes next."""
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    bit = 1 << capability
    sets = (ctypes.c_uint32 * 6)(bit, bit, bit, 0, 0, 0)  # effective, permitted, inheritable; then the high halves
    if libc.capset(header, sets) or libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0):
        raise OSError(ctypes.get_errno(), "this process has no such capability")


if __name__ == "__main__":
    main(*sys.argv[1:])
