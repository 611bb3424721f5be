"""Send what a saved search tells by e-mail, over SMTP."""

from __future__ import annotations

import hashlib
import os
import smtplib
import socket
import ssl
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from email.utils import formatdate

from minutes_miner.domain.alert import Alert
from minutes_miner.errors import ConfigError, MinutesMinerError
from minutes_miner.export.notice import as_texts, count_words

SECURITY = ("starttls", "ssl", "none")
"""How the connection is made safe: from the greeting on, from the first byte, or not at all."""

_UNFOLDED = policy.default.clone(max_line_length=900)
"""Headers stay on one line: a folded address would be written as an encoded word, which no program follows."""

_PORTS = {"starttls": 587, "ssl": 465, "none": 25}


class MailError(MinutesMinerError):
    """A mail that could not be delivered."""


@dataclass(frozen=True, slots=True)
class Postbox:
    """Say how mail is sent.

    Attributes:
        host, port: of the server.
        security: see SECURITY.
        sender: an address.
        recipients: addresses of those who are told what own searches find.
        user, password: None where the server asks for none.
        timeout: seconds for each answer of the server.
    """

    host: str
    port: int
    security: str
    sender: str
    recipients: tuple[str, ...]
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    timeout: float = 60.0


def read_postbox(
    server: str | None,
    *,
    security: str | None,
    sender: str | None,
    recipients: Sequence[str],
    user: str | None,
    environment: Mapping[str, str] = os.environ,
) -> Postbox:
    """Put settings together; the password stands in the environment alone, where other users can't see it.

    Args:
        server: ``HOST`` or ``HOST:PORT``.
        security: None for what the port asks for, ``starttls`` where it says nothing.
        sender: an address.
        recipients: addresses.
        user: for signing in.
        environment: holds ``MINUTES_MINER_SMTP_PASSWORD``.

    Raises:
        ConfigError: a setting is missing or can't be used.
    """
    if not server:
        raise ConfigError("no mail server is named", advice="give --smtp HOST:PORT or set MINUTES_MINER_SMTP")
    if not sender:
        raise ConfigError("a mail needs a sender", advice="give --from or set MINUTES_MINER_MAIL_FROM")
    for address in (*recipients, sender):
        if "@" not in address or not address.isprintable() or " " in address:
            raise ConfigError(f"{address!r} is no mail address", advice="write name@example.org")
    host, _, port = server.rpartition(":") if server.rpartition(":")[2].isdigit() else (server, "", "")
    security = security or ("ssl" if port == "465" else "starttls")
    password = environment.get("MINUTES_MINER_SMTP_PASSWORD")
    if user and not password:
        raise ConfigError("the mail server's password is missing", advice="set MINUTES_MINER_SMTP_PASSWORD")
    number = int(port or _PORTS[security])
    return Postbox(host.strip("[]"), number, security, sender, tuple(recipients), user, password if user else None)


def write_mail(name: str, alerts: Sequence[Alert], postbox: Postbox) -> EmailMessage:
    """Write a mail; its Message-ID is made of what it tells, so that a mail that was sent twice shows."""
    mail = begin_mail(f"{name}: {count_words(alerts)}", postbox.recipients, postbox)
    mail["Message-ID"] = identify(name, alerts, postbox)
    mail.set_content(as_texts(name, alerts).encode("utf-8", "replace").decode())
    return mail


def begin_mail(subject: str, recipients: Sequence[str], postbox: Postbox) -> EmailMessage:
    """Begin a mail of a program: subject, sender, recipients and date, without a text."""
    mail = EmailMessage(policy=_UNFOLDED)
    mail["Subject"] = subject
    mail["From"], mail["To"] = postbox.sender, ", ".join(recipients)
    mail["Date"] = formatdate()
    mail["Auto-Submitted"] = "auto-generated"
    return mail


def identify(name: str, alerts: Sequence[Alert], postbox: Postbox) -> str:
    """Make a Message-ID of what a saved search tells."""
    told = "\n".join([name, *(f"{alert.key} {sorted(alert.facts.items())}" for alert in alerts)])
    digest = hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:32]
    return f"<{digest}@{postbox.sender.rpartition('@')[2]}>"


def send_mail(mail: EmailMessage, postbox: Postbox) -> None:
    """Send a mail.

    Raises:
        MailError: the server can't be reached, is not who it should be, or takes the mail for no recipient or not for
            all of them.
    """
    where = f"{postbox.host}:{postbox.port}"
    try:
        with _connect(postbox) as server:
            if postbox.user:
                server.login(postbox.user, postbox.password or "")
            refused = server.send_message(mail)
    except smtplib.SMTPRecipientsRefused as error:
        raise MailError(f"the server refuses {', '.join(error.recipients)}", where=where) from error
    except (smtplib.SMTPException, ssl.SSLError, socket.gaierror, OSError) as error:
        said = " ".join(str(error).split()) or type(error).__name__
        advice = "the next run tries again"
        raise MailError(f"the mail could not be sent ({said})", where=where, advice=advice) from error
    if refused:
        raise PartialMailError(f"the server refuses {', '.join(refused)}; the others have the mail", where=where)


class PartialMailError(MailError):
    """A mail that some recipients have and others have not."""


def _connect(postbox: Postbox) -> smtplib.SMTP:
    place = (postbox.host, postbox.port)
    if postbox.security == "ssl":
        return smtplib.SMTP_SSL(*place, timeout=postbox.timeout, context=ssl.create_default_context())
    server = smtplib.SMTP(*place, timeout=postbox.timeout)
    if postbox.security == "starttls":
        with ExitStack() as closing:
            closing.callback(server.close)
            server.starttls(context=ssl.create_default_context())
            closing.pop_all()
    return server
