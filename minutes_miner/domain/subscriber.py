"""Hold to whom a saved search of the web application is mailed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Hold to whom, and how, a saved search of the web application is mailed.

    Attributes:
        address: of the reader, by mail.
        title: what the mails are called.
        site: address of the web application, without a path.
        path: of the search's page there.
        stop_key: whoever knows it can end the mails.
    """

    address: str
    title: str
    site: str
    path: str
    stop_key: str

    @property
    def page(self) -> str:
        """The address of the search's page."""
        return self.site + self.path

    @property
    def stop_page(self) -> str:
        """The address at which the mails can be ended."""
        return f"{self.site}/watch/stop/{self.stop_key}"
