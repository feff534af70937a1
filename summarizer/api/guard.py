"""Who may ask. Takes the head of a request, gives the tenant, or raises Forbidden or Unauthorized.

Without API keys the network is the only lock: callers on loopback are served, and since a web page in the user's own
browser is on loopback too, the Host header must be one of ours (no DNS rebinding) and the Origin our own (no foreign page).
With API keys the key is the lock: a foreign page does not have it, and the host may be any name. Whoever holds a key of
this server may call from everywhere.

Strategy: everything is compared as bytes or as parsed addresses; what cannot be parsed is refused.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from starlette.types import Scope

from summarizer import errors, web
from summarizer.settings import Settings, key_parts

OWN_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
"""Names that cannot be pointed elsewhere: a rebinding attacker's page always carries a name of his own."""

PROBES = frozenset({"/healthz", "/readyz"})
"""Open to everybody: orchestrators probe by address, and the answers hold no data."""

SIGNED = frozenset({"/slack/events"})
"""Checked by signature over the body, in the route."""

SHELF = frozenset({"/", "/docs", "/openapi.json", "/web/base.css", *(f"/web/{name}" for name in web.FILES)})
"""Need no key, since a browser cannot send one and they hold no data; the other locks hold for them."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Of whom the server takes requests. `keys` are SHA-256 digests; `tenants` belong to them, in order.

    `metrics` is the digest of the key for GET /metrics, empty if there is none.
    """

    keys: tuple[bytes, ...]
    tenants: tuple[str, ...]
    metrics: bytes
    hosts: frozenset[str]
    origins: frozenset[str]
    open: bool


METRICS = "/metrics"

FREE = PROBES | SIGNED | SHELF | {METRICS}
"""Not counted against anybody's rate."""


def rules(settings: Settings) -> Rules:
    """The rules that `settings` ask for."""
    keys, tenants = [], []
    for entry in settings.api_keys:
        name, key, told = key_parts(entry.get_secret_value())
        digest = bytes.fromhex(told) if told else hashlib.sha256(key.encode()).digest()
        keys.append(digest)
        # Without a name another hash than the one compared, so that a cache key tells nothing about the digest of an API key.
        nameless = hashlib.sha256(b"consensus-summarizer tenant\0" + key.encode()).hexdigest()[:32]
        tenants.append(f"name:{name}" if name else nameless)
    secret = settings.metrics_key.get_secret_value().encode()
    return Rules(
        keys=tuple(keys),
        tenants=tuple(tenants),
        metrics=hashlib.sha256(secret).digest() if secret else b"",
        hosts=OWN_HOSTS | {host.strip().lower().strip("[]") for host in settings.allowed_hosts},
        origins=frozenset(origin.strip().lower().rstrip("/") for origin in settings.allowed_origins),
        open=settings.open,
    )


def check_bind(settings: Settings, host: str | None = None) -> None:
    """Refuse to listen where strangers can reach a server that asks nobody for a key.

    host: where it is going to listen; default: `settings.host`. A name that is not `localhost` counts as reachable.
    Raises BadSettings, which names the three ways out.
    """
    where = host if host is not None else settings.host
    if settings.api_keys or settings.open or where.lower() == "localhost" or is_loopback(where):
        return
    raise errors.BadSettings(
        f"{where} can be reached from other machines, and no API key is set. Set SUMMARIZER_API_KEYS (make one with: "
        "openssl rand -hex 32), or listen on 127.0.0.1, or set SUMMARIZER_OPEN=true if something in front checks callers."
    )


