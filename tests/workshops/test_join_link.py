"""The code, the link and the picture by which guests ask to come in."""

import re
import xml.etree.ElementTree as ET

import pytest
import segno

from workshops.models import Workshop


def test_the_sheet_shows_the_code_in_groups_and_the_link(client, workshop, ana):
    Workshop.objects.update(join_code="ABCDEFGH", join_token="a-token-of-the-link")
    client.force_login(ana)

    page = client.get(f"/workshops/{workshop.public_id}/join-link/").content.decode()

    assert "ABCD EFGH" in page
    assert 'value="http://127.0.0.1:8000/join/a-token-of-the-link/"' in page
    assert "127.0.0.1:8000/join/" in page
    assert f'src="/workshops/{workshop.public_id}/join-link.svg"' in page


def test_the_picture_holds_the_link_dark_on_light_and_scales(client, workshop, ana):
    client.force_login(ana)

    response = client.get(f"/workshops/{workshop.public_id}/join-link.svg")

    drawn = ET.fromstring(response.content)  # noqa: S314  our own
    expected = segno.make(f"http://127.0.0.1:8000/join/{workshop.join_token}/", error="m", micro=False)
    size = expected.symbol_size(border=4)[0]
    colours = [path.get("fill") or path.get("stroke") for path in drawn]
    assert response["Content-Type"] == "image/svg+xml"
    assert "no-store" in response["Cache-Control"]
    assert drawn.get("viewBox") == f"0 0 {size} {size}"
    assert drawn.get("width") is None
    assert colours == ["#fff", "#000"]
    assert dark_modules(drawn, size) == {
        (x + 4, y + 4) for y, row in enumerate(expected.matrix) for x, dark in enumerate(row) if dark
    }
    assert b"style=" not in response.content


def dark_modules(drawn, size):
    """The squares that the picture's dark path covers, read from its strokes."""
    x = y = 0.0
    found = set()
    for command, first, second in re.findall(r"([Mmh])\s*(-?[\d.]+)(?:[ ,]?(-?[\d.]+))?", drawn[1].get("d")):
        if command == "h":
            found |= {(int(x) + n, int(y)) for n in range(int(first))}
            x += int(first)
        else:
            base = (0.0, 0.0) if command == "M" else (x, y)
            x, y = base[0] + float(first), base[1] + float(second)
    assert all(0 <= side < size for square in found for side in square)
    return found


def test_a_new_code_replaces_code_link_and_picture(client, workshop, ana):
    before = (workshop.join_code, workshop.join_token)
    client.force_login(ana)
    picture = client.get(f"/workshops/{workshop.public_id}/join-link.svg").content

    client.post(f"/workshops/{workshop.public_id}/join-link/")

    workshop.refresh_from_db()
    assert workshop.join_code != before[0]
    assert workshop.join_token != before[1]
    assert client.get(f"/workshops/{workshop.public_id}/join-link.svg").content != picture
    assert [(entry.actor, entry.action) for entry in workshop.audit.all()] == [("Ana", "new_code")]


@pytest.mark.parametrize("where", ["join-link/", "join-link.svg"])
def test_only_facilitators_see_it(client, workshop, ben, olga, where):
    answers = [client.get(f"/workshops/{workshop.public_id}/{where}").status_code]
    for user in (ben, olga):
        client.force_login(user)
        answers.append(client.get(f"/workshops/{workshop.public_id}/{where}").status_code)

    assert answers == [404, 403, 404]
