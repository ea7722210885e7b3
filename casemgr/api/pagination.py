"""Pages of what is attorney work product."""

from collections.abc import Sequence
from typing import Any

from rest_framework.response import Response

from access.api.pagination import KeyCursor
from casemgr.work_product import HANDLING


class WorkProductCursor(KeyCursor):
    """Pages stamped with how they are to be handled."""

    def get_paginated_response(self, data: Sequence[Any]) -> Response:
        """The page, the stamp first."""
        page = super().get_paginated_response(data)
        page.data = {"handling": HANDLING, **page.data}
        return page

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The page's schema with the stamp."""
        page: dict[str, Any] = super().get_paginated_response_schema(schema)
        page["properties"] = {"handling": {"type": "string"}, **page["properties"]}
        page["required"] = ["handling", *page.get("required", ())]
        return page
