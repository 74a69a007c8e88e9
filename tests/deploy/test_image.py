"""The Dockerfile, as far as it can be held without building: what it takes in, and how it runs."""

import re

from alignment import environment
from tests.deploy import compose
from tests.deploy.image import instructions, last_stage, sent

SERVICES = compose.load(**compose.GIVEN)["services"]


def test_nothing_but_the_application_is_sent_to_the_build():
    assert set(sent()) == {
        *("alignment", "bin", "samples", "static", "templates", "workshops"),
        *("manage.py", "pyproject.toml", "uv.lock", ".python-version", "LICENSE", "NOTICE"),
    }


def test_the_image_holds_the_locked_packages_without_those_for_development():
    commands = [rest for name, rest in instructions() if name == "RUN"]

    assert "uv sync --frozen --no-dev --no-cache" in commands


def test_the_images_python_is_the_one_of_the_checkout():
    wanted = (compose.ROOT / ".python-version").read_text().strip()
    bases = [rest.split()[0] for name, rest in instructions() if name == "FROM"]

    assert bases == [f"python:{wanted}-slim"] * 2


def test_it_runs_as_the_user_that_the_compose_file_names():
    (user,) = [rest for name, rest in last_stage() if name == "USER"]

    assert {
        service["user"] for service in compose.load(**compose.GIVEN)["services"].values() if "build" in service
    } == {user}
    assert f"--uid {user.split(':')[0]} " in dict(last_stage())["RUN"]


def test_no_secret_stays_in_the_image():
    kept = [rest for name, rest in instructions() if name in ("ENV", "ARG")]

    assert not re.search("SECRET|PASSWORD|TOKEN", " ".join(kept))


def test_it_sets_only_variables_that_somebody_reads():
    (line,) = [rest for name, rest in last_stage() if name == "ENV"]
    names = set(re.findall(r"([A-Z_]+)=", line))

    known = {setting.name for setting in environment.SETTINGS}
    assert names == {"PATH", "DJANGO_SETTINGS_MODULE", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"} | (names & known)


def test_the_image_alone_starts_what_the_compose_file_starts_as_web():
    (command,) = [rest for name, rest in last_stage() if name == "CMD"]

    assert re.findall(r'"([^"]+)"', command) == compose.words(
        compose.load(**compose.GIVEN)["services"]["web"]["command"]
    )


def test_static_files_are_collected_compressed_and_named_by_content(image):
    collected = sorted(path.name for path in (image.folder / "staticfiles").rglob("*htmx.min*"))

    assert collected[0] == "htmx.min.{}.js".format(collected[0].split(".")[2])
    assert {"htmx.min.js", "htmx.min.js.gz", f"{collected[0]}.gz"} <= set(collected)


def test_the_build_leaves_no_key_behind(image):
    assert not [path for path in image.files() if "secret" in path.rsplit("/", 1)[-1]]
