"""What the content security policy forbids, and what would undo escaping, is in no template."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
FORBIDDEN = {
    "an inline style": r"<style|\sstyle\s*=",
    "an inline handler": r"\son\w+\s*=|hx-on",
    "an inline script": r"<script(?![^>]*\ssrc=)",
    "another host": r"""(?:src|href|action)=["'](?:https?:)?//""",
    "a way around escaping": r"\|\s*safe\b|autoescape off|mark_safe",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_page_has(what):
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in TEMPLATES
        for match in re.finditer(FORBIDDEN[what], path.read_text())
    ]

    assert found == []


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("an inline style", '<p style="color: red">'),
        ("an inline handler", '<p onclick="x()">'),
        ("an inline script", "<script>x()</script>"),
        ("another host", '<img src="//example.com/x.png">'),
        ("a way around escaping", "{{ name|safe }}"),
    ],
)
def test_the_search_finds_what_it_looks_for(what, text):
    assert re.search(FORBIDDEN[what], text)


def test_every_icon_and_style_sheet_that_a_page_names_is_there():
    icons = set(re.findall(r'<symbol id="([^"]+)"', (ROOT / "static" / "icons" / "sprite.svg").read_text()))
    missing = []
    for path in TEMPLATES:
        text = path.read_text()
        missing += [
            name
            for name in re.findall(r"""{% static ["']([^"']+)["'] %}""", text)
            if not (ROOT / "static" / name).is_file()
        ]
        missing += [icon for icon in re.findall(r"sprite\.svg[\"'] %}#([a-z0-9-]+)", text) if icon not in icons]

    assert missing == []


def test_every_form_that_posts_gets_its_token():
    """`include … only` takes the token away, unless it is handed on; the test client would not notice."""
    tokened = {path.name for path in TEMPLATES if "{% csrf_token %}" in path.read_text()}
    lone = re.compile(r'{% include "[\w/]*?([\w.]+)"([^%]*?) only %}')

    without = [
        (path.name, name)
        for path in TEMPLATES
        for name, handed_on in lone.findall(path.read_text())
        if name in tokened and "csrf_token=csrf_token" not in handed_on
    ]

    assert without == []
