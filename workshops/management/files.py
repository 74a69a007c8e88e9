"""Reading a file that an operator names."""

from django.core.management.base import CommandError

from workshops.files.workshop_file import FileRefused, read


def read_file(path):
    """The workshop file at `path`.

    Raises
    ------
    CommandError
        With exit code 2 and each problem with its place in the file.
    """
    try:
        return read(path.read_bytes())
    except OSError as error:
        raise CommandError(f"{path}: cannot be read: {error.strerror}", returncode=2) from None
    except FileRefused as error:
        raise CommandError(f"{path}: {error}", returncode=2) from None
