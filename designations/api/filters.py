"""What the lists of the law and its targets can be narrowed by."""

import django_filters as filters
from django.db.models import F, Q, QuerySet

from designations.clock import today
from designations.models import Authority, AuthorityVersion, Designee, Origin, OwnershipStake
from designations.names import normalize_name
from designations.words import DesigneeType, VersionState


class AuthorityFilter(filters.FilterSet):  # type: ignore[misc]
    """Authorities by origin."""

    origin = filters.ChoiceFilter(choices=Origin.choices)

    class Meta:
        model = Authority
        fields = ("origin",)


class VersionFilter(filters.FilterSet):  # type: ignore[misc]
    """Versions by authority and by their state on a day."""

    authority = filters.CharFilter(field_name="authority__slug", max_length=100)
    state = filters.ChoiceFilter(choices=VersionState.choices())
    on = filters.DateFilter(
        method="told_by_the_queryset",
        help_text="The day for which `state` is told; default: today.",
    )

    class Meta:
        model = AuthorityVersion
        fields = ("authority", "state", "on")

    def filter_queryset(self, queryset: QuerySet[AuthorityVersion]) -> QuerySet[AuthorityVersion]:
        """Tell the state on the day asked for, then narrow."""
        day = self.form.cleaned_data.get("on") or today()
        stated: QuerySet[AuthorityVersion] = super().filter_queryset(
            AuthorityVersion.objects.filter(pk__in=queryset.values("pk"))
            .select_related("authority")
            .state_on(day)
            .annotate(slug=F("authority__slug"))
        )
        return stated

    def told_by_the_queryset(
        self, queryset: QuerySet[AuthorityVersion], name: str, value: object
    ) -> QuerySet[AuthorityVersion]:
        """The day narrows nothing."""
        return queryset


class DesigneeFilter(filters.FilterSet):  # type: ignore[misc]
    """Designees by type and by any of their names."""

    type = filters.ChoiceFilter(choices=DesigneeType.choices())
    name = filters.CharFilter(
        method="by_name", max_length=500, help_text="A whole name, an alias, or a spelling of one."
    )
    q = filters.CharFilter(method="by_part", max_length=200, help_text="Part of a name, or a key.")

    class Meta:
        model = Designee
        fields = ("type", "name", "q")

    def by_name(self, queryset: QuerySet[Designee], name: str, value: str) -> QuerySet[Designee]:
        """Those of whom it is a name."""
        return queryset.filter(pk__in=Designee.objects.named(value).values("pk"))

    def by_part(self, queryset: QuerySet[Designee], name: str, value: str) -> QuerySet[Designee]:
        """Those of whom it is part of a name, or the key."""
        part = normalize_name(value)
        named = Q(pk__in=Designee.objects.filter(names__normalized__contains=part).values("pk"))
        return queryset.filter(Q(key=value) | Q(name_normalized__contains=part) | named)


class StakeFilter(filters.FilterSet):  # type: ignore[misc]
    """Ownership by who owns and who is owned."""

    owner = filters.CharFilter(field_name="owner__key", max_length=64)
    owned = filters.CharFilter(field_name="owned__key", max_length=64)
    live = filters.BooleanFilter(
        field_name="ended_on", lookup_expr="isnull", help_text="true: nothing has ended it."
    )

    class Meta:
        model = OwnershipStake
        fields = ("owner", "owned", "live")
