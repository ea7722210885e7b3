"""What the caller was told, and how they want to be told."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from access.api.views import Listed, ScopedViewSet
from access.policy import Verb
from casemgr.actions.notices import mark_read, set_digest
from casemgr.api.filters import NotificationFilter
from casemgr.api.serializers.desk import (
    NoticeSettingSerializer,
    NotificationSerializer,
    ReadAnswerSerializer,
    ReadSerializer,
)
from casemgr.models import DigestRhythm, NoticeSetting, Notification
from designations.api.shapes import Shaped


class NotificationViewSet(Shaped, Listed, ScopedViewSet):
    """One's own notifications, the newest first."""

    resource = "notification"
    team_path = None
    verbs: ClassVar = {
        "read": Verb.CHANGE, "rhythm": Verb.READ, "change_rhythm": Verb.CHANGE,
    }  # fmt: skip
    queryset = Notification.objects.select_related("case", "item", "task", "by")
    serializer_class = NotificationSerializer
    requests: ClassVar = {"read": ReadSerializer, "change_rhythm": NoticeSettingSerializer}
    filterset_class = NotificationFilter
    cursor_ordering: ClassVar[tuple[str, ...]] = ("-pk",)

    @extend_schema(responses=ReadAnswerSerializer, filters=False)
    def read(self, request: Request) -> Response:
        """Mark some as read, or all of them; asking twice does no harm."""
        taken = self.taken(request, ReadSerializer)
        user = self.attribution()["actor"]
        count = mark_read(user, taken["ids"])
        left = Notification.objects.visible_to(user).unread().count()
        return Response(ReadAnswerSerializer({"read": count, "unread": left}).data)

    @extend_schema(
        operation_id="notifications_settings_show",
        responses=NoticeSettingSerializer,
        filters=False,
    )
    def rhythm(self, request: Request) -> Response:
        """How often the caller is written to; daily unless they said otherwise."""
        setting: Any = NoticeSetting.objects.filter(person=self.attribution()["actor"]).first()
        return Response(NoticeSettingSerializer(setting or NoticeSetting()).data)

    @extend_schema(
        operation_id="notifications_settings_change",
        responses=NoticeSettingSerializer,
        filters=False,
    )
    def change_rhythm(self, request: Request) -> Response:
        """Choose daily or off."""
        taken = self.taken(request, NoticeSettingSerializer)
        who = self.attribution()
        setting = set_digest(who["actor"], DigestRhythm(taken["digest"]), reason=who["reason"])
        return Response(NoticeSettingSerializer(setting).data)