@lru_cache(maxsize=256)
def is_loopback(address: str) -> bool:
    """Whether an address (not a name) is this machine's own, IPv4 inside IPv6 included."""
    try:
        parsed = ipaddress.ip_address(address.strip("[]").split("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is not None:
        return parsed.ipv4_mapped.is_loopback
    return parsed.is_loopback


def admit(scope: Scope, rules: Rules) -> str:
    """The tenant of an HTTP request: "" without API keys. Raises Forbidden or Unauthorized."""
    path = scope["path"]
    if path in PROBES or path in SIGNED:
        return ""
    if path == METRICS and (rules.metrics or rules.keys):
        # They tell of all callers, so no caller's key opens them.
        if rules.metrics:
            _tenant(_values(scope, b"authorization"), (rules.metrics,), ("",))
            return ""
        raise errors.Forbidden("Metrics tell of all callers and have a key of their own: set SUMMARIZER_METRICS_KEY.")
    if rules.keys:
        return "" if path in SHELF else _tenant(_values(scope, b"authorization"), rules.keys, rules.tenants)
    client = scope.get("client")
    if not rules.open and not (client and is_loopback(client[0])):
        raise errors.Forbidden(
            "This server has no API keys and serves its own machine only. Set SUMMARIZER_API_KEYS on the server and send "
            "Authorization: Bearer KEY."
        )
    host = _host(scope, rules)
    _page(scope, host, rules)
    return ""


def allowed_origin(scope: Scope, rules: Rules) -> str | None:
    """The request's Origin if it is one that SUMMARIZER_ALLOWED_ORIGINS names, as the browser sent it."""
    origins = _values(scope, b"origin")
    if len(origins) != 1:
        return None
    origin = origins[0].decode("latin-1")
    return origin if origin.lower() in rules.origins else None


def _tenant(sent: Sequence[bytes], keys: Sequence[bytes], tenants: Sequence[str]) -> str:
    refusal = errors.Unauthorized("Send a key of this server: Authorization: Bearer KEY.")
    if len(sent) != 1:
        raise refusal
    scheme, _, key = sent[0].partition(b" ")
    if scheme.lower() != b"bearer" or not key.strip():
        raise refusal
    digest = hashlib.sha256(key.strip()).digest()
    found: str | None = None
    # All keys are compared, so that the time does not tell which one came near.
    for known, tenant in zip(keys, tenants, strict=True):
        if hmac.compare_digest(digest, known):
            found = tenant
    if found is None:
        raise refusal
    return found


def _host(scope: Scope, rules: Rules) -> str:
    """The Host header as sent, lower case, if it names this server."""
    hosts = _values(scope, b"host")
    if len(hosts) != 1:
        raise errors.Forbidden("Send exactly one Host header.")
    host = hosts[0].decode("latin-1").strip().lower()
    name = _name(host)
    # With SUMMARIZER_OPEN the machine's address is a good name too: an address cannot be rebound.
    if name in rules.hosts or (rules.open and _is_address(name)):
        return host
    raise errors.Forbidden("The Host header names another server. Add the name to SUMMARIZER_ALLOWED_HOSTS.")


def _page(scope: Scope, host: str, rules: Rules) -> None:
    """Refuse what a foreign web page sends from the user's browser."""
    refusal = errors.Forbidden(
        "A web page of another origin sent this. Add its origin to SUMMARIZER_ALLOWED_ORIGINS if it may call this server."
    )
    origins = _values(scope, b"origin")
    if origins:
        if allowed_origin(scope, rules) is not None:
            return
        if len(origins) > 1 or not _same_host(origins[0].decode("latin-1").lower(), host):
            raise refusal
    site = b"".join(_values(scope, b"sec-fetch-site")).lower()
    # A link from elsewhere that the user follows is a GET navigation; it changes nothing and no foreign script reads it.
    followed = scope["method"] == "GET" and _values(scope, b"sec-fetch-mode") == [b"navigate"]
    if site in (b"cross-site", b"same-site") and not followed:
        raise refusal


def _same_host(origin: str, host: str) -> bool:
    parts = urlsplit(origin) if origin.startswith(("http://", "https://")) else None
    return parts is not None and parts.netloc == host


def _name(host: str) -> str:
    """`name:port` or `[v6]:port` without the port; "" for what is neither."""
    if host.startswith("["):
        inside, closed, port = host[1:].partition("]")
        return inside if closed and (not port or (port[0] == ":" and port[1:].isdigit())) else ""
    name, colon, port = host.partition(":")
    return name if not colon or port.isdigit() else ""


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _values(scope: Scope, name: bytes) -> list[bytes]:
    return [value for key, value in scope["headers"] if key == name]
