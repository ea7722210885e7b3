"""A task made of a flag's cure follows the flag through the newest assessment."""

import pytest
from django.core.exceptions import ValidationError

from casemgr.models import Task, TrackedFlag
from tests.api.world import assessed
from tests.casemgr.factories import element_of, linked


def cleared(task: Task) -> bool:
    return Task.objects.with_flag_cleared().get(pk=task.pk).flag_cleared


def of_no_evidence(desk) -> Task:
    flag = TrackedFlag.objects.get(case=desk.case, element_code="L-1", doctrine="no-evidence")
    return desk.task(
        element=element_of(desk.case, "L-1"),
        doctrine=flag.doctrine,
        subject=flag.subject,
        cure="link something",
    )


def test_it_is_cleared_once_the_newest_assessment_raises_it_no_more(desk):
    task = of_no_evidence(desk)
    assert not cleared(task)
    linked(desk.case, "L-1")
    assert not cleared(task), "the record moved, but nothing has judged it yet"
    assessed(desk.case)
    assert cleared(task)


def test_a_task_that_came_from_no_flag_is_never_cleared(desk):
    assert not cleared(desk.task())


def test_a_task_without_a_subject_waits_for_every_flag_of_its_doctrine(desk):
    task = of_no_evidence(desk)
    Task.objects.filter(pk=task.pk).update(flag_subject="")
    flag = TrackedFlag.objects.get(case=desk.case, element_code="L-1", doctrine="no-evidence")
    other = TrackedFlag.objects.get(pk=flag.pk)
    other.pk, other.fingerprint, other.subject = None, "another", "another subject"
    other.save()
    TrackedFlag.objects.filter(pk=flag.pk).update(cleared_on=flag.raised_on)
    assert not cleared(task)
    TrackedFlag.objects.filter(pk=other.pk).update(cleared_on=flag.raised_on)
    assert cleared(task)


def test_the_same_doctrine_on_another_element_is_another_flag(desk):
    task = of_no_evidence(desk)
    linked(desk.case, "L-1")
    assessed(desk.case)
    still = TrackedFlag.objects.filter(case=desk.case, cleared_on=None, doctrine="no-evidence")
    assert still.filter(element_code="L-2").exists()
    assert cleared(task)


def test_a_flag_that_is_not_raised_cannot_be_made_a_task(desk):
    with pytest.raises(ValidationError, match="No flag pretext is raised on L-1 now"):
        desk.task(element=element_of(desk.case, "L-1"), doctrine="pretext")
    with pytest.raises(ValidationError, match="No flag no-evidence is raised on the case"):
        desk.task(doctrine="no-evidence")
    with pytest.raises(ValidationError, match="Name the doctrine"):
        desk.task(cure="link something")
