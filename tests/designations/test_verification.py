"""Vouching for a text of the law."""

import pytest
from django.core.exceptions import ValidationError

from designations.actions import load_authority, verify_text
from designations.library.model import Authority
from designations.models import Verification

pytestmark = pytest.mark.django_db

BY = {"actor": "U-1", "reason": "compared", "source": "the code as published"}


def test_a_check_speaks_of_the_words_checked(authority: Authority) -> None:
    version = load_authority(authority).version
    element = verify_text(version, "element", "X-2", "verified", **BY)
    whole = verify_text(version, "version", "", "differs", **BY)

    assert element.body_digest != whole.body_digest == version.body_digest


def test_checking_does_not_make_it_another_text(authority: Authority) -> None:
    version = load_authority(authority).version
    verify_text(version, "element", "X-2", "verified", **BY)

    assert load_authority(authority).outcome == "unchanged"


def test_loading_again_keeps_what_persons_checked(authority: Authority) -> None:
    from dataclasses import replace

    version = load_authority(authority).version
    verify_text(version, "element", "X-2", "verified", **BY)

    load_authority(replace(authority, notes=()))

    assert Verification.objects.filter(by="U-1", code="X-2").exists()


def test_an_unknown_code_is_refused(authority: Authority) -> None:
    version = load_authority(authority).version

    with pytest.raises(ValidationError, match="has no element 'X-9'"):
        verify_text(version, "element", "X-9", "verified", **BY)


def test_a_check_without_a_source_is_refused(authority: Authority) -> None:
    version = load_authority(authority).version

    with pytest.raises(ValidationError, match="which source"):
        verify_text(version, "element", "X-2", "verified", **(BY | {"source": " "}))
