"""What the app takes from its environment, and what it refuses to start with."""

import re

import pytest

from alignment import environment

KEY = "k" * 40


@pytest.fixture
def variables(monkeypatch):
    """Sets the environment to just these variables."""

    def only(**values):
        for setting in environment.SETTINGS:
            monkeypatch.delenv(setting.name, raising=False)
            monkeypatch.delenv(f"{setting.name}_FILE", raising=False)
        for name, value in values.items():
            monkeypatch.setenv(name, value)

    return only


def test_without_any_variable_the_defaults_hold(variables):
    variables()

    assert environment.read() == {setting.name: setting.default for setting in environment.SETTINGS}


def test_a_secret_may_be_a_file(variables, tmp_path):
    path = tmp_path / "key"
    path.write_text(f"{KEY}\n")
    variables(SECRET_KEY_FILE=str(path))

    assert environment.read()["SECRET_KEY"] == KEY


def test_every_bad_value_is_named_with_its_reason_at_once(variables):
    variables(
        PORT="http",
        TIME_ZONE="Berlin",
        SMTP_SECURITY="ssl",
        WEB_THREADS="0",
        SITE_URL="parallax.example.com",
        MAIL_FROM="",
    )

    with pytest.raises(environment.BadEnvironment) as refused:
        environment.read()

    lines = str(refused.value).splitlines()
    assert lines[0] == "The environment cannot be used:"
    assert sorted(re.match(r"  (\w+): .", line)[1] for line in lines[1:]) == [
        "PORT", "SITE_URL", "SMTP_SECURITY", "TIME_ZONE", "WEB_THREADS",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "values, problem",
    [
        ({"SITE_URL": "https://parallax.example.com"}, "SECRET_KEY: needed when SITE_URL is set."),
        ({"SECRET_KEY": "short"}, "SECRET_KEY: at least 32 characters, got 5."),
        ({"DATABASE_URL": "mysql://localhost/x"}, "DATABASE_URL: must begin with postgresql://"),
        ({"REDIS_URL": "amqp://localhost"}, "REDIS_URL: must begin with redis://, rediss:// or unix://"),
    ],
)
def test_values_that_do_not_go_together_are_refused(variables, values, problem):
    variables(**values)

    with pytest.raises(environment.BadEnvironment, match=re.escape(problem)):
        environment.read()


def test_a_secret_file_that_is_not_there_is_refused(variables, tmp_path):
    variables(SECRET_KEY_FILE=str(tmp_path / "none"))

    with pytest.raises(environment.BadEnvironment, match=r"SECRET_KEY: .*readable file"):
        environment.read()


def test_the_local_key_is_made_once_and_readable_by_its_owner_alone(tmp_path):
    first = environment.local_secret_key(tmp_path / "new")
    second = environment.local_secret_key(tmp_path / "new")

    assert first == second
    assert len(first) >= 50
    assert (tmp_path / "new" / "secret_key").stat().st_mode & 0o777 == 0o600
