"""The admin's view of the law: reference data, the text read-only.

Designees are not here: whom an agency looks at is case content, which the admin never shows.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

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


class ReadOnly:
    """Rows that come from files: shown, and changed only by loading the file again."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


class VersionInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    """The versions of an authority."""

    model = AuthorityVersion
    fields = ("label", "title", "in_force_from", "threshold", "posture", "frozen_at")
    show_change_link = True


class ElementInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    """The elements of a version."""

    model = Element
    fields = ("code", "parent", "join", "kind", "settledness", "citation", "text")


class ConsiderationInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    """The considerations of a version."""

    model = Consideration
    fields = ("code", "element", "main", "text")


class PrerequisiteInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    """The steps of a version."""

    model = Prerequisite
    fields = ("code", "kind", "element", "citation", "text")


class ConsequenceInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    """The consequences of a version."""

    model = Consequence
    fields = ("code", "title", "required", "menu", "citation", "text")


class ProvisionInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    """Other texts of a version."""

    model = Provision
    fields = ("code", "kind", "citation", "text")


class StatusInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
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
class VerificationAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Checks of texts against their sources; notes and results may be corrected."""

    list_display = ("version", "subject", "code", "status", "by", "on")
    list_filter = ("status", "subject")
    list_select_related = ("version__authority",)
    search_fields = ("version__authority__slug", "code", "source")
    # What was checked, and by whom, is never rewritten; the result and its note may be.
    readonly_fields = ("version", "subject", "code", "body_digest", "by")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A check is entered where the text is read, by the person who compared it."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A check that was wrong is corrected, not removed."""
        return False
