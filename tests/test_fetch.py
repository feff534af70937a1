"""No URL leads the server to where the caller could not go: forms, ranges, rebinding, redirects, bombs."""

from __future__ import annotations

import asyncio
import gzip
import ipaddress
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx2
import pytest

from summarizer import errors
from summarizer.fetch import Bounds, Fetcher, is_public

PUBLIC = "93.184.215.14"
PAGE = httpx2.Response(200, headers={"content-type": "text/html; charset=utf-8"}, text="<p>Nobody was hurt.</p>")


def names(**table: Sequence[str]) -> Any:
    async def resolve(host: str, port: int) -> Sequence[str]:
        return table.get(host.replace(".", "_").replace("-", "_"), [PUBLIC])

    return resolve


async def fetched(
    url: str, *answers: httpx2.Response, resolve: Any = None, asked: list[Any] | None = None, **more: Any
) -> Any:
    left = list(answers) or [PAGE]

    def handle(request: httpx2.Request) -> httpx2.Response:
        if asked is not None:
            asked.append(request)
        answer = left.pop(0) if len(left) > 1 else left[0]
        return httpx2.Response(answer.status_code, headers=answer.headers, content=answer.content)

    async with Fetcher(transport=httpx2.MockTransport(handle), resolve=resolve or names(), **more) as fetcher:
        return await fetcher.fetch(url)


async def refused(url: str, *answers: httpx2.Response, **more: Any) -> int:
    """How many requests were made before it was refused."""
    asked: list[Any] = []
    with pytest.raises(errors.NotFetched):
        await fetched(url, *answers, asked=asked, **more)
    return len(asked)


# -- addresses: the first and the last of every range ---------------------------------------------------------------------

RANGES = """
0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24
192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 255.255.255.255/32 168.63.129.16/32
::/128 ::1/128 ::ffff:0:0/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 2001::/32 2001:2::/48 2001:10::/28 2001:20::/28
2001:db8::/32 2002::/16 3fff::/20 5f00::/16 fc00::/7 fd00:ec2::254/128 fe80::/10 fec0::/10 ff00::/8 ::/96
""".split()


@pytest.mark.parametrize("text", RANGES)
async def test_both_ends_of_every_range_are_refused(text: str) -> None:
    network = ipaddress.ip_network(text)
    for address in (network[0], network[-1]):
        assert not is_public(str(address))
        host = f"[{address}]" if address.version == 6 else str(address)
        assert await refused(f"http://{host}/") == 0
        assert await refused("http://news.example/", resolve=names(news_example=[str(address)])) == 0


