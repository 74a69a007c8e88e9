"""The log: one JSON object a line. It never holds a body, a query string, a name or a whole address."""

import datetime as dt
import json
import logging

FIELDS = ("request_id", "method", "path", "status", "milliseconds", "job", "workshop")


class JsonFormatter(logging.Formatter):
    """Formats a record as one line of JSON; `extra` fields that FIELDS names come along."""

    def format(self, record):
        """The record as text."""
        line = {
            "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
        }
        line |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def _message(record):
    """Django ends what it says about a request with its address; it may let somebody in, so its route stands there."""
    request = getattr(record, "request", None)
    if request is None or not isinstance(record.args, tuple) or not record.args:
        return record.getMessage()
    match = request.resolver_match
    return record.msg % (*record.args[:-1], f"/{match.route}" if match else "(no route)")
