"""Say who may come in and how much they may ask: sign-in, sizes, requests a minute, requests at once."""

from __future__ import annotations

import ipaddress
import os
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from reviewer.errors import ReviewerError

_MOST_VISITORS = 10_000
"""Visitors whose requests are counted at once; the one seen least recently leaves first."""

_MINUTE = 60.0
_SHORTEST_PASSWORD = 8


class LimitError(ReviewerError):
    """Refuse a setting of the form that makes no sense; names the variable, its value and the remedy."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Hold what the form allows; each is set by the environment variable named beside it.

    `text` is in characters of one draft (OKR_MAX_TEXT), `file` in megabytes of one upload (OKR_MAX_FILE), `a_minute` counts
    requests of one visitor (OKR_PER_MINUTE), `at_once` those that run together (OKR_AT_ONCE), `waiting` those in the queue
    (OKR_MAX_WAITING), `models_at_once` the critiques and model drafts that run together (OKR_MODELS_AT_ONCE).
    """

    text: int = 20_000
    file: int = 10
    a_minute: int = 60
    at_once: int = 8
    waiting: int = 100
    models_at_once: int = 2

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Limits:
        """Read the limits; raises LimitError for one that is no whole number above zero."""
        read = {}
        for each in fields(cls):
            value = environment.get(_VARIABLES[each.name], "").strip()
            if value:
                if not value.isascii() or not value.isdigit() or int(value) < 1:
                    msg = f"{_VARIABLES[each.name]} is {value!r}; write a whole number above zero, such as {each.default}"
                    raise LimitError(msg)
                read[each.name] = int(value)
        return cls(**read)


_VARIABLES = {
    "text": "OKR_MAX_TEXT",
    "file": "OKR_MAX_FILE",
    "a_minute": "OKR_PER_MINUTE",
    "at_once": "OKR_AT_ONCE",
    "waiting": "OKR_MAX_WAITING",
    "models_at_once": "OKR_MODELS_AT_ONCE",
}


def sign_in(environment: Mapping[str, str] = os.environ) -> list[tuple[str, str]]:
    """Read who may sign in, from OKR_SIGN_IN ("name:password,name:password") or the lines of OKR_SIGN_IN_FILE; empty without either.

    Raises LimitError for an entry without a name or with a password of fewer than 8 characters; no password is repeated.
    """
    given = environment.get("OKR_SIGN_IN", "").strip()
    path = environment.get("OKR_SIGN_IN_FILE", "").strip()
    if given and path:
        raise LimitError("OKR_SIGN_IN and OKR_SIGN_IN_FILE are both set; keep one of them")
    entries = given.split(",")
    if path:
        try:
            entries = Path(path).read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            msg = f"OKR_SIGN_IN_FILE names {path}, which cannot be read ({type(error).__name__}); write name:password, one a line"
            raise LimitError(msg) from error
    variable = "OKR_SIGN_IN_FILE" if path else "OKR_SIGN_IN"
    people = []
    for number, entry in enumerate((each.strip() for each in entries if each.strip()), start=1):
        name, colon, password = entry.partition(":")
        if not colon or not name.strip() or len(password) < _SHORTEST_PASSWORD:
            msg = f"{variable}: entry {number} is no name:password with a password of {_SHORTEST_PASSWORD} characters or more"
            raise LimitError(msg)
        people.append((name.strip(), password))
    if (given or path) and not people:
        msg = f"{variable} names nobody; write name:password, or take it out"
        raise LimitError(msg)
    return people


def refuse_open_door(host: str, people: list[tuple[str, str]], allow_anyone: bool) -> None:
    """Refuse to serve beyond this machine without sign-in, unless that was said in so many words; raises LimitError."""
    if people or allow_anyone or is_loopback(host):
        return
    msg = (
        f"serving at {host} would let anyone on the network in; set OKR_SIGN_IN=name:password, "
        "serve at 127.0.0.1 only, or say --allow-anyone where something else keeps the door"
    )
    raise LimitError(msg)


def is_loopback(host: str) -> bool:
    """Tell whether an address is this machine's own."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


class Turnstile:
    """Count each visitor's requests in the last minute; keeps addresses and times in memory, nothing else."""

    def __init__(self, a_minute: int) -> None:
        self.a_minute = a_minute
        self._lock = threading.Lock()
        self._times: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, visitor: str, now: float | None = None) -> float:
        """Count a request; gives 0 when it may pass, else the seconds to wait. `now` is in seconds of a monotonic clock."""
        now = time.monotonic() if now is None else now
        with self._lock:
            times = self._times.setdefault(visitor, deque())
            self._times.move_to_end(visitor)
            while len(self._times) > _MOST_VISITORS:
                self._times.popitem(last=False)
            while times and times[0] <= now - _MINUTE:
                times.popleft()
            if len(times) >= self.a_minute:
                return _MINUTE - (now - times[0])
            times.append(now)
            return 0.0


def visitor_of(request: Any) -> str:
    """Name a visitor for counting: who signed in, else the address the request came from."""
    name = getattr(request, "username", None)
    if name:
        return f"name:{name}"
    client = getattr(request, "client", None)
    return f"address:{getattr(client, 'host', None) or '?'}"
