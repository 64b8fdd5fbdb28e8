"""Archives fetched over HTTP and read line by line, within limits that a hostile or broken server cannot pass."""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import requests

Progress = Callable[[str], None]
_CHUNK = 1 << 16
_MEGA = 1_000_000
# An archive is packed already: what is packed once more would pass the limits unseen.
_HEADERS = {"User-Agent": "Makan", "Accept-Encoding": "identity"}


class NotAdded(Exception):
    """Why the places of a country could not be added, as a plain English sentence."""


@dataclass(frozen=True)
class Limits:
    """The most that is taken from a server: bytes of an archive, of the file in it, of a line; seconds of silence.

    GeoNames' largest country has 70 MB packed and 250 MB unpacked.
    """

    packed: int = 400 * _MEGA
    unpacked: int = 2_000 * _MEGA
    line: int = _MEGA
    silence: float = 30.0


def each_second(say: Progress, every: float = 1.0) -> Progress:
    """``say``, called at most once in ``every`` seconds, the first time after the first of them."""
    last = monotonic()

    def ticking(message: str) -> None:
        nonlocal last
        if monotonic() - last >= every:
            last = monotonic()
            say(message)

    return ticking


def fetch(url: str, into: Path, limits: Limits, progress: Progress) -> None:
    """Write what ``url`` holds to a file. Raises NotAdded, with the address in its message."""
    try:
        with requests.get(url, stream=True, timeout=limits.silence, headers=_HEADERS) as answer:
            if answer.status_code == 404:
                raise NotAdded(f"{url} does not exist")
            if answer.status_code != 200:
                raise NotAdded(f"{url}: the server answered with status {answer.status_code}")
            size = answer.headers.get("Content-Length", "")
            whole = f" of {int(size) / _MEGA:.1f}" if size.isdecimal() else ""
            received = 0
            with into.open("wb") as file:
                for chunk in answer.iter_content(_CHUNK):
                    received += len(chunk)
                    if received > limits.packed:
                        raise NotAdded(f"{url} is larger than {limits.packed:,} bytes")
                    file.write(chunk)
                    progress(f"{received / _MEGA:.1f}{whole} MB of {url}")
    except requests.Timeout as error:
        raise NotAdded(f"{url}: the server did not answer within {limits.silence:g} seconds") from error
    except requests.exceptions.SSLError as error:
        raise NotAdded(f"{url}: the server cannot prove that it is the right one") from error
    except (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError) as error:
        raise NotAdded(f"{url}: the download broke off") from error
    except requests.ConnectionError as error:
        raise NotAdded(f"{url}: the server cannot be reached") from error
    except requests.RequestException as error:
        raise NotAdded(f"{url}: {error}") from error


def lines(archive: Path, member: str, url: str, limits: Limits) -> Iterator[bytes]:
    """The lines of a file in a zip archive that came from ``url``. Raises NotAdded."""
    try:
        with zipfile.ZipFile(archive) as opened:
            if member not in opened.namelist():
                raise NotAdded(f"{url} holds no {member}")
            with opened.open(member) as file:
                taken = 0
                while line := file.readline(limits.line):
                    taken += len(line)
                    if taken > limits.unpacked:
                        raise NotAdded(f"{url} unpacks to more than {limits.unpacked:,} bytes")
                    yield line
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise NotAdded(f"{url} is not a zip archive, or a damaged one") from error
    except (NotImplementedError, RuntimeError) as error:  # an unknown compression, a password
        raise NotAdded(f"{url} is packed in a way that cannot be read") from error
