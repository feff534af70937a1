"""Pages by their URL, without being led to where the caller could not go himself (SSRF).

Off unless SUMMARIZER_FETCH_URLS says otherwise. http and https only, ports 80 and 443, no credentials. A name is resolved
once, every address that it has is checked, and the connection goes to the one that was checked, with the name in Host and in
TLS: what the name means a moment later is of no interest. Redirects are followed by hand, each checked like the first.
Bodies are bounded as they are unpacked. Hosts in SUMMARIZER_FETCH_HOSTS (an intranet) are exempt from the checks of address and port.

The list of ranges follows IANA's special-purpose registries, with the addresses of cloud metadata services and of the
transition techniques that carry an IPv4 address inside an IPv6 one; `ip.is_global` alone lets several of them through.
"""

from __future__ import annotations

import asyncio
import ipaddress
import re
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit, urlunsplit

import httpx2

from summarizer import errors
from summarizer.ports import Fetched

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]

_REFUSED = tuple(
    ipaddress.ip_network(text)
    for text in (
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 168.63.129.16/32 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 "
        "192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 "
        "203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 255.255.255.255/32 "
        # Everything below 2000::/3 is loopback, mapped, translated or unassigned; above it lie local and multicast ranges.
        "::/3 2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20 4000::/2 8000::/1"
    ).split()
)

_PORTS = {"http": 80, "https": 443}
_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf")
# inet_aton reads 0x7f.1, 017700000001 and 2130706433 as addresses; no real host name looks like that.
_NUMERIC = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]+))*\.?", re.IGNORECASE | re.ASCII)
_HOST = re.compile(
    r"(?=.{1,253}\Z)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one page may cost. Bytes after unpacking; seconds for everything, redirects included; redirects in a row."""

    most_bytes: int = 5_000_000
    seconds: float = 15.0
    redirects: int = 5


class Fetcher:
    """Fetches pages; implements `ports.Fetch`. An async context. `resolve` gives the addresses of a name (for tests)."""

    def __init__(
        self,
        *,
        hosts: Sequence[str] = (),
        bounds: Bounds = Bounds(),
        resolve: Resolve | None = None,
        transport: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        self._exempt = frozenset(host.lower().strip("[]") for host in hosts)
        self._bounds = bounds
        self._resolve = resolve or _addresses
        self._client = httpx2.AsyncClient(
            transport=transport,
            trust_env=False,  # a proxy of the environment would connect for us, to wherever it likes
            follow_redirects=False,
            headers={
                "user-agent": "consensus-summarizer",
                "accept": "text/html, application/xhtml+xml;q=0.9, text/plain;q=0.8, application/pdf;q=0.5",
                # Encodings whose unpacking the client bounds piece by piece.
                "accept-encoding": "gzip, identity",
            },
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def fetch(self, url: str) -> Fetched:
        """The page at `url`. Raises errors.NotFetched, which says why without repeating what was found there."""
        try:
            async with asyncio.timeout(self._bounds.seconds):
                return await self._follow(url)
        except TimeoutError:
            raise errors.NotFetched(f"It did not come within {self._bounds.seconds:.0f} seconds.") from None
        except socket.gaierror:
            raise errors.NotFetched("Its host is not known: check the address, and that there is a network.") from None
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError, UnicodeError, ValueError) as error:
            raise errors.NotFetched(f"It cannot be reached ({type(error).__name__}).") from None

    async def _follow(self, url: str) -> Fetched:
        at, secure = url, False
        for _ in range(self._bounds.redirects + 1):
            scheme, host, port = self._target(at)
            if secure and scheme == "http":
                raise errors.NotFetched("It leads from https to http.")
            secure = secure or scheme == "https"
            address = await self._checked(host, port)
            async with self._client.stream(
                "GET",
                _pinned(at, address, port),
                headers={"host": _host_header(host, scheme, port)},
                extensions={"sni_hostname": host},
                timeout=self._bounds.seconds,
            ) as response:
                if response.status_code in (301, 302, 303, 307, 308) and "location" in response.headers:
                    at = urljoin(at, response.headers["location"])
                    continue
                if response.status_code != 200:
                    raise errors.NotFetched(f"The server answered {response.status_code}.")
                return await self._body(response, at)
        raise errors.NotFetched(f"It leads on more than {self._bounds.redirects} times.")

    def _target(self, url: str) -> tuple[str, str, int]:
        """Scheme, host and port of a URL that may be asked for."""
        if any(ord(c) <= 32 or ord(c) == 127 for c in url) or "\\" in url:
            raise errors.NotFetched("It holds characters that no URL has.")
        parts = urlsplit(url)
        if parts.scheme.lower() not in _PORTS:
            raise errors.NotFetched("Only http:// and https:// are fetched.")
        if "@" in parts.netloc:
            raise errors.NotFetched("It carries a user name or a password.")
        host = (parts.hostname or "").lower()
        if not host:
            raise errors.NotFetched("It names no host.")
        port = parts.port if parts.port is not None else _PORTS[parts.scheme.lower()]
        if ":" not in host:
            host = host.rstrip(".")
            if not host.isascii():
                host = host.encode("idna").decode("ascii")
        if host in self._exempt:
            return parts.scheme.lower(), host, port
        if port not in _PORTS.values():
            raise errors.NotFetched("Only ports 80 and 443 are asked.")
        if ":" not in host and not _is_address(host) and (_NUMERIC.fullmatch(host) or not _HOST.fullmatch(host)):
            raise errors.NotFetched("It names no host that can be asked.")
        return parts.scheme.lower(), host, port

    async def _checked(self, host: str, port: int) -> str:
        """One address of `host`; all of them are public, unless the host is exempt."""
        found = [host] if _is_address(host) else list(await self._resolve(host, port))
        if not found:
            raise errors.NotFetched("Its host has no address.")
        if host not in self._exempt and not all(is_public(address) for address in found):
            raise errors.NotFetched(
                "Its host lies in a network that is not public. SUMMARIZER_FETCH_HOSTS can name it."
            )
        return found[0].split("%", 1)[0]

    async def _body(self, response: httpx2.Response, url: str) -> Fetched:
        kind = response.headers.get("content-type", "").split(";", 1)[0].strip().lower()
        if kind not in _TYPES:
            raise errors.NotFetched("It is no page, text or PDF.")
        if response.headers.get("content-encoding", "identity").strip().lower() not in ("identity", "gzip", ""):
            raise errors.NotFetched("It came in an encoding that was not asked for.")
        whole = bytearray()
        async for piece in response.aiter_bytes():
            whole += piece
            if len(whole) > self._bounds.most_bytes:
                raise errors.NotFetched(f"It is larger than {self._bounds.most_bytes} bytes.")
        return Fetched(url=url, kind=kind, data=bytes(whole))


def is_public(address: str) -> bool:
    """Whether an address may be connected to on behalf of a caller."""
    try:
        parsed: Address = ipaddress.ip_address(address.split("%", 1)[0])
    except ValueError:
        return False
    return not any(parsed.version == network.version and parsed in network for network in _REFUSED)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _pinned(url: str, address: str, port: int) -> str:
    """The URL with the address in the place of the name."""
    parts = urlsplit(url)
    host = f"[{address}]" if ":" in address else address
    return urlunsplit((parts.scheme, f"{host}:{port}", parts.path or "/", parts.query, ""))


def _host_header(host: str, scheme: str, port: int) -> str:
    name = f"[{host}]" if ":" in host else host
    return name if port == _PORTS[scheme] else f"{name}:{port}"


async def _addresses(host: str, port: int) -> Sequence[str]:
    loop = asyncio.get_running_loop()
    rows = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in rows))
