"""Accounts in the admin site: people, teams, memberships, markings, and tokens without values.

The admin holds accounts and reference data and no case content. Changes go through
access.actions where there is one; the rest are saved with the administrator as actor.
"""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from access.actions import revoke_token
from access.actor import acting
from access.models import ApiToken, Marking, Membership, Team, User
from access.policy import Verb, may
from access.words import Standing

# Groups and single permissions would be a second place that says who may do what.
admin.site.unregister(Group)


# The login of the admin site knows neither rate limits nor a second factor; ours does.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


class PolicyAdmin:
    """Opens a page of the admin site to administrators, as far as access.policy lists it.

    Django's own permissions, which are rows in the database, are not asked: there would be a
    second place that says who may do what.
    """

    resource = ""

    def _may(self, request: HttpRequest, verb: Verb) -> bool:
        user = request.user
        if not isinstance(user, User) or user.standings() != {Standing.ADMINISTRATOR}:
            return False
        return may(user.standings(), self.resource, verb)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whether the page is listed."""
        return self._may(request, Verb.READ)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether rows are shown."""
        return self._may(request, Verb.READ)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether rows are added."""
        return self._may(request, Verb.CREATE)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether rows are changed."""
        return self._may(request, Verb.CHANGE)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether rows are removed."""
        return self._may(request, Verb.REMOVE)


class AttributedAdmin(PolicyAdmin, admin.ModelAdmin):  # type: ignore[type-arg]
    """An admin whose every change runs in one transaction that names the administrator."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Add or change, attributed."""
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic(), acting(_administrator(request), "Changed in the admin site"):
            return super().changeform_view(request, object_id, form_url, extra_context)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Delete, attributed."""
        if request.method != "POST":
            return super().delete_view(request, object_id, extra_context)
        with transaction.atomic(), acting(_administrator(request), "Removed in the admin site"):
            return super().delete_view(request, object_id, extra_context)

    def delete_queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> None:
        """Delete several rows, attributed."""
        with transaction.atomic(), acting(_administrator(request), "Removed in the admin site"):
            super().delete_queryset(request, queryset)


def _administrator(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise TypeError("The admin site was reached without an account.")
    return request.user


class MembershipInline(PolicyAdmin, admin.TabularInline):  # type: ignore[type-arg]
    """The roles a person holds, or the people of a team."""

    model = Membership
    resource = "membership"
    extra = 0
    autocomplete_fields = ("user", "team")


class UserForm(forms.ModelForm):  # type: ignore[type-arg]
    """A person, with the cleared markings chosen from the list of those that exist."""

    cleared_markings = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )

    class Meta:
        model = User
        fields = "__all__"  # noqa: DJ007 - UserAdmin.fieldsets lists them

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "cleared_markings" in self.fields:
            codes = Marking.objects.values_list("code", "title")
            choices = [(code, f"{code}: {title}") for code, title in codes]
            self.fields["cleared_markings"].choices = choices  # type: ignore[attr-defined]


@admin.register(User)
class UserAdmin(AttributedAdmin, DjangoUserAdmin):  # type: ignore[type-arg]
    """People: name, standing, cleared markings, memberships."""

    resource = "user"
    form = UserForm
    list_display = ("username", "first_name", "last_name", "is_active", "standing", "last_login")
    list_filter = ("is_active", "is_auditor", "is_administrator", "memberships__team")
    # How one signs in, and whether one may at all, is changed on the pages of people, for a reason.
    readonly_fields = ("key", "is_active", "last_login", "date_joined")
    filter_horizontal = ()
    inlines = (MembershipInline,)
    fieldsets = (
        (None, {"fields": ("key", "username", "is_active")}),
        ("Name", {"fields": ("first_name", "last_name", "email")}),
        (
            "Standing of the whole site",
            {"fields": ("is_auditor", "is_administrator", "is_staff", "is_superuser")},
        ),
        ("Markings", {"fields": ("cleared_markings",)}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )

    @admin.display(description="standing")
    def standing(self, user: User) -> str:
        """Auditor, administrator, or what the memberships give."""
        if user.is_superuser or user.is_administrator:
            return "administrator"
        return "auditor" if user.is_auditor else "member"

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Nobody clears themselves for markings, or raises their own standing."""
        fixed = tuple(super().get_readonly_fields(request, obj))
        if obj is not None and obj.pk == request.user.pk:
            own = ("cleared_markings", "is_auditor", "is_administrator", "is_superuser", "is_staff")
            return fixed + own
        return fixed

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """People are invited, so that nobody but they knows their password."""
        return redirect("people_invite")

    def user_change_password(
        self, request: HttpRequest, id: str, form_url: str = ""
    ) -> HttpResponse:
        """A setup code instead, for the same reason."""
        return redirect("person", key=get_object_or_404(User, pk=id).key)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Accounts are closed (not active), never removed: their acts stay theirs."""
        return False


@admin.register(Team)
class TeamAdmin(AttributedAdmin):
    """Teams and the people in them."""

    resource = "team"
    list_display = ("key", "name")
    search_fields = ("key", "name")
    readonly_fields = ("key",)
    inlines = (MembershipInline,)


@admin.register(Marking)
class MarkingAdmin(AttributedAdmin):
    """Handling markings."""

    resource = "marking"
    list_display = ("code", "title", "rank")
    search_fields = ("code", "title")


@admin.register(ApiToken)
class ApiTokenAdmin(AttributedAdmin):
    """Tokens: who may act by them until when. Values exist nowhere; digests are not shown."""

    resource = "token"
    list_display = ("key", "name", "user", "team", "scopes", "expiry", "last_used_on", "revoked_on")
    list_filter = ("user", "team")
    list_select_related = ("user", "team")
    fields = (*list_display, "created")
    readonly_fields = fields
    actions = ("revoke",)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A token is issued by the person who will use it."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Tokens are revoked; the row stays."""
        return False

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        """Whether tokens are ended here."""
        return self._may(request, Verb.REMOVE)

    @admin.action(description="Revoke the selected tokens", permissions=["revoke"])
    def revoke(self, request: HttpRequest, queryset: "QuerySet[ApiToken]") -> None:
        """End the selected tokens now."""
        for token in queryset:
            revoke_token(token, actor=_administrator(request), reason="Revoked in the admin site")
