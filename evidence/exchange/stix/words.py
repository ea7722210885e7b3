"""Words and identifiers of STIX 2.1 that the reading and the writing share."""

import re
from collections.abc import Mapping
from uuid import UUID, uuid5

NAMESPACE = UUID("66b01235-ac7d-40af-8dfc-f6a772d4a36b")
"""Of the identifiers that this product makes: the same item has the same one in every bundle."""
OURS = "casemgr"
"""The ``source_name`` of the external reference that carries a public key of ours."""

UUID_FORM = r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
ID = re.compile(rf"([a-z0-9][a-z0-9-]{{0,249}})--{UUID_FORM}")

HEADS = ("report", "grouping", "note", "opinion")
"""Objects that say something as a whole: each that nothing else holds becomes an item."""
HOLDING = ("report", "grouping")
BESIDE = ("marking-definition", "extension-definition", "language-content")
"""Objects about objects. They are read where they matter and are evidence of nothing."""

PLURALS: Mapping[str, str] = {
    "attack-pattern": "attack patterns",
    "autonomous-system": "autonomous systems",
    "campaign": "campaigns",
    "course-of-action": "courses of action",
    "identity": "identities",
    "infrastructure": "pieces of infrastructure",
    "malware": "pieces of malware",
    "malware-analysis": "malware analyses",
    "observed-data": "sets of observed data",
    "process": "processes",
    "software": "pieces of software",
    "vulnerability": "vulnerabilities",
    "directory": "directories",
    "domain-name": "domain names",
    "ipv4-addr": "IPv4 addresses",
    "ipv6-addr": "IPv6 addresses",
    "email-addr": "e-mail addresses",
    "mac-addr": "MAC addresses",
    "network-traffic": "records of network traffic",
    "url": "URLs",
    "mutex": "mutexes",
}
SINGULARS: Mapping[str, str] = {
    "infrastructure": "piece of infrastructure",
    "malware": "piece of malware",
    "observed-data": "set of observed data",
    "software": "piece of software",
    "ipv4-addr": "IPv4 address",
    "ipv6-addr": "IPv6 address",
    "email-addr": "e-mail address",
    "mac-addr": "MAC address",
    "network-traffic": "record of network traffic",
    "url": "URL",
}

# STIX 2.1, section 7.2.1.4, and the extension of OASIS for TLP 2.0.
TLP: Mapping[str, str] = {
    "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9": "WHITE",
    "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da": "GREEN",
    "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82": "AMBER",
    "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed": "RED",
    "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487": "CLEAR",
    "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb": "GREEN",
    "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421": "AMBER",
    "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003": "AMBER+STRICT",
    "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1": "RED",
}
TLP_LEVELS = ("CLEAR", "WHITE", "GREEN", "AMBER", "AMBER+STRICT", "RED")
OPEN_LEVELS = ("CLEAR", "WHITE")
"""Levels that restrict nothing."""
TLP_2_EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"


def own_id(type_: str, *parts: str) -> str:
    """The identifier that this product gives an object of the type.

    >>> own_id("report", "E-1") == own_id("report", "E-1")
    True
    """
    return f"{type_}--{uuid5(NAMESPACE, chr(31).join((type_, *parts)))}"


def counted(type_: str, number: int) -> str:
    """So many objects of a type, in words.

    >>> counted("malware", 1), counted("identity", 2), counted("x-thing", 2)
    ('1 piece of malware', '2 identities', '2 x-things')
    """
    if number == 1:
        return f"1 {SINGULARS.get(type_, _spaced(type_))}"
    return f"{number:,} {PLURALS.get(type_, f'{_spaced(type_)}s')}"


def named(type_: str) -> str:
    """The type of one object, in words."""
    return SINGULARS.get(type_, _spaced(type_))


def _spaced(type_: str) -> str:
    return type_ if type_.startswith("x-") else type_.replace("-", " ")


def code_of(level: str) -> str:
    """A TLP level in the form that a marking code can have.

    >>> code_of("AMBER+STRICT")
    'TLP-AMBER-STRICT'
    """
    return f"TLP-{level.replace('+', '-')}"
