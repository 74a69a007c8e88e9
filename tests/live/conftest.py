"""A server with streams of its own, so that its clocks can be set, and people around one workshop."""

import subprocess
import time

import pytest
import redis

from alignment.embedded import valkey
from tests.serving import Server


@pytest.fixture
def ana(transactional_db):
    """Owns the team whose workshop is followed."""
    from workshops.models import User

    return User.objects.create(email="ana@example.org", name="Ana")


@pytest.fixture
def team(ana):
    from workshops.models import Team

    team = Team.objects.create(name="Lighthouse")
    team.add_member(ana, "owner")
    return team


@pytest.fixture
def ben(team):
    """A member."""
    from workshops.models import User

    ben = User.objects.create(email="ben@example.org", name="Ben")
    team.add_member(ben, "member")
    return ben


@pytest.fixture
def workshop(team):
    from workshops.models import Segment, Workshop

    segment = Segment.objects.create(team=team, name="Small practices")
    return Workshop.objects.create(team=team, segment=segment, title="Autumn", question="What holds them up?")


@pytest.fixture
def olga(transactional_db):
    """Owns another team, with a workshop of its own."""
    from workshops.models import Segment, Team, User, Workshop

    olga = User.objects.create(email="olga@example.org", name="Olga")
    team = Team.objects.create(name="Harbour")
    team.add_member(olga, "owner")
    segment = Segment.objects.create(team=team, name="Ferries")
    Workshop.objects.create(team=team, segment=segment, title="Spring", question="Who waits?")
    return olga


@pytest.fixture
def serve(transactional_db):
    """Starts a web process's streams, with the given options, and returns their address."""
    from alignment.serving.front import Front
    from workshops.streams import Streams

    async def no_pages(scope, receive, send):
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    servers = []

    def start(limit=100, **options):
        server = Server(Front(pages=no_pages, streams=Streams(limit=limit, **options)))
        server.start()
        servers.append(server)
        return server.address

    yield start
    for server in servers:
        server.stop()


class Redis:
    """A server of this test alone, to be stopped and started again."""

    def __init__(self, folder):
        self.socket = folder / "redis.sock"
        self.url = f"unix://{self.socket}?db=3"

    def start(self):
        argv = [valkey.program(), "--port", "0", "--unixsocket", self.socket, "--save", "", "--dir", self.socket.parent]
        self.process = subprocess.Popen(argv, stdout=subprocess.DEVNULL)
        with redis.Redis.from_url(self.url) as client:
            while not self._answers(client):
                time.sleep(0.01)

    def stop(self):
        self.process.kill()
        self.process.wait()

    def _answers(self, client):
        try:
            return client.ping()
        except redis.RedisError:
            return False


@pytest.fixture
def own_redis(tmp_path_factory, settings):
    """A Redis that the test may stop; what is announced goes there."""
    server = Redis(tmp_path_factory.mktemp("r"))
    server.start()
    settings.REDIS_URL = server.url
    yield server
    server.stop()
