"""FollowTheMoney entities for tests, as lines."""

import json
from typing import Any


def entity(identity: str, schema: str, **properties: Any) -> dict[str, Any]:
    """One entity; a text stands for a list of one."""
    return {
        "id": identity,
        "schema": schema,
        "properties": {
            name: [value] if isinstance(value, str) else value for name, value in properties.items()
        },
    }


def lines(*entities: dict[str, Any] | str) -> bytes:
    """A file of these entities, or of lines as they are given."""
    return "".join(
        f"{each if isinstance(each, str) else json.dumps(each)}\n" for each in entities
    ).encode()


HOLDING = (
    entity(
        "NK-holding",
        "Company",
        name="Quiet Harbor Holding",
        alias=["QHH"],
        previousName="Harbor One",
        registrationNumber="HE-12345",
        leiCode="5493001KJTIIGC8Y1R12",
        jurisdiction="cy",
    ),
    entity("NK-owner", "Person", name="Jane Example", passportNumber="P-77", nationality="us"),
    entity(
        "NK-stake",
        "Ownership",
        owner="NK-owner",
        asset="NK-holding",
        percentage="25-50%",
        startDate="2019-03",
        proof="NK-extract",
    ),
    entity(
        "NK-extract",
        "Article",
        title="Who holds Quiet Harbor",
        publisher="The Harbor Gazette",
        publishedAt="2020-01-15",
        sourceUrl="https://gazette.example/harbor",
        bodyText="Jane Example holds a share.",
    ),
    entity(
        "NK-sanction",
        "Sanction",
        entity="NK-owner",
        program="EXAMPLE-PROGRAM",
        authority="Office of Examples",
        country="us",
        listingDate="2021-05-06",
        sourceUrl="https://office.example/list",
    ),
)
"""A holding, who owns a part of it, the article that says so, and a measure against the owner."""
