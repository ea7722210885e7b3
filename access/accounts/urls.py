"""Addresses of one's own account. Only these views of allauth are offered.

Accounts are opened by an administrator, so there is no sign-up, and no mail server is needed, so
there is no reset by e-mail. What changes how one signs in is attributed in the change table.
"""

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.usersessions import views as sessions
from django.urls import path
from django.views.generic import RedirectView

from access.accounts import oidc_pages, pages
from access.accounts.attributed import attributed
from access.accounts.passkeys import remove_passkey

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="account_profile"), name="account"),
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("setup/", pages.setup, name="account_setup"),
    path("oidc/login/", oidc_pages.begin, name="oidc_login"),
    path("oidc/callback/", oidc_pages.callback, name="oidc_callback"),
    path("oidc/cancelled/", oidc_pages.cancelled, name="socialaccount_login_cancelled"),
    path("oidc/disconnect/", oidc_pages.disconnect, name="oidc_disconnect"),
    path("profile/", pages.profile, name="account_profile"),
    path("password/", pages.password, name="account_change_password"),
    path("sessions/", sessions.list_usersessions, name="usersessions_list"),
    path("tokens/", pages.tokens, name="account_tokens"),
    path("tokens/new/", pages.new_token, name="account_token_new"),
    path("tokens/<str:key>/end/", pages.end_token, name="account_token_end"),
    path("factors/", factors.index, name="mfa_index"),
    path("factors/authenticate/", factors.authenticate, name="mfa_authenticate"),
    path("factors/reauthenticate/", factors.reauthenticate, name="mfa_reauthenticate"),
    path(
        "factors/app/add/",
        attributed("Added an authenticator app")(totp.activate_totp),
        name="mfa_activate_totp",
    ),
    path(
        "factors/app/remove/",
        attributed("Removed an authenticator app")(totp.deactivate_totp),
        name="mfa_deactivate_totp",
    ),
    path("factors/codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "factors/codes/new/",
        attributed("Made new recovery codes")(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    # The list is part of the page of factors.
    path(
        "factors/passkeys/",
        RedirectView.as_view(pattern_name="mfa_index"),
        name="mfa_list_webauthn",
    ),
    path(
        "factors/passkeys/add/",
        attributed("Added a passkey")(passkeys.add_webauthn),
        name="mfa_add_webauthn",
    ),
    path("factors/passkeys/login/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path(
        "factors/passkeys/reauthenticate/",
        passkeys.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "factors/passkeys/<int:pk>/remove/",
        attributed("Removed a passkey")(remove_passkey),
        name="mfa_remove_webauthn",
    ),
    path(
        "factors/passkeys/<int:pk>/name/",
        attributed("Renamed a passkey")(passkeys.edit_webauthn),
        name="mfa_edit_webauthn",
    ),
]
