"""Where allauth looks for identity providers of this app."""

from access.accounts.oidc import OidcProvider

provider_classes = [OidcProvider]
