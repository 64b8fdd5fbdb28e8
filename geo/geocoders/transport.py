"""How a service is reached: one request, bounded in time and size, that leaves no key behind."""

import json
import logging
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, quote_plus, urlencode

import requests
from geopy import exc
from geopy.adapters import AdapterHTTPError, RequestsAdapter
from urllib3.exceptions import HTTPError, ReadTimeoutError

_LARGEST = 2_000_000
# Those that write addresses with their parameters into the log.
_TALKATIVE = ("geopy", "urllib3.connectionpool")


class Transport(RequestsAdapter):  # type: ignore[misc]
    """geopy's way to the network, asking once (by default it asks three times, past any limit).

    ``extra`` are parameters that geopy's class for the service does not know. The timeout in seconds holds for the
    whole answer, not for each part of it.
    """

    def __init__(self, *, proxies: Any, ssl_context: Any, extra: Mapping[str, str] | None = None) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context, max_retries=0)
        self._extra = urlencode(extra or {})

    def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> Any:
        """The answer's JSON. Raises geopy's errors, without the address, which may hold a key."""
        if self._extra:
            url = f"{url}&{self._extra}"
        until = time.monotonic() + timeout
        try:
            with self.session.get(url, timeout=timeout, headers=headers, stream=True) as response:
                body = _body(response, until)
        except (requests.Timeout, ReadTimeoutError):
            raise exc.GeocoderTimedOut("no answer in time") from None
        except requests.ConnectionError:
            raise exc.GeocoderUnavailable("no connection") from None
        except (requests.RequestException, HTTPError):
            raise exc.GeocoderServiceError("the answer broke off") from None
        if response.status_code >= 400:
            status = response.status_code
            raise AdapterHTTPError(f"status {status}", status_code=status, headers=response.headers, text="")
        try:
            return json.loads(body)
        except (ValueError, RecursionError):
            raise exc.GeocoderParseError("not JSON") from None


class _Redacted(logging.Filter):
    """Takes keys out of what is logged."""

    def __init__(self) -> None:
        super().__init__()
        self.secrets: set[str] = set()

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if any(secret in message for secret in self.secrets):
            for secret in self.secrets:
                message = message.replace(secret, "…")
            record.msg, record.args = message, None
        return True


_redacted = _Redacted()


def keep_secret(key: str) -> None:
    """From now on ``key`` stays out of the logs of those who know it."""
    _redacted.secrets.update((key, quote(key), quote_plus(key)))
    for name in _TALKATIVE:
        logging.getLogger(name).addFilter(_redacted)


def _body(response: requests.Response, until: float) -> bytes:
    parts: list[bytes] = []
    size = 0
    # What has come so far; iter_content would wait for a full part, with a server that drips forever.
    while part := response.raw.read1(65_536, decode_content=True):
        parts.append(part)
        size += len(part)
        if size > _LARGEST:
            raise exc.GeocoderParseError("too much")
        if time.monotonic() > until:
            raise exc.GeocoderTimedOut("no answer in time")
    return b"".join(parts)
