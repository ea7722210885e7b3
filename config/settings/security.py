"""What a browser may load: everything from ourselves, scripts by nonce, nothing inline."""

from typing import Any

from csp.constants import NONCE, NONE, SELF

from config.environment import Environment


def content_security_policy(environment: Environment) -> dict[str, Any]:
    """The policy of every page."""
    # Signing in by an identity provider is a form that we answer with a redirect to it, and
    # browsers hold the target of that redirect against form-action too.
    elsewhere = [environment.oidc.sign_in_origin] if environment.oidc else []
    return {
        "DIRECTIVES": {
            "default-src": [SELF],
            "script-src": [SELF, NONCE],
            "style-src": [SELF, NONCE],
            "img-src": [SELF, "data:"],
            "font-src": [SELF],
            "connect-src": [SELF],
            "object-src": [NONE],
            "base-uri": [SELF],
            "form-action": [SELF, *elsewhere],
            "frame-ancestors": [NONE],
        },
    }
