"""What docker-compose.yml promises, read from the file."""

import re

import pytest

from alignment import environment
from tests.deploy import compose

SERVICES = compose.load(**compose.GIVEN)["services"]
ONCE = {"migrate"}
OURS = {"web", "worker", "scheduler", "migrate"}
KNOWN = {setting.name for setting in environment.SETTINGS}


def test_the_services_are_those_of_an_installation():
    assert set(SERVICES) == OURS | {"proxy", "postgres", "redis"}


@pytest.mark.parametrize("missing", ["SECRET_KEY", "SITE_URL"])
def test_it_does_not_start_without_its_two_variables(missing):
    given = {name: value for name, value in compose.GIVEN.items() if name != missing}

    with pytest.raises(compose.MissingVariableError, match=missing):
        compose.load(**given)


def test_two_variables_are_enough():
    needed = {name for name in compose.interpolated() if name not in compose.GIVEN}

    assert needed == {"DATABASE_URL", "REDIS_URL"}
    assert SERVICES["web"]["environment"]["DATABASE_URL"] == "postgresql://parallax:parallax@postgres:5432/parallax"
    assert SERVICES["web"]["environment"]["REDIS_URL"] == "redis://redis:6379/0"


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_every_service_has_few_rights(name):
    service = SERVICES[name]

    assert service["user"].split(":")[0] not in ("", "0", "root")
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["read_only"] is True
    assert service["init"] is True
    assert "privileged" not in service
    assert service.get("cap_add", []) == (["NET_BIND_SERVICE"] if name == "proxy" else [])


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_every_service_runs_on_and_says_how_it_is(name):
    service = SERVICES[name]

    if name in ONCE:
        assert service["restart"] == "no"
        assert "healthcheck" not in service
    else:
        assert service["restart"] == "unless-stopped"
        assert {"test", "interval", "timeout", "retries"} <= set(service["healthcheck"])
        assert service["stop_grace_period"].endswith("s")


def test_only_the_proxy_has_ports():
    assert {name: service["ports"] for name, service in SERVICES.items() if "ports" in service} == {
        "proxy": ["80:8080", "443:8443"]
    }


def test_postgresql_and_redis_are_on_a_network_without_a_way_out():
    file = compose.load(**compose.GIVEN)

    assert SERVICES["postgres"]["networks"] == SERVICES["redis"]["networks"] == ["inside"]
    assert SERVICES["proxy"]["networks"] == ["outside"]
    assert file["networks"]["inside"] == {"internal": True}


def test_what_is_kept_is_in_named_volumes():
    file = compose.load(**compose.GIVEN)
    mounts = {name: service["volumes"] for name, service in SERVICES.items() if "volumes" in service}

    assert mounts == {
        "postgres": ["database:/var/lib/postgresql"],
        "proxy": ["./docs/deploy/Caddyfile:/etc/caddy/Caddyfile:ro", "certificates:/data/caddy"],
    }
    assert set(file["volumes"]) == {"database", "certificates"}
    assert (compose.ROOT / "docs/deploy/Caddyfile").is_file()


def test_foreign_images_are_pinned_to_a_major_version():
    images = {name: service["image"] for name, service in SERVICES.items() if name not in OURS}

    assert all(re.fullmatch(r"[a-z/]+:\d+(-[a-z]+)?", image) for image in images.values())


def test_one_image_of_ours_serves_all_four():
    assert {(service["image"], service["build"]) for name, service in SERVICES.items() if name in OURS} == {
        ("parallax:local", ".")
    }


def test_everything_waits_for_the_tables_and_those_for_postgresql():
    after = {name: SERVICES[name]["depends_on"]["migrate"]["condition"] for name in OURS - ONCE}

    assert after == dict.fromkeys(("web", "worker", "scheduler"), "service_completed_successfully")
    assert SERVICES["migrate"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    assert SERVICES["proxy"]["depends_on"] == {"web": {"condition": "service_healthy"}}


@pytest.mark.parametrize("name", sorted(OURS))
def test_the_application_knows_every_variable_it_is_given(name):
    assert set(SERVICES[name]["environment"]) <= KNOWN | {"PARALLAX_PROCESS"}


def test_the_application_believes_exactly_the_one_proxy():
    assert SERVICES["web"]["environment"]["TRUSTED_PROXY_COUNT"] == "1"
    assert "--no-proxy-headers" in compose.words(SERVICES["web"]["command"])


def test_the_example_lists_only_settings_that_exist():
    names = [name for name, _, _ in compose.example()]

    assert set(names) <= KNOWN
    assert len(names) == len(set(names))
    assert [name for name, _, is_comment in compose.example() if not is_comment] == ["SECRET_KEY", "SITE_URL"]
    assert compose.interpolated() <= set(names)


def test_the_example_does_not_bring_a_key():
    values = {name: value for name, value, _ in compose.example()}

    assert values["SECRET_KEY"] == ""


def test_the_examples_can_be_used_as_they_are(monkeypatch):
    for setting in environment.SETTINGS:
        monkeypatch.delenv(setting.name, raising=False)
    for name, value, _ in compose.example():
        monkeypatch.setenv(name, value or "a-key-or-password-of-at-least-32-characters")

    read = environment.read()

    assert read["SMTP_SECURITY"] == "starttls"
    assert read["SITE_URL"] == "https://parallax.example.com"
