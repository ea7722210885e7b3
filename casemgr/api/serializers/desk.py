"""Shapes of the work among people: tasks, comments, notifications, saved views."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from access.models import Team, User
from casemgr.list_pages import LIST_PAGES
from casemgr.mentions import names_called
from casemgr.models import (
    Comment,
    DigestRhythm,
    NoticeKind,
    NoticeSetting,
    Notification,
    SavedView,
    Task,
    TaskState,
)
from designations.api.fields import NamedField, TextField


class PersonSerializer(serializers.ModelSerializer[User]):
    """A person by key and name."""

    name = serializers.SerializerMethodField()

    class Meta:
        model = User
        fields = ("key", "username", "name")

    def get_name(self, row: User) -> str:
        """The full name, else the username."""
        return row.get_full_name() or row.username


class TaskFlagSerializer(serializers.Serializer[Any]):
    """The flag that a task came from."""

    doctrine = serializers.CharField()
    subject = serializers.CharField(source="flag_subject", allow_blank=True)
    cure = serializers.CharField(allow_blank=True)
    cleared = serializers.BooleanField(
        source="flag_cleared", help_text="The newest assessment raises no such flag any more."
    )


class TaskSerializer(serializers.ModelSerializer[Task]):
    """A piece of work on a case."""

    case = serializers.CharField(source="case.key")
    element = serializers.CharField(
        source="element_code", help_text="Empty: the case as a whole.", allow_blank=True
    )
    state = serializers.ChoiceField(choices=TaskState.choices)
    assignee = PersonSerializer(allow_null=True)
    created_by = PersonSerializer()
    flag = serializers.SerializerMethodField()

    class Meta:
        model = Task
        fields = (
            "key", "case", "element", "title", "note", "state", "assignee", "due_on", "flag",
            "created_by", "created_at", "closed_at", "closing_reason", "revision",
        )  # fmt: skip

    @extend_schema_field(TaskFlagSerializer(allow_null=True))
    def get_flag(self, row: Task) -> dict[str, Any] | None:
        """The flag it came from, if one."""
        return TaskFlagSerializer(row).data if row.doctrine else None


class TaskChangesSerializer(serializers.Serializer[Any]):
    """What may be changed of a task; its state is an act of its own."""

    title = TextField(required=False, max_length=300)
    note = TextField(required=False, max_length=20_000)
    assignee = NamedField(
        queryset=User.objects.filter(is_active=True),
        required=False,
        allow_null=True,
        help_text="Key of someone of the case's team; null: no one.",
    )
    due_on = serializers.DateField(required=False, allow_null=True)


class NewTaskSerializer(TaskChangesSerializer):
    """What a task is made of."""

    title = TextField(max_length=300)
    element = TextField(
        required=False, default="", max_length=60, help_text="Empty: the case as a whole."
    )
    doctrine = TextField(
        required=False,
        default="",
        max_length=60,
        help_text="Of the flag it would clear; that flag must be raised on the element.",
    )
    subject = TextField(
        required=False, default="", max_length=500, help_text="Of the flag; empty: all of them."
    )
    cure = TextField(required=False, default="", max_length=2000)


class TaskMoveSerializer(serializers.Serializer[Any]):
    """Where a task is to go."""

    to = serializers.ChoiceField(choices=TaskState.choices)
    why = TextField(
        required=False, default="", max_length=2000, help_text="Required to drop a task."
    )


class CommentSerializer(serializers.ModelSerializer[Comment]):
    """What someone said; a withdrawn comment keeps its place without its words."""

    element = serializers.CharField(source="element_code", allow_blank=True)
    task = serializers.CharField(source="task.key", allow_null=True, default=None)
    author = PersonSerializer()
    text = serializers.SerializerMethodField()
    mentions = serializers.SerializerMethodField()
    not_told = serializers.SerializerMethodField(
        help_text="Names called that are not of someone who may see the case."
    )

    class Meta:
        model = Comment
        fields = (
            "id", "element", "task", "author", "text", "mentions", "not_told", "written_at",
            "edited_at", "withdrawn_at", "withdrawn_why", "revision",
        )  # fmt: skip

    def get_text(self, row: Comment) -> str:
        """Empty once withdrawn."""
        return "" if row.withdrawn_at else row.text

    def get_mentions(self, row: Comment) -> list[str]:
        """Usernames of those who were told."""
        return [mention.person.username for mention in row.mentions.all()]

    def get_not_told(self, row: Comment) -> list[str]:
        """Names in the text that told no one."""
        if row.withdrawn_at:
            return []
        told = set(self.get_mentions(row))
        return [name for name in names_called(row.text) if name not in told]


class CommentChangesSerializer(serializers.Serializer[Any]):
    """The words of a comment."""

    text = TextField(max_length=20_000)


class NewCommentSerializer(CommentChangesSerializer):
    """Words, and what they are about: the case, unless an element or a task is named."""

    element = TextField(required=False, default="", max_length=60)
    task = TextField(required=False, default="", max_length=64, help_text="Key of a task.")


class CommentWithdrawalSerializer(serializers.Serializer[Any]):
    """Why a comment is withdrawn."""

    reason = TextField(max_length=2000)


class NotificationSerializer(serializers.ModelSerializer[Notification]):
    """Something that happened and concerns the caller."""

    kind = serializers.ChoiceField(choices=NoticeKind.choices)
    what = serializers.CharField(source="get_kind_display")
    by = PersonSerializer(allow_null=True, help_text="Null: the service itself.")
    case = serializers.CharField(source="case.key")
    task = serializers.CharField(source="task.key", allow_null=True, default=None)
    comment = serializers.IntegerField(source="comment_id", allow_null=True)
    item = serializers.CharField(source="item.key", allow_null=True, default=None)

    class Meta:
        model = Notification
        fields = (
            "id", "kind", "what", "by", "case", "task", "comment", "item", "happened_at", "read_at",
        )  # fmt: skip


class ReadSerializer(serializers.Serializer[Any]):
    """Which notifications were read."""

    ids = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1),
        max_length=500,
        allow_null=True,
        help_text="null: all of them.",
    )


class ReadAnswerSerializer(serializers.Serializer[Any]):
    """How many of them were unread until now, and how many still are."""

    read = serializers.IntegerField()
    unread = serializers.IntegerField()


class NoticeSettingSerializer(serializers.ModelSerializer[NoticeSetting]):
    """How often one is written to by e-mail."""

    digest = serializers.ChoiceField(choices=DigestRhythm.choices)

    class Meta:
        model = NoticeSetting
        fields = ("digest",)


class SavedViewSerializer(serializers.ModelSerializer[SavedView]):
    """A list with its filters under a name."""

    owner = PersonSerializer()
    team = serializers.SlugRelatedField[Team](slug_field="key", read_only=True, allow_null=True)

    class Meta:
        model = SavedView
        fields = ("key", "page", "name", "query", "owner", "team", "is_default", "revision")


class SavedViewChangesSerializer(serializers.Serializer[Any]):
    """What may be changed of a view."""

    name = TextField(required=False, max_length=80)
    query = TextField(required=False, max_length=2000, help_text="As in the address, without `?`.")
    team = NamedField(
        queryset=Team.objects.none(),
        required=False,
        allow_null=True,
        help_text="Key of a team of one's own to share it with; null: private.",
    )
    is_default = serializers.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        request = self.context.get("request")
        if request is not None:
            field: Any = self.fields["team"]
            field.queryset = Team.objects.visible_to(request.user)


class NewSavedViewSerializer(SavedViewChangesSerializer):
    """A view to keep."""

    page = serializers.ChoiceField(choices=list(LIST_PAGES))
    name = TextField(max_length=80)
    query = TextField(
        required=False, default="", max_length=2000, help_text="As in the address, without `?`."
    )
