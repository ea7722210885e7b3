"""Lists kept with their filters under a name."""

from typing import Any, ClassVar

from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from access.api.views import ScopedWriteViewSet
from casemgr.actions.saved_views import amend_view, remove_view, save_view
from casemgr.api.filters import SavedViewFilter
from casemgr.api.serializers.desk import (
    NewSavedViewSerializer,
    SavedViewChangesSerializer,
    SavedViewSerializer,
)
from casemgr.models import SavedView
from designations.api.shapes import Shaped


class SavedViewViewSet(Shaped, ScopedWriteViewSet):
    """One's own views, and those shared with a team of one's own; only the owner changes one."""

    resource = "saved-view"
    team_path = None
    queryset = SavedView.objects.select_related("owner", "team")
    serializer_class = SavedViewSerializer
    requests: ClassVar = {
        "create": NewSavedViewSerializer,
        "partial_update": SavedViewChangesSerializer,
    }
    filterset_class = SavedViewFilter
    lookup_field = "key"

    def act_create(self, data: dict[str, Any]) -> SavedView:
        """Keep the filters of a list."""
        who = self.attribution()
        return save_view(data.pop("page"), data.pop("name"), data.pop("query"), **data, **who)

    def act_update(self, row: SavedView, data: dict[str, Any], expected: int) -> SavedView:
        """Change one's view."""
        return amend_view(row, expected, **data, **self.attribution())

    def destroy(self, request: Request, **_kwargs: str) -> Response:
        """Forget one's view."""
        remove_view(self.get_object(), **self.attribution())
        return Response(status=status.HTTP_204_NO_CONTENT)
