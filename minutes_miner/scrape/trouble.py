"""Name what keeps an answer from coming, in words that a reader can act on."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator

import httpx2

from minutes_miner.domain.gathering import Obstacle
from minutes_miner.domain.vocabulary import Coverage
from minutes_miner.errors import ScrapeError

CERTIFICATES = {
    9: "the certificate is not valid yet",
    10: "the certificate has expired",
    18: "the certificate is self-signed",
    19: "the certificate's chain ends in one that is self-signed",
    20: "the certificate's issuer is not known, or the server does not send the whole chain",
    21: "the server does not send the certificates between its own and its issuer's",
    23: "the certificate has been revoked",
    62: "the certificate is for another host",
    64: "the certificate is for another address",
}
"""OpenSSL's codes of failed checks (``X509_V_ERR_*``), and what they mean to a reader."""

_NAME_FAULTS = {
    socket.EAI_NONAME: "there is no such host",
    socket.EAI_AGAIN: "the name server does not answer",
}


class Trouble(ScrapeError):
    """An answer that did not come, or can't be used.

    Attributes:
        obstacle: what is recorded.
        status: of the answer, 0 where none came.
        is_passing: whether another try may do better.
    """

    def __init__(
        self, reason: str, *, state: Coverage = Coverage.FAILED, status: int = 0, is_passing: bool = False
    ) -> None:
        super().__init__(reason)
        self.obstacle = Obstacle(state, reason)
        self.status = status
        self.is_passing = is_passing


def name_lookup(error: OSError) -> Trouble:
    """Name the failure to find the addresses of a host."""
    number = error.errno if error.errno is not None else 0
    return Trouble(
        _NAME_FAULTS.get(number, f"the host's name could not be looked up ({error.strerror})"),
        is_passing=number == socket.EAI_AGAIN,
    )


def name_trouble(error: Exception) -> Trouble:
    """Name the failure of a connection or of an answer, by its first known cause."""
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLError):
            return _name_tls(cause)
        if isinstance(cause, ConnectionRefusedError):
            return Trouble("the connection was refused", is_passing=True)
        if isinstance(cause, ConnectionResetError):
            return Trouble("the server broke the connection off", is_passing=True)
    if isinstance(error, httpx2.ConnectTimeout):
        return Trouble("the host does not take connections", is_passing=True)
    if isinstance(error, httpx2.TimeoutException):
        return Trouble("the answer stopped coming", is_passing=True)
    if isinstance(error, httpx2.ConnectError):
        return Trouble("the host can't be reached", is_passing=True)
    if isinstance(error, httpx2.RemoteProtocolError):
        return Trouble(f"the answer is not whole or not HTTP ({_line(error)})", is_passing=True)
    return Trouble(f"the connection failed ({_line(error) or type(error).__name__})", is_passing=True)


def _name_tls(error: ssl.SSLError) -> Trouble:
    if isinstance(error, ssl.SSLCertVerificationError):
        reason = CERTIFICATES.get(error.verify_code, f"the certificate can't be trusted ({error.verify_message})")
        return Trouble(reason)
    detail = (error.reason or "no detail").replace("_", " ").lower()
    return Trouble(f"no secure connection could be made ({detail})", is_passing=isinstance(error, ssl.SSLEOFError))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:200].rstrip(".")
