"""docs/deploy/Caddyfile: that it says what docker-compose.yml and the application count on."""

from tests.deploy import compose

SERVICES = compose.load(**compose.GIVEN)["services"]


def blocks(lines):
    """A Caddyfile's directives as a dict: each line, and what its braces hold (None without braces)."""
    found = {}
    for line in lines:
        words = line.split("#")[0].strip()
        if words == "}":
            break
        if words.endswith("{") and not words.endswith("\\{"):
            found[words[:-1].strip()] = blocks(lines)
        elif words:
            found[words] = None
    return found


CADDYFILE = blocks(iter((compose.ROOT / "docs/deploy/Caddyfile").read_text().splitlines()))


def test_it_serves_the_one_address_that_people_type():
    assert set(CADDYFILE) == {"", "{$SITE_URL}"}
    assert SERVICES["proxy"]["environment"]["SITE_URL"] == SERVICES["web"]["environment"]["SITE_URL"]


def test_it_listens_where_the_compose_file_looks_for_it():
    inside = {port.split(":")[1] for port in SERVICES["proxy"]["ports"]}

    assert {f"http_port {min(inside)}", f"https_port {max(inside)}"} <= set(CADDYFILE[""])


def test_it_speaks_http_2_so_that_many_tabs_share_a_connection():
    assert "protocols h1 h2" in CADDYFILE[""]["servers"]


def test_streams_go_out_unbuffered_and_uncompressed():
    site = CADDYFILE["{$SITE_URL}"]

    assert "@stream path /stream/*" in site
    assert site["reverse_proxy @stream web:8000"] == {"flush_interval -1": None}
    assert not any(directive.startswith("encode") for directive in site)


def test_it_asks_web_on_the_port_that_web_listens_on():
    upstreams = {words.split()[-1] for words in CADDYFILE["{$SITE_URL}"] if words.startswith("reverse_proxy")}

    assert upstreams == {f"web:{SERVICES['web']['environment']['PORT']}"}
    assert "--port" not in SERVICES["web"]["command"]  # uvicorn's own is 8000


def test_nobody_elses_word_on_where_a_request_came_from_is_taken():
    assert not any("trusted_proxies" in words or "X-Forwarded" in words for words in flat(CADDYFILE))


def flat(found):
    """Every directive at any depth."""
    for words, inner in found.items():
        yield words
        yield from flat(inner or {})
