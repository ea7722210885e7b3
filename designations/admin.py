"""The admin site's view of the law: reference data, read and never written there.

Texts change by loading the library; that a text is what was enacted is vouched for by counsel
where they read it. Designees are not here: whom an agency looks at is case content.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from access.admin import PolicyAdmin
from designations.models import (
    Authority,
    AuthorityVersion,
    Consequence,
    Consideration,
    Element,
    Prerequisite,
    Provision,
    Verification,
    VersionStatus,
)


class ReadOnly(PolicyAdmin):
    """Rows that come from files: shown, and changed only by loading the file again."""

    resource = "authority"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


class PartInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    """Parts of a version, each with the name of the row it refers to at hand."""

    refers_to: tuple[str, ...] = ()

    def get_queryset(self, request: HttpRequest) -> Any:
        """The rows with what they refer to, in one query."""
        rows = super().get_queryset(request)
        return rows.select_related(*self.refers_to) if self.refers_to else rows


class VersionInline(PartInline):
    """The versions of an authority."""

    model = AuthorityVersion
    refers_to = ("authority",)
    fields = ("label", "title", "in_force_from", "threshold", "posture", "frozen_at")
    show_change_link = True


class ElementInline(PartInline):
    """The elements of a version."""

    model = Element
    refers_to = ("parent",)
    fields = ("code", "parent", "join", "kind", "settledness", "citation", "text")


class ConsiderationInline(PartInline):
    """The considerations of a version."""

    model = Consideration
    refers_to = ("element",)
    fields = ("code", "element", "main", "text")


class PrerequisiteInline(PartInline):
    """The steps of a version."""

    model = Prerequisite
    refers_to = ("element",)
    fields = ("code", "kind", "element", "citation", "text")


class ConsequenceInline(PartInline):
    """The consequences of a version."""

    model = Consequence
    fields = ("code", "title", "required", "menu", "citation", "text")


class ProvisionInline(PartInline):
    """Other texts of a version."""

    model = Provision
    fields = ("code", "kind", "citation", "text")


class StatusInline(PartInline):
    """When a version has effect."""

    model = VersionStatus
    fields = ("state", "period_start", "period_end", "verified", "source", "ended_on")


@admin.register(Authority)
class AuthorityAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """Authorities of the library and of docket files."""

    list_display = ("slug", "origin")
    list_filter = ("origin",)
    search_fields = ("slug",)
    inlines = (VersionInline,)


@admin.register(AuthorityVersion)
class AuthorityVersionAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """One version with everything it states."""

    list_display = ("name", "title", "in_force_from", "threshold", "posture", "frozen_at")
    list_filter = ("authority__origin", "posture", "threshold")
    list_select_related = ("authority",)
    search_fields = ("authority__slug", "label", "title")
    exclude = ("body", "readings")
    inlines = (
        StatusInline,
        ElementInline,
        ConsiderationInline,
        PrerequisiteInline,
        ConsequenceInline,
        ProvisionInline,
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        """Versions with the names of their authorities at hand."""
        return super().get_queryset(request).select_related("authority")


@admin.register(Verification)
class VerificationAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """Checks of texts against their sources."""

    resource = "verification"
    list_display = ("version", "subject", "code", "status", "by", "on")
    list_filter = ("status", "subject")
    list_select_related = ("version__authority",)
    search_fields = ("version__authority__slug", "code", "source")
