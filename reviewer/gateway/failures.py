"""Say in plain words why a provider gave no reply, and whether to try again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from reviewer.gateway.destinations import Place, address
from reviewer.gateway.scrubbing import one_line

_TRY_AGAIN = (408, 409, 425, 429)
_NO_CREDIT = re.compile(r"insufficient[_ ]quota|exceeded your current quota|credit balance|billing|payment required", re.IGNORECASE)
_NO_KEY = re.compile(
    r"api[_ -]?key.{0,80}(?:must be set|not set|missing|none)|missing.{0,40}(?:api[_ -]?key|credentials)", re.IGNORECASE | re.DOTALL
)
_TOO_LONG = re.compile(
    r"context[ _](?:length|window)|maximum context|exceeds? .{0,40}context|too many tokens|prompt is too long", re.IGNORECASE
)
_NO_CONNECTION = re.compile(
    r"connection error|cannot connect|connect call failed|connection refused|name or service|disconnected|broken pipe|reset by peer",
    re.IGNORECASE,
)
_UNREADABLE = re.compile(r"empty or invalid response|expecting value|invalid response object|validating json|jsondecode", re.IGNORECASE)
_LITELLM_PREFIX = re.compile(r"\A(?:litellm\.\w+: )?(?:\w+(?:Error|Exception)\b:? ?-? ?)*")


class CallFailedError(Exception):
    """Hold one call that brought no reply.

    `said` is what the provider wrote (scrubbed), `reason` the same in plain words; `transient` failures are worth another
    try, after `retry_after` seconds where the provider said so; `settled` ones would fail in any manner of asking;
    `lost` ones may have been charged for; those not `sent` never left this process.
    """

    def __init__(
        self,
        reason: str,
        *,
        status: int | None = None,
        said: str = "",
        transient: bool = False,
        retry_after: float | None = None,
        settled: bool = False,
        lost: bool = False,
        sent: bool = True,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status
        self.said = said
        self.transient = transient
        self.retry_after = retry_after
        self.settled = settled
        self.lost = lost
        self.sent = sent


def timed_out(seconds: float, place: Place) -> CallFailedError:
    """Say that a reply was not complete in time."""
    reason = f"no complete reply from {address(place)} within {seconds:g} s; allow more with a longer timeout"
    in_process = place.local and place.base is None  # would be as slow again
    return CallFailedError(reason, status=408, transient=not in_process, settled=True, lost=True)


def failed(error: Exception, model: str, place: Place, missing: Sequence[str] = ()) -> CallFailedError:
    """Put an error that LiteLLM raised in plain words.

    `missing` are the variables that hold the key of this provider and are not set. LiteLLM's errors are known by
    their status and class name, so that this module does not load LiteLLM.
    """
    kind = type(error).__name__
    status = getattr(error, "status_code", None)
    status = status if isinstance(status, int) else None
    said = one_line(_LITELLM_PREFIX.sub("", str(error)), 1_000)
    short = one_line(said, 160)
    headers = getattr(error, "litellm_response_headers", None)
    wait = retry_after(headers)
    if kind == "UnsupportedParamsError":
        return CallFailedError(f"a parameter was refused: {short}", status=400, said=said, sent=False)
    if missing and (status == 401 or _NO_KEY.search(said)):
        reason = f"no key for {model.partition('/')[0]}: set {' and '.join(missing)} in the environment"
        if place.local:
            reason += " (any word will do where the server wants none)"
        return CallFailedError(reason, status=401, said=said, settled=True, sent=bool(headers))
    if status == 429 and _NO_CREDIT.search(said) or status == 402:
        return CallFailedError(f"no credit left at {address(place)} ({status}): {short}", status=status, said=said, settled=True)
    if status in (401, 403) and kind != "Timeout":
        refused = "the key was refused" if status == 401 else "access was refused"
        return CallFailedError(f"{refused} by {address(place)} ({status}): {short}", status=status, said=said, settled=True)
    if kind == "ContextWindowExceededError" or status in (400, 413, 422, 500) and _TOO_LONG.search(said):
        return CallFailedError(f"the text is too long for this model: {short}", status=status, said=said, settled=True)
    if model.startswith("gguf/"):
        return CallFailedError(f"llama.cpp could not answer: {short}", status=status, said=said, settled=True)
    if kind == "ContentPolicyViolationError":
        return CallFailedError(f"the provider's filter refused the text: {short}", status=status, said=said, settled=True)
    if kind == "Timeout" and "timed out" not in said.lower():
        return CallFailedError(f"{address(place)} gave up waiting (408): {short}", status=408, transient=True, settled=True)
    if status == 429:
        asked = f", and asks to wait {wait:g} s" if wait is not None else ""
        return CallFailedError(
            f"{address(place)} is limiting requests (429){asked}", status=429, said=said, transient=True, retry_after=wait
        )
    if status in (None, 500) and _NO_CONNECTION.search(said):
        if missing and not place.local:  # with a connection, it would still be refused
            reason = f"no connection to {address(place)}, and no key for it: set {' and '.join(missing)} in the environment"
            return CallFailedError(reason, said=said, settled=True)
        reason = f"no connection to {address(place)}, or it broke off: is a server running there?"
        return CallFailedError(reason, said=said, transient=True)
    if status in (None, 500) and _UNREADABLE.search(said):
        return CallFailedError(
            f"{address(place)} gave no reply that can be read: is it the address of a model?", said=said, transient=True, lost=True
        )
    if status == 404:
        return CallFailedError(f"{address(place)} does not know this model or address (404): {short}", status=404, said=said)
    if status in _TRY_AGAIN or status is not None and status >= 500:
        reason = f"{address(place)} had an error ({status}): {short}"
        return CallFailedError(reason, status=status, said=said, transient=status != 501, retry_after=wait)
    return CallFailedError(f"{address(place)} refused the request{f' ({status})' if status else ''}: {short}", status=status, said=said)


def retry_after(headers: Mapping[str, str] | None, now: datetime | None = None) -> float | None:
    """Read how many seconds a provider asks to wait: a number, or a date (RFC 9110, section 10.2.3)."""
    try:
        given = {name.lower(): str(value) for name, value in dict(headers or {}).items()}
    except (TypeError, ValueError):
        return None
    if (milliseconds := given.get("retry-after-ms", "")).isdecimal():
        return int(milliseconds[:12]) / 1000
    text = given.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,9}(?:\.\d{1,9})?", text):
        return float(text)
    try:
        date = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    date = date if date.tzinfo else date.replace(tzinfo=UTC)
    return max(0.0, (date - (now or datetime.now(UTC))).total_seconds())
