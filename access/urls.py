"""Pages of accounts: signing in and out, one's password, and what a problem's name means.

Only these views of allauth are offered. Accounts are opened by an administrator, so there is no
sign-up, and no mail server is needed, so there is no reset by e-mail.
"""

from allauth.account import views as account
from django.urls import path

from access.pages import problem_page

urlpatterns = [
    path("accounts/login/", account.login, name="account_login"),
    path("accounts/logout/", account.logout, name="account_logout"),
    path("accounts/inactive/", account.account_inactive, name="account_inactive"),
    path("accounts/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("accounts/password/", account.password_change, name="account_change_password"),
    path("problems/<slug:slug>", problem_page, name="problem"),
]
