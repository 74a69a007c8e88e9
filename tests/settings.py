"""The product's settings, on the servers of the test run: its environment has to be set before they are read."""

from tests import isolation

isolation.prepare()

from alignment.settings import *  # noqa: E402, F403
