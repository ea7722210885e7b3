"""What the lists of evidence can be narrowed by."""

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet

from access.scope import in_teams_of
from evidence.models import EvidenceItem, Source
from evidence.words import EvidenceKind, Privilege, SourceRole


class SourceFilter(filters.FilterSet):  # type: ignore[misc]
    """Sources by role and name."""

    role = filters.ChoiceFilter(choices=SourceRole.choices())
    q = filters.CharFilter(method="by_text", max_length=200, help_text="Part of the name, or key.")

    class Meta:
        model = Source
        fields = ("role", "q")

    def by_text(self, queryset: QuerySet[Source], name: str, value: str) -> QuerySet[Source]:
        """Those whose name holds the text, or of that key."""
        return queryset.filter(Q(name__icontains=value) | Q(key=value))


class ItemFilter(filters.FilterSet):  # type: ignore[misc]
    """Items by kind, source, marking, date, and whether they are at work in a case."""

    kind = filters.ChoiceFilter(choices=EvidenceKind.choices())
    source = filters.CharFilter(field_name="source__key", max_length=64)
    source_role = filters.ChoiceFilter(field_name="source__role", choices=SourceRole.choices())
    team = filters.CharFilter(field_name="owner_team__key", max_length=64)
    marking = filters.CharFilter(method="by_marking", max_length=40)
    privilege = filters.ChoiceFilter(choices=Privilege.choices())
    dated_from = filters.DateFilter(field_name="dated_on", lookup_expr="gte")
    dated_to = filters.DateFilter(field_name="dated_on", lookup_expr="lte")
    withdrawn = filters.BooleanFilter(field_name="withdrawn_on", lookup_expr="isnull", exclude=True)
    linked = filters.BooleanFilter(
        method="by_links",
        help_text="true: bears on a case of your teams now; false: the unlinked ones.",
    )
    q = filters.CharFilter(
        method="by_text", max_length=200, help_text="Part of title, summary or citation; or key."
    )

    class Meta:
        model = EvidenceItem
        fields = (
            "kind", "source", "source_role", "team", "marking", "privilege", "dated_from",
            "dated_to", "withdrawn", "linked", "q",
        )  # fmt: skip

    def by_marking(
        self, queryset: QuerySet[EvidenceItem], name: str, value: str
    ) -> QuerySet[EvidenceItem]:
        """Those that carry the marking."""
        return queryset.filter(markings__contains=[value])

    def by_links(
        self, queryset: QuerySet[EvidenceItem], name: str, value: bool
    ) -> QuerySet[EvidenceItem]:
        """By live links to cases of the reader's teams; links of other teams tell nothing."""
        user: Any = self.request.user
        linked = EvidenceItem.objects.filter(
            in_teams_of(user, "links__case_element__case__team"),
            links__isnull=False,
            links__ended_on__isnull=True,
        ).values("pk")
        return queryset.filter(pk__in=linked) if value else queryset.exclude(pk__in=linked)

    def by_text(
        self, queryset: QuerySet[EvidenceItem], name: str, value: str
    ) -> QuerySet[EvidenceItem]:
        """Those in which the text occurs, or of that key."""
        return queryset.filter(
            Q(title__icontains=value)
            | Q(summary__icontains=value)
            | Q(citation__icontains=value)
            | Q(key=value)
        )
