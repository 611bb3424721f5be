"""Name a page of each type of the web application, and the way there."""

from __future__ import annotations

TYPES = {
    "home": "/",
    "results": "/search?q=council&kind=approve",
    "nothing": "/search?q=xylophone",
    "refused": "/search?q=kind:nonsense",
    "missing": "/nowhere",
    "decision": "/search?q=Farouk&routine=1>.card-words a",
    "action": "/search?q=authority:vexley>.card-words a>.crumbs a[href*=meetings]>.entry a[href*=actions]",
    "meeting": "/search?q=authority:lindenshire>.card-words a>.crumbs a[href*=meetings]",
    "document": "/search?q=authority:lindenshire>.card-words a>.source-links a[href*=documents]",
    "similar": "/search?q=Farouk&routine=1>.card-words a>/similar",
    "actions": "/actions?on=2024-07-01&show=all",
    "no-actions": "/actions?on=2001-01-01",
    "money": "/money?by=kind",
    "no-money": "/money?q=xylophone",
    "compare": "/compare?a=lindenshire&b=kestrelford",
    "compare-names": "/compare?a=council&b=nowhere",
    "reference": "/api",
    "councils": "/councils",
    "no-councils": "/councils?q=atlantis",
    "council": "/councils/lindenshire-county-council",
    "body": "/councils/lindenshire-county-council>[aria-labelledby=bodies] tbody a",
    "people": "/people",
    "person": "/people?q=farouk>tbody a",
    "nobody": "/people?q=xylophone",
    "coverage": "/coverage",
    "hostile-council": "/councils/vexley-parish-council",
    "hostile": "/search?q=society>.card-words a",
}
"""For each type of page the way to one: an address, and then what to click or to add to it."""
