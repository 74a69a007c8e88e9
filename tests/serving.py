"""The real ASGI application on a free port, in a thread of the test run."""

import socket
import threading
import time

import uvicorn


class Server:
    """Serves `application` until `stop`, on a free port or the one given; knows whether a request is still open."""

    def __init__(self, application, port=0):
        self.application = application
        self.open_requests = 0
        self.recorder = None  # told of every request and of every byte that is sent; see tests/recording.py
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(("127.0.0.1", port))
        self.address = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        config = uvicorn.Config(
            self.count,
            log_config=None,
            access_log=False,
            http="httptools",
            loop="uvloop",
            timeout_graceful_shutdown=1,
            interface="asgi3",
        )
        self.uvicorn = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.uvicorn.run, kwargs={"sockets": [self.socket]}, daemon=True)

    def start(self):
        """Return when it answers."""
        self.thread.start()
        while not self.uvicorn.started:
            if not self.thread.is_alive():
                raise RuntimeError("the application did not start")
            time.sleep(0.01)

    def stop(self):
        """End it, and with it open streams."""
        self.uvicorn.should_exit = True
        self.thread.join(10)
        self.socket.close()

    def wait_until_quiet(self):
        """Return when no request is open, streams aside: what a page asked for last may still be in the database."""
        deadline = time.monotonic() + 10
        while self.open_requests:
            if time.monotonic() > deadline:
                raise TimeoutError("a request is still being answered")
            time.sleep(0.005)

    async def count(self, scope, receive, send):
        """The application, with its open requests counted."""
        if self.recorder is not None and scope["type"] == "http":
            receive, send = self.recorder.listen(scope, receive, send)
        if scope["type"] != "http" or scope["path"].startswith("/stream"):
            await self.application(scope, receive, send)
            return
        self.open_requests += 1
        try:
            await self.application(scope, receive, send)
        finally:
            self.open_requests -= 1
