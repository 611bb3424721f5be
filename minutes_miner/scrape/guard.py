"""Say which addresses may be asked: public web servers, and nothing of this machine or its network."""

from __future__ import annotations

import asyncio
import ipaddress
import socket

import httpx2

from minutes_miner.domain.vocabulary import Coverage
from minutes_miner.scrape.trouble import Trouble, name_lookup

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

WEB_PORTS = frozenset({80, 443})
FIRST_FREE_PORT = 1024
"""Ports below are other services' (mail, file sharing, remote shells); above stand web servers such as 8080, 8443."""

_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")


class Guard:
    """Check addresses before they are asked.

    Args:
        allow_private: whether addresses of this machine and of private networks may be asked as well: for tests.
    """

    def __init__(self, *, allow_private: bool = False) -> None:
        self._allow_private = allow_private

    def check(self, address: str) -> httpx2.URL:
        """Read an address, without its fragment.

        Raises:
            Trouble: it is not one of a web server, or holds credentials.
        """
        try:
            url = httpx2.URL(address)
        except (httpx2.InvalidURL, ValueError) as error:
            raise Trouble(f"the address can't be read ({error})") from error
        if url.scheme not in ("http", "https"):
            raise _refuse(f"only http and https are asked, not {url.scheme or 'an address without a scheme'}")
        if not url.host:
            raise Trouble("the address names no host")
        if url.userinfo:
            raise _refuse("an address that holds a user name or password is not asked")
        port = port_of(url)
        if port not in WEB_PORTS and not FIRST_FREE_PORT <= port <= 65535:
            raise _refuse(f"port {port} is not one of web servers")
        return url.copy_with(fragment=None) if url.fragment else url

    async def resolve(self, url: httpx2.URL) -> tuple[str, ...]:
        """Give the addresses of a host that may be asked, those of version 4 first.

        Raises:
            Trouble: there is no such host, or none of its addresses is public.
        """
        host = url.raw_host.decode("ascii")
        try:
            found = await asyncio.get_running_loop().getaddrinfo(host, port_of(url), type=socket.SOCK_STREAM)
        except OSError as error:
            raise name_lookup(error) from error
        except UnicodeError as error:
            raise Trouble("the host's name is not one that can exist") from error
        addresses = [ipaddress.ip_address(entry[4][0]) for entry in found]
        allowed = [address for address in addresses if self.allows(address)]
        if not allowed:
            named = ", ".join(sorted({str(address) for address in addresses}))
            raise _refuse(f"{host} is not a public address ({named})" if named != host else f"{host} is not public")
        return tuple(dict.fromkeys(str(address) for address in sorted(allowed, key=lambda one: one.version)))

    def allows(self, address: Address) -> bool:
        """Tell whether an address may be connected to."""
        for inner in _carried(address):
            if not self.allows(inner):
                return False
        if address.is_multicast or address.is_unspecified or address.is_link_local:
            return False
        if self._allow_private and address.is_private:
            return not address.is_reserved
        return address.is_global and (not address.is_reserved or address in _TRANSLATED)


def port_of(url: httpx2.URL) -> int:
    """Give the port that an address means."""
    return url.port or (443 if url.scheme == "https" else 80)


def _carried(address: Address) -> list[Address]:
    """Give the addresses of version 4 that one of version 6 stands for or leads to."""
    if isinstance(address, ipaddress.IPv4Address):
        return []
    carried: list[Address | None] = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _TRANSLATED:
        carried.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return [one for one in carried if one is not None]


def _refuse(reason: str) -> Trouble:
    return Trouble(reason, state=Coverage.REFUSED)