@pytest.mark.parametrize("address", ["93.184.215.14", "1.1.1.1", "2606:4700::1111", "2a00:1450::1"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


# -- forms ----------------------------------------------------------------------------------------------------------------

FORMS = """
http://127.0.0.1/ http://127.1/ http://127.0.1/ http://2130706433/ http://0x7f000001/ http://0x7f.0.0.1/ http://0177.0.0.1/
http://017700000001/ http://0/ http://0x0/ http://00/ http://127.0.0.1./ http://[::1]/ http://[0:0:0:0:0:0:0:1]/ http://[::ffff:127.0.0.1]/
http://[::ffff:7f00:1]/ http://[::127.0.0.1]/ http://[64:ff9b::7f00:1]/ http://[2002:7f00:1::]/ http://[2001:0:7f00:1::]/
http://[fe80::1%25eth0]/ http://[::]/ http://169.254.169.254/latest/meta-data/ http://[fd00:ec2::254]/ http://100.100.100.200/
http://168.63.129.16/ http://192.168.0.1:80/ http://10.0.0.1:443/ ftp://news.example/ file:///etc/passwd gopher://news.example/
dict://news.example/ ldap://news.example/ data:text/html,hello javascript:alert(1) jar:http://news.example/ //news.example/
news.example http:// http:/// http://?x http://:80/ http://user@news.example/ http://user:password@news.example/
http://news.example@127.0.0.1/ http://127.0.0.1@news.example/ http://news.example:22/ http://news.example:6379/ http://news.example:8080/
https://news.example:11211/ http://news.example:0/ http://news.example:99999/ http://news.example:-1/ http://news_example..com/
http://-news.example/ http://news.example-/ http://.news.example/ http://%31%32%37.0.0.1/ http://①②⑦.⓪.⓪.①/ http://127。0。0。1/
http://1.1.1/ http://0x7f.1/ http://1/ http://256.256.256.256/ http://1.2.3.4.5/ http://[::1/ http://::1/ http://[1.2.3.4]/
""".split()
ODD = [
    "http://news.example/\r\nX: y",
    "http://news.example\\@127.0.0.1/",
    " http://news.example/",
    "http://news.example/\x00",
    "http://\tnews.example/",
    "",
    "http://" + "a" * 300 + ".example/",
]


@pytest.mark.parametrize("url", [*FORMS, *ODD])
async def test_every_odd_form_is_refused_before_anything_is_asked(url: str) -> None:
    assert await refused(url) == 0


def test_there_are_enough_forms() -> None:
    assert len(FORMS) + len(ODD) + 2 * 2 * len(RANGES) >= 120


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://news.example/a?b=c", "news.example"),
        ("HTTP://NEWS.EXAMPLE/", "news.example"),
        ("https://news.example./", "news.example"),
        ("https://bücher.example/", "xn--bcher-kva.example"),
        ("http://news.example:443/", "news.example:443"),
        ("http://93.184.215.14/", "93.184.215.14"),
        ("http://[2606:4700::1111]/", "[2606:4700::1111]"),
    ],
)
async def test_a_good_url_is_asked_at_the_checked_address_by_its_name(url: str, host: str) -> None:
    asked: list[Any] = []
    page = await fetched(url, asked=asked)
    assert page.data == b"<p>Nobody was hurt.</p>"
    assert page.kind == "text/html"
    assert asked[0].headers["host"] == host
    assert asked[0].url.host in (PUBLIC, "2606:4700::1111")
    assert "authorization" not in asked[0].headers
    assert "cookie" not in asked[0].headers


async def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    assert await refused("http://news.example/", resolve=names(news_example=[PUBLIC, "10.0.0.1"])) == 0


async def test_a_name_is_resolved_once_and_its_second_meaning_is_never_asked() -> None:
    answers = [[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]]
    asked: list[Any] = []

    async def rebinding(host: str, port: int) -> Sequence[str]:
        return answers.pop(0)

    await fetched("http://news.example/", resolve=rebinding, asked=asked)
    assert [r.url.host for r in asked] == [PUBLIC]
    assert len(answers) == 2


async def test_a_redirect_is_resolved_anew_and_checked() -> None:
    answers = [[PUBLIC], ["127.0.0.1"]]

    async def rebinding(host: str, port: int) -> Sequence[str]:
        return answers.pop(0)

    moved = httpx2.Response(302, headers={"location": "http://news.example/again"})
    assert await refused("http://news.example/", moved, resolve=rebinding) == 1


def moved(to: str, status: int = 302) -> httpx2.Response:
    return httpx2.Response(status, headers={"location": to})


@pytest.mark.parametrize(
    "to",
    [
        "http://127.0.0.1/",
        "http://[::1]/",
        "//127.0.0.1/",
        "file:///etc/passwd",
        "http://169.254.169.254/",
        "http://x@news.example/",
        "http://news.example:6379/",
        "http://0x7f.1/",
    ],
)
@pytest.mark.parametrize("hops", [1, 5])
async def test_a_redirect_to_the_inside_is_refused_at_any_hop(to: str, hops: int) -> None:
    answers = [moved(f"/{n}") for n in range(hops - 1)] + [moved(to), PAGE]
    assert await refused("http://news.example/", *answers) == hops


async def test_redirects_are_followed_and_counted() -> None:
    page = await fetched("http://news.example/a", moved("/b", 301), moved("https://other.example/c", 308), PAGE)
    assert page.url == "https://other.example/c"
    assert await refused("http://news.example/", moved("/again")) == 6


