"""Let readers watch searches by mail: what they ask for is confirmed first, within limits, and ended by one click."""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import sha256
from threading import Lock
from time import monotonic
from urllib.parse import urlencode, urlsplit

from starlette.datastructures import QueryParams

from minutes_miner.errors import ConfigError
from minutes_miner.export.postbox import Postbox
from minutes_miner.export.readermail import write_confirmation
from minutes_miner.store import Store
from minutes_miner.store.subscribing import Subscriptions, open_subscriptions
from minutes_miner.store.watches import Watch
from minutes_miner.web.asking import Asking
from minutes_miner.web.buckets import Buckets
from minutes_miner.web.outbox import Outbox
from minutes_miner.web.settings import Settings
from minutes_miner.web.signing import LINK_HOURS, Signer, load_key

OF_CLIENT, OF_ADDRESS, OF_ALL = 10, 3, 200
"""Mails that may be asked for: by a client an hour, for an address a day, and by all an hour."""

LONGEST_TITLE = 150
_ADDRESS = re.compile(
    r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]",
    re.ASCII | re.IGNORECASE,
)
_HOUR, _DAY = 60, 1_440


class Watching:
    """Take what readers ask for.

    Args:
        settings: of the application; its postbox and address are known.
        subscriptions: where searches are saved.
        signer: signs forms and links.
    """

    def __init__(self, settings: Settings, postbox: Postbox, subscriptions: Subscriptions, *, signer: Signer) -> None:
        self.subscriptions, self.signer = subscriptions, signer
        self._settings, self._postbox, self._outbox = settings, postbox, Outbox(postbox)
        self._lock = Lock()
        self._clients = Buckets(OF_CLIENT / _HOUR, most=OF_CLIENT)
        self._addresses = Buckets(OF_ADDRESS / _DAY, most=OF_ADDRESS)
        self._all = Buckets(OF_ALL / _HOUR, most=OF_ALL / 2)

    @property
    def site(self) -> str:
        """The address of the application, without a path at its end."""
        return (self._settings.address or "").rstrip("/")

    def close(self) -> None:
        """Send what waits, and close the database."""
        self._outbox.close()
        self.subscriptions.close()

    def wait(self, client: str) -> int:
        """Count a question of a client; give 0, or the seconds until it may ask again."""
        with self._lock:
            return self._clients.take(client, monotonic())

    def ask(self, address: str, asking: Asking) -> bool:
        """Mail a link that confirms a search; an address that had several lately gets none, and nobody learns so.

        Returns:
            False where no mails can be taken, whatever the address.
        """
        known = sha256(address.lower().encode()).hexdigest()
        with self._lock:
            if self._all.take("", monotonic()):
                return False
            if self._addresses.take(known, monotonic()):
                return True
        token = self.signer.sign_link(address, urlencode(plain(asking).pairs()))
        link = f"{self.site}/watch/confirm?{urlencode({'t': token})}"
        about = {"title": self._settings.title, "site": self.site}
        mail = write_confirmation(address, link, hours=LINK_HOURS, postbox=self._postbox, **about)
        return self._outbox.put(mail)

    def confirm(self, address: str, asking: Asking) -> Watch:
        """Save a search for the reader who followed the link.

        Raises:
            StoreError: see :meth:`Subscriptions.add`.
        """
        title = f"{self._settings.title}: {write_search(asking)}"[:LONGEST_TITLE]
        wanted = asking.filter(1)
        return self.subscriptions.add(wanted, address=address, title=title, site=self.site, path=asking.address())


def open_watching(settings: Settings, store: Store) -> Watching | None:
    """Open what watches need, or give None where no mail is set up.

    Raises:
        ConfigError: the site's address is not known, or the key can't be used.
        StoreError: the database can't be written.
    """
    if settings.postbox is None:
        return None
    address = urlsplit(settings.address or "")
    if address.scheme not in {"https", "http"} or not address.netloc:
        raise ConfigError("mails need the address of the site", advice="give --address https://minutes.example.org")
    signer = Signer(settings.watch_key or load_key())
    return Watching(settings, settings.postbox, open_subscriptions(store), signer=signer)


def is_address(text: str) -> bool:
    """Tell whether a text is a mail address such as servers take everywhere."""
    return len(text) <= 254 and _ADDRESS.fullmatch(text) is not None and ".." not in text


def plain(asking: Asking) -> Asking:
    """Give a search without its order and page, which a watch has not."""
    return replace(asking, sort=Asking().sort, after="")


def read_search(search: str) -> Asking:
    """Read a search as a link holds it."""
    return plain(Asking.read(QueryParams(search)))


def write_search(asking: Asking) -> str:
    """Say what a search asks for in one line of words that can stand in a mail's subject."""
    said = [asking.text, *(value for values in asking.facets.values() for value in values)]
    said += [f"{word} {value}" for word, value in (("from", asking.since), ("up to", asking.until)) if value]
    said += [f"at least {asking.least}"] if asking.least else []
    said += ["routine business too"] if asking.routine else []
    line = " ".join(", ".join(filter(None, said)).split())
    return "".join(sign if sign.isprintable() else " " for sign in line)
