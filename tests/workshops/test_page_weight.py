import gzip
import re
from pathlib import Path

import pytest

from tests.people import compute, rate_at_random

STYLES = Path("static/css")


@pytest.mark.parametrize("page", ["/", "/styleguide/", "/workshops/{id}/diff/", "/workshops/{id}/compare/"])
def test_the_style_sheets_of_a_page_stay_below_15_kb(client, ana, workshop, page):
    rate_at_random(workshop)
    compute(workshop)
    client.force_login(ana)

    html = client.get(page.format(id=workshop.public_id)).content.decode()

    sheets = re.findall(r'href="/static/css/([a-z]+)\.[0-9a-f]+\.css"', html)
    assert {"tokens", "base", "print"} <= set(sheets)
    assert sum(len(gzip.compress((STYLES / f"{sheet}.css").read_bytes())) for sheet in sheets) <= 15 * 1024
