"""What may stand in an address where a key is asked for."""

from django.urls import register_converter
from django.urls.converters import StringConverter
from rest_framework.routers import SimpleRouter


class KeyConverter(StringConverter):
    """Any text without a slash that a database can hold; a NUL makes it no address at all."""

    regex = r"[^/\x00]+"


register_converter(KeyConverter, "key")


class KeyRouter(SimpleRouter):
    """Addresses without a trailing slash, with public keys in them."""

    def __init__(self) -> None:
        super().__init__(trailing_slash=False, use_regex_path=False)
        self._default_value_pattern = "key"
