"""What the pages for strangers say exists: files, commands, services, settings."""

import re

import pytest
from django.core.management import get_commands

from alignment import environment
from tests.deploy import compose

PAGES = ["README.md", *(f"docs/{path.name}" for path in sorted((compose.ROOT / "docs").glob("*.md")))]
TEXTS = {page: (compose.ROOT / page).read_text() for page in PAGES}
OUTSIDE = ("http://", "https://")


def test_the_pages_are_there():
    assert set(PAGES) >= {
        "README.md",
        *("docs/architecture.md", "docs/contributing.md", "docs/security.md"),
        *("docs/self-hosting.md", "docs/settings.md"),
    }


def test_the_settings_page_is_what_the_command_prints():
    assert TEXTS["docs/settings.md"] == environment.reference()


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_a_file(page):
    folder = (compose.ROOT / page).parent
    links = [link for link in re.findall(r"\]\(([^)\s]+)\)", TEXTS[page]) if not link.startswith(OUTSIDE)]

    assert [link for link in links if not (folder / link.split("#")[0]).exists()] == []


def test_every_make_target_exists():
    named = {target for text in TEXTS.values() for target in re.findall(r"^make ([a-z]+)", text, re.MULTILINE)}
    makefile = (compose.ROOT / "Makefile").read_text()

    assert named >= {"run", "test"}
    assert named <= set(re.search(r"^([a-z ]+):$", makefile, re.MULTILINE)[1].split())


def test_every_command_exists():
    named = {
        command
        for text in TEXTS.values()
        for command in re.findall(r"(?:bin/parallax|python manage\.py|`manage\.py) ([a-z_]+)", text)
    }

    assert named >= {"import_workshop", "analyse", "createowner", "settings_reference"}
    assert named <= set(get_commands())


def test_every_service_in_a_shell_example_exists():
    services = compose.load(**compose.GIVEN)["services"]
    named = re.findall(r"docker compose (?:exec|logs)(?: -T)? ([a-z]+)", "".join(TEXTS.values()))
    scaled = re.findall(r"--scale ([a-z]+)=", "".join(TEXTS.values()))

    assert {"web", "postgres"} <= set(named)
    assert set(named) | set(scaled) <= set(services)


@pytest.mark.parametrize("page", PAGES)
def test_every_setting_that_a_page_names_exists(page):
    known = {setting.name for setting in environment.SETTINGS}
    shell = set(re.findall(r"\b([A-Z][A-Z_]{3,})=", TEXTS[page]))

    assert shell <= known | {"ARGS"}


def test_the_licence_is_the_whole_of_apache_2():
    text = (compose.ROOT / "LICENSE").read_text()

    assert "Apache License\n                           Version 2.0, January 2004" in text
    assert [f"\n   {n}. " in text for n in range(1, 10)] == [True] * 9
    assert "END OF TERMS AND CONDITIONS" in text
