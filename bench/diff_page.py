"""How long the server takes for the diff page, beside its own home page in the same run: python -m bench.diff_page

Starts servers of its own in a temporary folder, stores workshops of 11 x 30 and of NaPiRE's 228 x 22, and asks for each
page many times in one process, without a network.
"""

import os
import statistics
import tempfile
import time
from pathlib import Path

TIMES = 40


def main():
    """Prints medians, ratios and query counts."""
    with tempfile.TemporaryDirectory(prefix="parallax-bench-") as folder:
        os.environ["PARALLAX_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "alignment.settings"
        os.environ["LOG_LEVEL"] = "ERROR"
        from alignment.embedded import servers

        with servers.available(Path(folder), "bench"):
            import django

            django.setup()
            from django.core.management import call_command

            call_command("migrate", verbosity=0)
            call_command("collectstatic", verbosity=0, interactive=False)
            measure(prepare())


def prepare():
    """A signed-in client and the pages by name."""
    from django.test import Client

    from tests.people import compute, make_workshop, rate_at_random
    from workshops.files import storing, workshop_file
    from workshops.models import Membership, Team, User

    user = User.objects.of_email("bench@example.com")
    napire = storing.store(workshop_file.read(Path("samples/napire.json").read_bytes()), sample="napire")
    napire.team.add_member(user, Membership.Access.OWNER)
    team = Team.objects.create(name="Bench")
    team.add_default_roles()
    team.add_member(user, Membership.Access.OWNER)
    small = make_workshop(team, people=11, items=30)
    rate_at_random(small)
    for workshop in (small, napire):
        compute(workshop)
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(user)
    pages = {
        "home": "/",
        "diff page, 11 x 30": f"/workshops/{small.public_id}/diff/",
        "diff page, 228 x 22": f"/workshops/{napire.public_id}/diff/",
    }
    return client, pages


def measure(prepared):
    """Ask for each page by turns, so that a busy neighbour slows all of them alike."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, pages = prepared
    seconds = {name: [] for name in pages}
    for turn in range(TIMES + 3):
        for name, address in pages.items():
            began = time.perf_counter()
            response = client.get(address, headers={"accept-encoding": "gzip"})
            if turn >= 3:
                seconds[name].append(time.perf_counter() - began)
    medians = {name: statistics.median(taken) * 1000 for name, taken in seconds.items()}
    print(f"{'page':<22}{'median ms':>10}{'p95 ms':>9}{'x home':>8}{'queries':>9}{'KB gzip':>9}")
    for name, address in pages.items():
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address, headers={"accept-encoding": "gzip"})
        p95 = statistics.quantiles(seconds[name], n=20)[-1] * 1000
        ratio, size = medians[name] / medians["home"], len(response.content) / 1024
        print(f"{name:<22}{medians[name]:>10.1f}{p95:>9.1f}{ratio:>8.1f}{len(queries):>9}{size:>9.1f}")


if __name__ == "__main__":
    main()
