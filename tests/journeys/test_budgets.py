"""What a first visit to the diff page sends over the network, compressed, with an empty cache."""

from tests.people import compute, make_workshop, rate_at_random

KIB = 1024


def test_a_first_visit_stays_within_its_budget(sign_in, oda, team):
    workshop = make_workshop(team, people=11, items=30)
    rate_at_random(workshop)
    compute(workshop)
    page = sign_in("oda@example.com")
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    session.send("Network.setBypassServiceWorker", {"bypass": True})  # what it passes on would count as nothing
    kinds, sizes = {}, {}
    session.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    session.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))

    page.goto(f"/workshops/{workshop.public_id}/diff/", wait_until="load")
    page.wait_for_timeout(1500)  # what the page asks for by itself afterwards counts too

    sent = {}
    for request, size in sizes.items():
        sent[kinds[request]] = sent.get(kinds[request], 0) + size
    assert sent["Document"] > 0
    assert sent.pop("Font") <= 35 * KIB
    assert sent["Script"] <= 35 * KIB
    assert sum(sent.values()) <= 100 * KIB, sent