async def test_https_does_not_lead_to_http() -> None:
    assert await refused("https://news.example/", moved("http://news.example/"), PAGE) == 1


@pytest.mark.parametrize(
    "answer",
    [
        httpx2.Response(404),
        httpx2.Response(500),
        httpx2.Response(204),
        httpx2.Response(200, headers={"content-type": "image/png"}, content=b"x"),
        httpx2.Response(200, headers={"content-type": "application/octet-stream"}, content=b"x"),
        httpx2.Response(200, content=b"no type"),
        httpx2.Response(200, headers={"content-type": "text/html"}, content=b"x" * 2_000_000),
    ],
)
async def test_what_is_no_page_is_refused(answer: httpx2.Response) -> None:
    await refused("http://news.example/", answer, bounds=Bounds(most_bytes=1_000_000))


async def test_no_message_tells_what_the_inside_said() -> None:
    secret = httpx2.Response(
        500, text="secret of the inside", headers={"content-type": "text/html", "x-secret": "secret"}
    )
    with pytest.raises(errors.NotFetched) as found:
        await fetched("http://news.example/", secret)
    assert "secret" not in found.value.detail


# -- a real server on loopback --------------------------------------------------------------------------------------------


@pytest.fixture
def server() -> Iterator[int]:
    bomb = gzip.compress(b"\0" * 200_000_000, 9)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/drip":
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                for _ in range(100):
                    try:
                        self.wfile.write(b"x")
                        self.wfile.flush()
                    except OSError:
                        return
                    time.sleep(0.2)
                return
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            if self.path == "/bomb":
                self.send_header("Content-Encoding", "gzip")
            body = bomb if self.path == "/bomb" else f"<p>{self.headers['Host']}</p>".encode()
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            try:
                self.wfile.write(body)
            except OSError:
                return

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    found = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.daemon_threads = True
    threading.Thread(target=found.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield int(found.server_address[1])
    found.shutdown()
    found.server_close()


async def test_an_exempt_host_is_asked_and_no_other(server: int) -> None:
    async with Fetcher(hosts=["127.0.0.1"]) as fetcher:
        page = await fetcher.fetch(f"http://127.0.0.1:{server}/")
        assert page.data == f"<p>127.0.0.1:{server}</p>".encode()
        with pytest.raises(errors.NotFetched):
            await fetcher.fetch(f"http://localhost:{server}/")


async def test_a_gzip_bomb_ends_at_the_limit(server: int) -> None:
    import resource

    async with Fetcher(hosts=["127.0.0.1"]) as fetcher:
        before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
        with pytest.raises(errors.NotFetched, match="larger"):
            await fetcher.fetch(f"http://127.0.0.1:{server}/bomb")
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000, "kilobytes"
        assert time.process_time() - began < 5


async def test_a_server_that_drips_is_left(server: int) -> None:
    async with Fetcher(hosts=["127.0.0.1"], bounds=Bounds(seconds=1.0)) as fetcher:
        began = time.monotonic()
        with pytest.raises(errors.NotFetched, match="within"):
            await fetcher.fetch(f"http://127.0.0.1:{server}/drip")
        assert time.monotonic() - began < 10


async def test_a_server_that_is_not_there(free_port: int) -> None:
    async with Fetcher(hosts=["127.0.0.1"]) as fetcher:
        with pytest.raises(errors.NotFetched, match="reached"):
            await fetcher.fetch(f"http://127.0.0.1:{free_port}/")


async def test_many_at_once_share_nothing() -> None:
    pages = await asyncio.gather(*(fetched(f"http://news.example/{n}") for n in range(20)))
    assert [p.url for p in pages] == [f"http://news.example/{n}" for n in range(20)]


async def test_a_host_that_nobody_knows_is_told_in_plain_words() -> None:
    """Not by the name of a Python error: whoever reads it mistyped an address, or has no network."""

    async def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with pytest.raises(errors.NotFetched, match="Its host is not known: check the address"):
        await fetched("http://news.exmaple/", resolve=unknown)
