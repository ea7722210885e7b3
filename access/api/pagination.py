"""Cursor pagination: pages stay stable while rows are added."""

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request

if TYPE_CHECKING:
    from rest_framework.views import APIView


class KeyCursor(CursorPagination):
    """Pages of 50, at most 200 (``?limit=``), in the order of the public key.

    A view that lists in another order names it in ``cursor_ordering``; end it with a unique
    field.
    """

    page_size = 50
    max_page_size = 200
    page_size_query_param = "limit"
    ordering = ("key",)
    cursor_query_description = "The place to go on from, as given in `next` or `previous`."
    page_size_query_description = "Rows on a page, 1 to 200; 50 when not given."

    def get_ordering(
        self, request: Request, queryset: "QuerySet[Any]", view: "APIView | None"
    ) -> tuple[str, ...]:
        """The order of the view, or that of the public key."""
        return tuple(getattr(view, "cursor_ordering", None) or self.ordering)

    def get_page_size(self, request: Request) -> int:
        """The page size asked for; raises ValidationError for one that is not from 1 to 200."""
        text = request.query_params.get("limit")
        if text is None:
            return self.page_size
        if text.isascii() and text.isdecimal() and 1 <= int(text[:4]) <= self.max_page_size:
            return int(text)
        raise ValidationError({"limit": [f"Write a whole number from 1 to {self.max_page_size}."]})

    def decode_cursor(self, request: Request) -> Cursor | None:
        """The place to go on from; raises ValidationError for one that this API never gave."""
        try:
            cursor: Cursor | None = super().decode_cursor(request)
        except NotFound as error:
            message = "Take the cursor from `next` or `previous` of an earlier page."
            raise ValidationError({"cursor": [message]}) from error
        return cursor
