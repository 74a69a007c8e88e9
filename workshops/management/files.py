"""Reading a file that an operator names, and saying how far it is."""

import time

from django.core.management.base import CommandError

from workshops.files import ratings_csv, workshop_file
from workshops.files.workshop_file import OPERATOR_BYTES, FileRefused

CSV_ENDINGS = {".csv", ".tsv"}


def add_csv_arguments(parser):
    """What a ratings CSV does not say itself."""
    parser.add_argument("--title", help="title of the workshop that a ratings CSV makes; without it the file's name")
    parser.add_argument(
        "--levels",
        type=int,
        choices=range(2, 11),
        metavar="2-10",
        help="points of the scales in a ratings CSV; 5 if it is not said",
    )


def telling(command, verbosity):
    """A function that prints a line about how far the command is, unless it was asked to be quiet."""
    if verbosity < 1:
        return lambda line: None
    return lambda line: command.stderr.write(line, style_func=str)  # it is no error and not shown as one


def refused(path, reason):
    """The error that ends a command with exit code 2."""
    return CommandError(f"{path}: {reason}", returncode=2)


def read_file(path, *, tell=lambda line: None, title=None, levels=None, roles=None):
    """The workshop in the file at `path`: a workshop file, or a ratings CSV by its ending.

    Parameters
    ----------
    path : Path
    tell : callable
        Called with a line about how far it is.
    title, levels, roles
        For a ratings CSV, as `ratings_csv.read` has them.

    Raises
    ------
    CommandError
        With exit code 2 and each problem with its place in the file.
    """
    is_csv = path.suffix.lower() in CSV_ENDINGS
    if not is_csv and (title is not None or levels is not None):
        raise refused(path, "--title and --levels are for a ratings CSV; a workshop file says both itself")
    begin = time.monotonic()
    try:
        data = _bytes(path)
        tell(f"{path}: {len(data) / 1e6:.1f} MB read, being checked …")
        if is_csv:
            known = {"title": path.stem if title is None else title, "levels": levels or ratings_csv.LEVELS}
            said = ratings_csv.read(data, roles=roles, **known)
        else:
            said = workshop_file.read(data)
    except OSError as error:
        raise refused(path, f"cannot be read: {error.strerror}") from None
    except FileRefused as error:
        raise refused(path, error) from None
    tell(f"Checked in {time.monotonic() - begin:.1f} s: {_counted(said)}.")
    return said


def _bytes(path):
    """All of a file; of one that is too large, at most one byte too many, so that it is refused and not kept."""
    with path.open("rb") as file:
        size = path.stat().st_size
        if size > OPERATOR_BYTES:
            raise refused(path, f"is too large: {size} bytes, at most {OPERATOR_BYTES} are taken")
        return file.read(OPERATOR_BYTES + 1)  # a pipe has no size


def _counted(said):
    answers = sum(len(each.ratings) for each in said.rounds)
    return f"people {len(said.people)}, items {len(said.items)}, answers {answers}"
