"""Which addresses may be asked."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import pytest
from loopback import PAGE, QUICK, Answer, Folder, fetch, serve

from minutes_miner.domain.vocabulary import Coverage
from minutes_miner.scrape.guard import Guard
from minutes_miner.scrape.trouble import Trouble

PUBLIC_ONLY = replace(QUICK, allow_loopback=False)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.1.2.3", "localhost", "0x7f000001", "2130706433", "127.1", "0", "0.0.0.0"]
)
def test_this_machine_is_not_asked_whatever_it_is_called(folder: Folder, host: str) -> None:
    with serve({"/": Answer()}) as site:
        [allowed] = fetch(folder, f"{site.base}/")
        seen = len(site.visits)
        [response] = fetch(folder, f"http://{host}:{site.port}/", courtesy=PUBLIC_ONLY)
    assert allowed.body == PAGE
    assert response.obstacle is not None and response.obstacle.state is Coverage.REFUSED, response.obstacle
    assert "not public" in response.obstacle.reason or "not a public address" in response.obstacle.reason
    assert len(site.visits) == seen == 2 and site.connections == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://[::1]/",
        "http://[::]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[fe80::1]/",
        "http://[fd00::1]/",
        "http://[ff02::1]/",
        "http://10.0.0.1/",
        "http://172.16.5.4/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1/",
        "http://224.0.0.1/",
        "http://240.0.0.1/",
        "http://255.255.255.255/",
        "ftp://council.example/",
        "file:///etc/hosts",
        "javascript:alert(1)",
        "//council.example/",
        "http://user:word@council.example/",
        "http://user@council.example/",
        "http://council.example:22/",
        "http://council.example:25/",
        "http://council.example:1023/",
    ],
)
def test_what_is_no_public_web_server_is_not_asked(folder: Folder, url: str) -> None:
    [response] = fetch(folder, url, courtesy=PUBLIC_ONLY)
    assert response.obstacle is not None and response.obstacle.state is Coverage.REFUSED, response.obstacle
    assert response.status == 0 and folder.kept == []


@pytest.mark.parametrize("host", ["169.254.169.254", "0.0.0.0", "224.0.0.1", "[fe80::1]"])
def test_private_networks_do_not_open_the_rest(folder: Folder, host: str) -> None:
    [response] = fetch(folder, f"http://{host}/")
    assert response.obstacle is not None and response.obstacle.state is Coverage.REFUSED


@pytest.mark.parametrize(
    "url",
    ["http:///x", "http://", "http://a b/", "http://council.example:99999/", "", "http://[::1/", "http://0177.0.0.1/"],
)
def test_what_is_no_address_is_named(folder: Folder, url: str) -> None:
    [response] = fetch(folder, url)
    assert response.obstacle is not None and response.obstacle.state in (Coverage.FAILED, Coverage.REFUSED)
    assert folder.kept == [] and response.obstacle.reason


@pytest.mark.parametrize(
    "target", ["http://169.254.169.254/latest/", "http://0.0.0.0/", "file:///etc/hosts", "http://u:p@h.example/"]
)
def test_a_redirect_does_not_lead_where_nothing_is_asked(folder: Folder, target: str) -> None:
    with serve({"/": Answer(b"", 302, {"Location": target})}) as site:
        [response] = fetch(folder, f"{site.base}/")
    assert response.obstacle is not None and response.obstacle.state is Coverage.REFUSED
    assert [exchange.status for exchange in folder.kept] == [404, 302]


@pytest.mark.parametrize("address", ["8.8.8.8", "151.101.0.81", "2a00:1450:4009:81f::200e", "64:ff9b::808:808"])
def test_public_addresses_are_asked(address: str) -> None:
    assert Guard().allows(ipaddress.ip_address(address))


@pytest.mark.parametrize("port", [80, 443, 1024, 8080, 8443, 50000])
def test_ports_of_web_servers_are_asked(port: int) -> None:
    assert Guard().check(f"http://council.example:{port}/a#b").path == "/a"


def test_a_host_keeps_its_private_addresses_to_itself() -> None:
    url = httpx2.URL("http://localhost:8080/")
    assert asyncio.run(Guard(allow_private=True).resolve(url))[0] in ("127.0.0.1", "::1")
    with pytest.raises(Trouble, match="localhost is not a public address"):
        asyncio.run(Guard().resolve(url))


def test_a_name_is_looked_up_once_and_what_was_checked_is_what_is_asked(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: list[str] = []
    look_up = socket.getaddrinfo

    def note(host: str, *rest: Any, **named: Any) -> object:
        looked_up.append(host)
        return look_up(host, *rest, **named)

    monkeypatch.setattr(socket, "getaddrinfo", note)
    with serve({"/a": Answer(), "/b": Answer(headers={"Connection": "close"}), "/c": Answer()}) as site:
        by_name = f"http://localhost:{site.port}"
        responses = fetch(folder, *(f"{by_name}/{page}" for page in "abc"))
    assert [response.body for response in responses] == [PAGE] * 3
    assert {visit.headers["Host"] for visit in site.visits} == {f"localhost:{site.port}"}
    assert looked_up == ["localhost"] and site.connections == 2
