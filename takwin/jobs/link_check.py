"""Whether the links of the catalogue lead anywhere. Only the public web is asked, no machine of our own network."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from urllib.parse import urljoin, urlsplit

import httpx

from channels.contract.periodic import Stopping, never
from store.catalogue import link_checks
from store.catalogue.link_checks import Checked
from store.core.database import Database

CRON = "* * * * * */20"
AT_EACH_TIME = 16
#: Seconds for one answer, redirections followed at most, links asked at once.
TIMEOUT = 10.0
_REDIRECTS = 5
_AT_ONCE = 8
_AGENT = "takwin-link-check"
#: Answers to HEAD that say nothing: many servers only know GET.
_ASK_AGAIN = frozenset({400, 403, 404, 405, 406, 429, 500, 501, 503})

_GATEWAY = ipaddress.ip_network("64:ff9b::/96")

Resolve = Callable[[str, int], list[str]]


def resolve(host: str, port: int) -> list[str]:
    """The network addresses of a host. Raises OSError where it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


class LinkChecker:
    """Asks links, each redirection checked like the first address.

    `private`: also asks addresses that are not of the public internet; for tests on loopback only.
    """

    def __init__(
        self, *, private: bool = False, resolve: Resolve = resolve, timeout: float = TIMEOUT
    ) -> None:
        self._private = private
        self._resolve = resolve
        self._timeout = timeout

    def check(self, urls: Iterable[str], stopping: Stopping = never) -> list[Checked]:
        """What came of each link, in order; without those not yet begun when it is to stop."""

        def checked(url: str) -> Checked | None:
            return None if stopping() else self.check_one(url)

        with ThreadPoolExecutor(_AT_ONCE, "links") as threads:
            return [each for each in threads.map(checked, urls) if each is not None]

    def check_one(self, url: str) -> Checked:
        """What came of one link: the status of the last answer, or a code of what was in the way."""
        try:
            status = self._status("HEAD", url)
            if status in _ASK_AGAIN:
                status = self._status("GET", url)
        except _InTheWay as problem:
            return Checked(url, problem=problem.code)
        except httpx.TimeoutException:
            return Checked(url, problem="timeout")
        except httpx.ConnectError as error:
            return Checked(url, problem="certificate" if "CERTIFICATE" in str(error).upper() else "refused")
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, OSError):
            return Checked(url, problem="no-answer")
        return Checked(url, status=status)

    def _status(self, method: str, url: str) -> int:
        """The status at the end of the redirections. No page is read: the answer is closed after its head."""
        for _ in range(_REDIRECTS + 1):
            pinned, host = self._pinned(url)
            with (
                httpx.Client(timeout=self._timeout, trust_env=False, follow_redirects=False) as client,
                client.stream(
                    method,
                    pinned,
                    headers={"host": host, "user-agent": _AGENT, "accept": "text/html,*/*"},
                    extensions={"sni_hostname": urlsplit(url).hostname or ""},
                ) as answer,
            ):
                if not answer.has_redirect_location:
                    return answer.status_code
                url = urljoin(url, answer.headers["location"])
        raise _InTheWay("redirections")

    def _pinned(self, url: str) -> tuple[str, str]:
        """The link by the very network address that was looked at, and its host as the server is to read it: a name
        cannot lead elsewhere when it is looked up a second time.
        """
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
            raise _InTheWay("not-web")
        port = parts.port or (443 if parts.scheme == "https" else 80)
        try:
            found = self._resolve(parts.hostname, port)
        except (OSError, UnicodeError):
            raise _InTheWay("no-host") from None
        if not found or not (self._private or all(map(_is_public, found))):
            raise _InTheWay("not-public")
        address = f"[{found[0]}]" if ":" in found[0] else found[0]
        host = parts.hostname if parts.port is None else f"{parts.hostname}:{parts.port}"
        return parts._replace(netloc=f"{address}:{port}", fragment="").geturl(), host


class _InTheWay(Exception):
    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def _is_public(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    inner = _inner(found) or found
    return inner.is_global and not inner.is_multicast


def _inner(found: ipaddress.IPv4Address | ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 address leads to: mapped, by 6to4, or by a gateway of the network (RFC 6052)."""
    if isinstance(found, ipaddress.IPv4Address):
        return None
    if found in _GATEWAY:
        return ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
    return found.ipv4_mapped or found.sixtofour


def check_next(
    database: Database,
    checker: LinkChecker,
    now: Callable[[], datetime],
    limit: int = 40,
    stopping: Stopping = never,
) -> int:
    """Checks some of the links that wait to be; how many there were. No transaction is open while servers are asked."""
    with database.session() as session:
        urls = link_checks.next_to_check(session, limit)
    found = checker.check(urls, stopping)
    with database.session() as session:
        link_checks.record(session, found, now())
    return len(found)
