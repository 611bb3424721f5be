"""Wrap the pages of a ModernGov installation in its furniture."""

from __future__ import annotations

from html import escape

from .markup import tooltip
from .site import Answer

MENU = (
    ("mgCalendarMonthView.aspx?GL=1&amp;bcr=1", "Calendar"),
    ("mgListCommittees.aspx?bcr=1", "Committees"),
    ("mgMemberIndex.aspx?bcr=1", "Councillors"),
    ("mgDelegatedDecisions.aspx?bcr=1&amp;DM=0&amp;DS=2&amp;K=0&amp;DR=&amp;V=0", "Decisions"),
    ("mgListOfficerDecisions.aspx?bcr=1", "Officer decisions"),
    ("ieDocHome.aspx?bcr=1", "Meetings"),
    ("ieDocSearch.aspx?bcr=1", "Search documents"),
    ("mgWhatsNew.aspx?bcr=1", "What's New"),
)


def page(council: str, title: str, content: str, meta: str = "") -> Answer:
    """Give a whole page; ``content`` stands in ``div#modgov``."""
    menu = "\n".join(
        f'<li><a href="{href}" title="Link to {escape(text.lower())}">{text}</a></li>' for href, text in MENU
    )
    return Answer(
        f"""<!DOCTYPE html>



<html lang="en">
\t<head>
\t\t<meta charset="utf-8">
\t\t<meta http-equiv='X-UA-Compatible' content='IE=edge, chrome=1' />{meta}
<link type="text/css" href="jquery-ui/css/Smoothness/jquery-ui-1.13.2.custom.min.css" rel="stylesheet" />
\t\t<title>{escape(title)} - {escape(council)}</title>
\t\t<link href="sitespecific/ssMgStyles.css" rel="stylesheet" type="text/css" />
\t\t<link href="sitespecific/ssWordStyles.css" rel="stylesheet" type="text/css" />
\t</head>
\t<body>
\t\t<a class="sr-only" href="#mgMainContent">Skip to main content</a>
\t\t<header id="page-header"><div><img src="SiteSpecific/res/img/Logo.png" alt="{escape(council)}" /></div></header>
\t\t<div class="menu"><ul class="menu-list">
{menu}</ul></div>
\t\t<div role="main">
\t\t\t<a class="is-hidden" name="mgMainContent"></a>
\t\t\t<div id="content-holder">
\t\t\t\t<div id="modgov">{content}
<div class="mgFooter" >

\t<p>&nbsp;</p>

<input type="hidden" value="false" id="hidIsExtLinkNewWindow" name="hidIsExtLinkNewWindow"><!--#79852-->
    <script src="edit-doc-activex.js" type="text/javascript"></script>
    <script type="text/javascript">
\tvar mgJQuery = jQuery.noConflict(true);
    </script>
</div></div>
\t\t\t</div>
\t\t</div>
\t\t<footer id="page-footer" class="footer">
\t\t<small>&copy; {escape(council)}. All Rights Reserved.</small>
\t\t</footer>
\t</body>
</html>
""".encode()
    )


def head(title: str, subtitle: str, link: str | None = None) -> str:
    """Give the two headings of a page; the second may be a link, for which it has a tooltip."""
    inner = escape(subtitle)
    if link:
        inner = f'<a  href="{link}"  title="Link&#32;to&#32;{tooltip(subtitle)}">{inner}</a>'
    return (
        f'<div class="mgHeader"><h1  class="mgMainTitleTxt" >{escape(title)}</h1></div>\n'
        f'\t\t\t<div class="mgSubTitle" >\t\n\t\t\t\t<h2 class="mgSubTitleTxt">{inner}</h2>\n\t\t\t\t</div>'
    )


def label(name: str, value: str) -> str:
    """Give a line with a label; ``value`` is HTML."""
    return f'\t\t<p><span  class="mgLabel" >{name}: </span>{value}</p>'


def bullets(rows: list[str]) -> str:
    """Give a bulleted list of HTML rows."""
    return '<ul  class="mgBulletList" >\n' + "\n".join(f"\t\t<li>{row}</li>" for row in rows) + "\n</ul>"
