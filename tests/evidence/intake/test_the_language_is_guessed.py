"""What a text looks written in: short texts of the languages met most, and silence where unsure."""

import io

import pytest

from evidence.actions import attach_exhibit, log_evidence
from evidence.intake.language import guess_language, name_of_language
from evidence.models import Intake
from tests.evidence.conftest import BY
from tests.evidence.intake import corpus
from tests.evidence.intake.working import taken_in


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("zh", "该公司在杭州注册，实际控制人未披露。"),
        ("zh", "據報導，這些晶片經由新加坡轉運。"),
        ("ru", "Серверы были доставлены через Казахстан."),
        ("fa", "این شرکت استفاده از حساب‌های غیرمجاز را رد کرد."),
        ("ko", "회사는 무단 계정 사용을 부인했다."),
        ("ja", "同社は不正アカウントの使用を否定した。"),
        ("ar", "نفت الشركة استخدام حسابات غير مصرح بها."),
        ("uk", "Компанія заперечує використання несанкціонованих облікових записів."),
        ("de", "Das Unternehmen bestreitet die Nutzung nicht genehmigter Konten."),
        ("fr", "La société nie avoir utilisé des comptes non autorisés."),
        ("en", "The company denies using unauthorized accounts."),
        ("en", "Servers were shipped through Singapore to a reseller."),
    ],
)
def test_of_a_sentence(code: str, text: str) -> None:
    assert guess_language(text) == code


@pytest.mark.parametrize(
    "text", ["", "Invoice 17", "12,5;13,0;" * 50, "服务器", "The company denies"]
)
def test_of_too_little_nothing_is_said(text: str) -> None:
    assert guess_language(text) == ""


def test_a_code_has_a_name() -> None:
    assert name_of_language("zh-Hans") == "Chinese"
    assert name_of_language("tlh") == "tlh"


@pytest.mark.django_db
def test_it_is_kept_with_the_intake_and_what_was_stated_stays(team, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path / "exhibits"
    item = log_evidence(team, summary="a letter", language="en", **BY)
    text = corpus.docx(corpus.paragraphs("该公司在杭州注册，实际控制人未披露。"))
    exhibit = attach_exhibit(item, io.BytesIO(text), "letter.docx", **BY)
    taken_in()
    assert Intake.objects.get(exhibit=exhibit).language == "zh"
    item.refresh_from_db()
    assert item.language == "en"


@pytest.mark.django_db
def test_names_of_e_mail_headers_do_not_count(item, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path / "exhibits"
    message = (
        "From: someone@example.org\nTo: another.person@example.org\nSubject: Delivery of the racks"
        "\nContent-Type: text/plain; charset=utf-8\n\nСерверы были доставлены через Казахстан.\n"
    )
    exhibit = attach_exhibit(item, io.BytesIO(message.encode()), "message.eml", **BY)
    taken_in()
    assert Intake.objects.get(exhibit=exhibit).language == "ru"
