"""Write the mails that readers of the web application get: to confirm, and on what their searches find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from email.message import EmailMessage
from email.utils import make_msgid

from minutes_miner.domain.alert import Alert
from minutes_miner.domain.subscriber import Subscriber
from minutes_miner.export.notice import as_texts, count_words
from minutes_miner.export.postbox import Postbox, begin_mail, identify

MOST_TOLD = 100
"""Records in a mail; of more, the page of the search tells."""

_ASK = """Somebody, probably you, asked {title} at {site} for a mail
whenever a search there finds something new.

To see the search and say yes, open this page within {hours} hours:

{link}

If it was not you, do nothing: no more mails come, and your address is not kept.
"""

_END = """--
The search: {page}
No more of these mails: {stop}
"""


def write_confirmation(address: str, link: str, *, title: str, site: str, hours: int, postbox: Postbox) -> EmailMessage:
    """Write the mail that asks for a confirmation; nothing that a stranger typed stands in it but the address.

    Args:
        address: of the reader.
        link: to the page where it is confirmed.
        title, site: name and address of the web application.
        hours: how long the link can be used.
        postbox: tells the sender.
    """
    mail = begin_mail(f"{title}: please confirm", (address,), postbox)
    mail["Message-ID"] = make_msgid(domain=postbox.sender.rpartition("@")[2])
    mail.set_content(_ASK.format(title=title, site=site, hours=hours, link=link))
    return mail


def write_news(name: str, alerts: Sequence[Alert], *, to: Subscriber, postbox: Postbox) -> EmailMessage:
    """Write what a reader's search tells, with the ways to end it that RFC 2369 and RFC 8058 give to mail programs."""
    shown = [replace(alert, url=f"{to.site}/{alert.noun}s/{alert.record_id}") for alert in alerts[:MOST_TOLD]]
    mail = begin_mail(f"{to.title}: {count_words(alerts)}", (to.address,), postbox)
    mail["Message-ID"] = identify(name, alerts, postbox)
    mail["List-Unsubscribe"] = f"<{to.stop_page}>"
    mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    more = f"\nAnd {len(alerts) - len(shown):,} more.\n" if len(alerts) > len(shown) else ""
    text = as_texts(to.title, shown) + more + "\n" + _END.format(page=to.page, stop=to.stop_page)
    mail.set_content(text.encode("utf-8", "replace").decode())
    return mail
