import gzip
import re
from pathlib import Path

import pytest

from tests.people import compute, rate_at_random, take_seat

STYLES = Path("static/css")


@pytest.mark.parametrize(
    "page", ["/", "/styleguide/", "/workshops/{id}/diff/", "/workshops/{id}/compare/", "/workshops/{id}/consolidate/"]
)
def test_the_style_sheets_of_a_page_stay_below_15_kb(client, ana, workshop, page):
    rate_at_random(workshop)
    compute(workshop)
    client.force_login(ana)

    assert weight(client.get(page.format(id=workshop.public_id))) <= 15 * 1024


def test_the_style_sheets_of_the_rating_stay_below_15_kb_too(client, workshop):
    take_seat(client, workshop.participants.first())

    assert weight(client.get(f"/workshops/{workshop.public_id}/rate/")) <= 15 * 1024


def weight(response):
    """Bytes of a page's style sheets, compressed."""
    sheets = re.findall(r'href="/static/css/([a-z]+)\.[0-9a-f]+\.css"', response.content.decode())
    assert {"tokens", "base", "print"} <= set(sheets)
    return sum(len(gzip.compress((STYLES / f"{sheet}.css").read_bytes())) for sheet in sheets)
