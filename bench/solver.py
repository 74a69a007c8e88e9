"""What an attacker works out of everything that random workshops publish: python -m bench.solver [workshops] [seed]

Starts servers of its own in a temporary folder, makes workshops of 3 to 30 people, reads all that a member, observer or
facilitator, and participants, are shown, before and after somebody withdrew, and tries to recover the summed answers of
fewer than k people. The rules must leave 0; with each of them switched off, the same attack must find sets.
"""

import os
import sys
import tempfile
import time
from pathlib import Path
from unittest import mock

SEED = 20261122
CONTROLS = 20


def main():
    """Prints what was tried and recovered; fails where anything was."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    seed = sys.argv[2] if len(sys.argv) > 2 else SEED
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
            sys.exit(attack(count, seed))


def attack(count, seed):
    """The campaign with all rules, then with each one switched off."""
    from tests.solver import campaign

    began = time.monotonic()
    outcome = campaign.run(seed, count, participants=2, between=_say)
    print(f"seed {seed}: {_words(outcome)}, {(time.monotonic() - began) / 60:.1f} min", flush=True)
    for each in outcome.tried.recovered[:20]:
        print("  ", each)
    for name, switch in _switches().items():
        with switch:
            print(f"without {name}: {_words(campaign.run(seed, min(count, CONTROLS), participants=2))}", flush=True)
    return 1 if outcome.tried.recovered else 0


def _switches():
    from workshops.visibility import Said, Sight

    def all_shown(self, counts, beside=0):
        return frozenset(counts)

    def no_second(self, counts, beside=0):
        return frozenset(key for key, n in counts.items() if n >= self.least)

    return {
        "a smallest group": mock.patch.object(Sight, "large_enough", all_shown),
        "hiding a second group": mock.patch.object(Sight, "large_enough", no_second),
        "hiding groups that answered alike": mock.patch.object(Said, "is_alike", False),
        "hiding results after a withdrawal": mock.patch.object(Sight, "would_tell_who_withdrew", False),
    }


def _say(outcome):
    if outcome.workshops % 20 == 0:
        print(f"   {_words(outcome)}", flush=True)


def _words(outcome):
    tried, found = outcome.tried, ", ".join(f"{n} {how}" for how, n in sorted(outcome.found.items()))
    return (
        f"{outcome.workshops} workshops ({outcome.changed} read again after a withdrawal), {tried.sets} sets tried, "
        f"{len(tried.recovered)} recovered ({outcome.share:.1%}{': ' + found if found else ''}), "
        f"{tried.told_by_the_whole} told by the whole being of one answer"
    )


if __name__ == "__main__":
    main()
