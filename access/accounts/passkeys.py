"""Removing a passkey: allauth's page, with the rule that a required factor is not the last."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect


class RemovePasskeyView(RemoveWebAuthnView):  # type: ignore[misc]  # allauth ships no stubs
    """allauth asks its adapter this question for authenticator apps only."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove it, unless a factor is required and this is the last one."""
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.get_object()):
            refusal = adapter.error_messages["cannot_delete_authenticator"]
            messages.error(self.request, refusal)
            return redirect("mfa_index")
        answer: HttpResponse = super().form_valid(form)
        return answer


remove_passkey = RemovePasskeyView.as_view()
