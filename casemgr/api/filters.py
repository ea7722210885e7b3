"""What the lists of cases and of the work on them can be narrowed by."""

import django_filters as filters
from django.db.models import Q

from casemgr.list_pages import LIST_PAGES
from casemgr.models import (
    Case,
    Comment,
    Link,
    Notification,
    SavedView,
    Stage,
    Task,
    TaskState,
    TrackedFlag,
)
from casemgr.models.case import LIVE_KINDS
from casemgr.models.case_queries import CaseQuerySet
from casemgr.words import UNASSESSED, Grade, Severity, Stance
from designations.names import normalize_name

_KINDS = [(kind.value, kind.value) for kind in LIVE_KINDS]


class CaseFilter(filters.FilterSet):  # type: ignore[misc]
    """Cases by team, law, stage, grade, and who works on them."""

    team = filters.CharFilter(field_name="team__key", max_length=64)
    authority = filters.CharFilter(
        method="by_authority", max_length=170, help_text="A slug, or slug@version."
    )
    stage = filters.ChoiceFilter(choices=Stage.choices)
    kind = filters.ChoiceFilter(choices=_KINDS)
    grade = filters.ChoiceFilter(
        method="by_grade", choices=[(UNASSESSED, "not assessed"), *Grade.choices()]
    )
    assignee = filters.CharFilter(
        method="by_person", max_length=64, help_text="Key of who leads it or has an element of it."
    )
    designee = filters.CharFilter(field_name="designee__key", max_length=64)
    package = filters.CharFilter(field_name="package__key", max_length=64)
    q = filters.CharFilter(
        method="by_text", max_length=200, help_text="Part of title or designee's name; or key."
    )

    class Meta:
        model = Case
        fields = (
            "team", "authority", "stage", "kind", "grade", "assignee", "designee", "package", "q",
        )  # fmt: skip

    def by_authority(self, queryset: CaseQuerySet, name: str, value: str) -> CaseQuerySet:
        """Those pinned to the authority, or to one version of it."""
        slug, _, label = value.partition("@")
        return queryset.under_authority(slug, label)

    def by_grade(self, queryset: CaseQuerySet, name: str, value: str) -> CaseQuerySet:
        """Those of this grade now."""
        return queryset.never_assessed() if value == UNASSESSED else queryset.graded(value)

    def by_person(self, queryset: CaseQuerySet, name: str, value: str) -> CaseQuerySet:
        """Those the person works on."""
        return queryset.worked_on_by_key(value)

    def by_text(self, queryset: CaseQuerySet, name: str, value: str) -> CaseQuerySet:
        """Those in which the text occurs, or of that key."""
        return queryset.filter(
            Q(key=value)
            | Q(title__icontains=value)
            | Q(designee__name_normalized__contains=normalize_name(value) or value)
        )


class LinkFilter(filters.FilterSet):  # type: ignore[misc]
    """Links by element, item, stance, and whether anything ended them."""

    element = filters.CharFilter(field_name="case_element__element__code", max_length=60)
    item = filters.CharFilter(field_name="item__key", max_length=64)
    stance = filters.ChoiceFilter(choices=Stance.choices())
    live = filters.BooleanFilter(field_name="ended_on", lookup_expr="isnull")

    class Meta:
        model = Link
        fields = ("element", "item", "stance", "live")


class FlagFilter(filters.FilterSet):  # type: ignore[misc]
    """Flags by element, doctrine, severity, and whether they are still raised."""

    element = filters.CharFilter(field_name="element_code", max_length=60)
    doctrine = filters.CharFilter(max_length=60)
    severity = filters.ChoiceFilter(choices=Severity.choices())
    pending = filters.BooleanFilter()
    raised = filters.BooleanFilter(
        field_name="cleared_on", lookup_expr="isnull", help_text="true: not cleared."
    )

    class Meta:
        model = TrackedFlag
        fields = ("element", "doctrine", "severity", "pending", "raised")


class TaskFilter(filters.FilterSet):  # type: ignore[misc]
    """Tasks by case, element, person, state and due day."""

    case = filters.CharFilter(field_name="case__key", max_length=64)
    team = filters.CharFilter(field_name="case__team__key", max_length=64)
    element = filters.CharFilter(field_name="case_element__element__code", max_length=60)
    assignee = filters.CharFilter(field_name="assignee__key", max_length=64)
    unassigned = filters.BooleanFilter(field_name="assignee", lookup_expr="isnull")
    state = filters.ChoiceFilter(choices=TaskState.choices)
    unfinished = filters.BooleanFilter(field_name="closed_at", lookup_expr="isnull")
    doctrine = filters.CharFilter(max_length=60)
    flag_cleared = filters.BooleanFilter(help_text="Whether the flag it came from is gone.")
    due_before = filters.DateFilter(field_name="due_on", lookup_expr="lt")

    class Meta:
        model = Task
        fields = (
            "case", "team", "element", "assignee", "unassigned", "state", "unfinished", "doctrine",
            "flag_cleared", "due_before",
        )  # fmt: skip


class CommentFilter(filters.FilterSet):  # type: ignore[misc]
    """Comments by what they are on."""

    element = filters.CharFilter(field_name="case_element__element__code", max_length=60)
    task = filters.CharFilter(field_name="task__key", max_length=64)

    class Meta:
        model = Comment
        fields = ("element", "task")


class NotificationFilter(filters.FilterSet):  # type: ignore[misc]
    """Notifications by whether they were read, and by case."""

    unread = filters.BooleanFilter(field_name="read_at", lookup_expr="isnull")
    case = filters.CharFilter(field_name="case__key", max_length=64)

    class Meta:
        model = Notification
        fields = ("unread", "case")


class SavedViewFilter(filters.FilterSet):  # type: ignore[misc]
    """Saved views by the list they are of."""

    page = filters.ChoiceFilter(choices=[(word, each.title) for word, each in LIST_PAGES.items()])

    class Meta:
        model = SavedView
        fields = ("page",)
