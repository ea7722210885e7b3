"""What is kept of a session: enough to recognize one's own, no more.

The network an address belongs to and the name of the browser tell a person which session is
theirs. The full address and the browser's full signature would follow them about.
"""

import re
from ipaddress import IPv4Address, ip_address, ip_network
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

_BROWSERS = (
    ("Edge", r"Edg(?:e|A|iOS)?/(\d+)"),
    ("Opera", r"OPR/(\d+)"),
    ("Firefox", r"(?:Firefox|FxiOS)/(\d+)"),
    ("Chrome", r"(?:Chrome|CriOS)/(\d+)"),
    ("Safari", r"Version/(\d+).*Safari/"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("macOS", "Mac OS X"),
    ("ChromeOS", "CrOS"),
    ("Linux", "Linux"),
)


def browser_of(signature: str) -> str:
    """The browser and the system, in words, out of a User-Agent header.

    >>> browser_of("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0")
    'Firefox 128 on Linux'
    >>> browser_of("curl/8.5.0")
    'another program'
    """
    system = next((name for name, mark in _SYSTEMS if mark in signature), "")
    for name, pattern in _BROWSERS:
        if found := re.search(pattern, signature):
            return f"{name} {found[1]} on {system}" if system else f"{name} {found[1]}"
    return f"another program on {system}" if system else "another program"


def network_of(address: str) -> str:
    """The first address of the network: 24 bits of an IPv4 address, 48 of an IPv6 one.

    >>> network_of("203.0.113.77")
    '203.0.113.0'
    >>> network_of("2001:db8:1:2::3")
    '2001:db8:1::'
    """
    bits = 24 if isinstance(ip_address(address), IPv4Address) else 48
    return str(ip_network(f"{address}/{bits}", strict=False).network_address)


def keep_little(sender: type[UserSession], instance: UserSession, **_signal: Any) -> None:
    """Receiver of ``pre_save``: shorten what allauth is about to store of a session."""
    instance.ip = network_of(instance.ip)
    if "/" in instance.user_agent:
        instance.user_agent = browser_of(instance.user_agent)
    elif not instance.user_agent:
        instance.user_agent = browser_of("")


def forget_ended() -> int:
    """Remove what is kept of sessions that have ended; returns how many of the list went."""
    with transaction.atomic():
        Session.objects.filter(expire_date__lt=timezone.now()).delete()
        live = Session.objects.values("session_key")
        removed, _ = UserSession.objects.exclude(session_key__in=live).delete()
    return int(removed)
