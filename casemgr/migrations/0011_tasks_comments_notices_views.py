"""Tasks, comments, notifications, saved views; element and task of a row are of its case."""

import functools

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import access.keys


def _same_case(table, column, target):
    name = f"casemgr_{table}_{column}_in_same_case"
    return migrations.RunSQL(
        sql=f"""
            ALTER TABLE casemgr_{table} ADD CONSTRAINT {name}
                FOREIGN KEY ({column}_id, case_id) REFERENCES {target} (id, case_id)
        """,
        reverse_sql=f"ALTER TABLE casemgr_{table} DROP CONSTRAINT {name}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0001_initial"),
        ("casemgr", "0010_finding_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
                ("written_at", models.DateTimeField(auto_now_add=True)),
                ("edited_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_why", models.TextField(blank=True)),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="casemgr.case",
                    ),
                ),
                (
                    "case_element",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="casemgr.caseelement",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="NoticeDigest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notice_digests",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-day", "person"),
            },
        ),
        migrations.CreateModel(
            name="NoticeSetting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "digest",
                    models.CharField(
                        choices=[
                            ("daily", "once a day, when something is unread"),
                            ("off", "never"),
                        ],
                        default="daily",
                        max_length=5,
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notice_setting",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("person",),
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    access.keys.PublicKeyField(
                        db_collation="C",
                        default=functools.partial(access.keys.fresh_key, *("V",), **{}),
                        max_length=64,
                        unique=True,
                    ),
                ),
                ("page", models.CharField(db_collation="C", max_length=40)),
                ("name", models.CharField(max_length=80)),
                ("query", models.CharField(blank=True, max_length=2000)),
                ("is_default", models.BooleanField(default=False)),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="saved_views",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="saved_views",
                        to="access.team",
                    ),
                ),
            ],
            options={
                "ordering": ("page", "name", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    access.keys.PublicKeyField(
                        db_collation="C",
                        default=functools.partial(access.keys.fresh_key, *("TASK",), **{}),
                        max_length=64,
                        unique=True,
                    ),
                ),
                ("doctrine", models.CharField(blank=True, max_length=60)),
                (
                    "flag_subject",
                    models.TextField(blank=True, help_text="Empty: every flag of the doctrine."),
                ),
                ("cure", models.TextField(blank=True)),
                ("title", models.CharField(max_length=300)),
                ("note", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("due_on", models.DateField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("doing", "being done"),
                            ("done", "done"),
                            ("dropped", "dropped"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("closing_reason", models.TextField(blank=True)),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks_given",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="casemgr.case",
                    ),
                ),
                (
                    "case_element",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: the case as a whole.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="casemgr.caseelement",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks_made",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="Notification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("assigned", "a task was given to you"),
                            ("mentioned", "you were mentioned in a comment"),
                            ("commented", "a comment was written on a task of yours"),
                            ("finished", "a task you made was finished"),
                        ],
                        max_length=10,
                    ),
                ),
                ("happened_at", models.DateTimeField(auto_now_add=True)),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casemgr.case",
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casemgr.comment",
                    ),
                ),
                (
                    "digest",
                    models.ForeignKey(
                        blank=True,
                        help_text="The e-mail that spoke of it.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notifications",
                        to="casemgr.noticedigest",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notifications",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casemgr.task",
                    ),
                ),
            ],
            options={
                "ordering": ("-pk",),
            },
        ),
        migrations.AddField(
            model_name="comment",
            name="task",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="comments",
                to="casemgr.task",
            ),
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("here_at", models.DateTimeField()),
                (
                    "before_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="The end of the visit before the present one.",
                        null=True,
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visit",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("person",),
            },
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mentions",
                        to="casemgr.comment",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mentions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("comment", "person"),
                        name="casemgr_mention_once",
                        violation_error_message="This comment already mentions this person.",
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mention",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="3664a9cc1f78befb8f1d068a3c3fd1c3665ef95e",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_b7560",
                    table="casemgr_mention",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="noticedigest",
            constraint=models.UniqueConstraint(
                fields=("person", "day"),
                name="casemgr_noticedigest_once_a_day",
                violation_error_message="This person was already written to on this day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticesetting",
            constraint=models.CheckConstraint(
                condition=models.Q(("digest__in", ["daily", "off"])),
                name="casemgr_noticesetting_digest_known",
                violation_error_message="digest is daily or off.",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.CheckConstraint(
                condition=models.Q(("key__regex", "^[^/\\s]([^/]*[^/\\s])?$")),
                name="casemgr_savedview_key_form",
                violation_error_message="The key of a saved view is not empty, has no slash (it stands in addresses), and neither begins nor ends with a space.",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.CheckConstraint(
                condition=models.Q(("page__regex", "^[a-z][a-z-]*$")),
                name="casemgr_savedview_page_form",
                violation_error_message="page is the name of a list, such as tasks or docket.",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.CheckConstraint(
                condition=models.Q(("name__regex", "\\S")),
                name="casemgr_savedview_name_present",
                violation_error_message="name: give the view a name.",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint(
                fields=("owner", "page", "name"),
                name="casemgr_savedview_name_once",
                violation_error_message="You already have a view of this name here: choose another name, or change that view.",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_default", True)),
                fields=("owner", "page"),
                name="casemgr_savedview_one_default",
                violation_error_message="Another view is your default here: take that back first.",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("state__in", ("open", "doing"))),
                fields=["assignee", "due_on"],
                name="casemgr_task_unfinished",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(("key__regex", "^[^/\\s]([^/]*[^/\\s])?$")),
                name="casemgr_task_key_form",
                violation_error_message="The key of a task is not empty, has no slash (it stands in addresses), and neither begins nor ends with a space.",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.UniqueConstraint(fields=("id", "case"), name="casemgr_task_of_case"),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(("title__regex", "\\S")),
                name="casemgr_task_title_present",
                violation_error_message="title: say in a few words what is to be done.",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "doing", "done", "dropped"])),
                name="casemgr_task_state_known",
                violation_error_message="state is open, doing, done or dropped.",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", True), ("state__in", ("open", "doing"))),
                    models.Q(("closed_at__isnull", False), ("state__in", ("done", "dropped"))),
                    _connector="OR",
                ),
                name="casemgr_task_closed_when_finished",
                violation_error_message="A task has a closing time when it is done or dropped.",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "dropped"), _negated=True),
                    ("closing_reason__regex", "\\S"),
                    _connector="OR",
                ),
                name="casemgr_task_dropped_with_reason",
                violation_error_message="reason: say why the task is dropped.",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("doctrine", ""), _negated=True),
                    models.Q(("cure", ""), ("flag_subject", "")),
                    _connector="OR",
                ),
                name="casemgr_task_flag_whole",
                violation_error_message="doctrine: a subject or a cure belongs to a doctrine.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="task",
            trigger=pgtrigger.compiler.Trigger(
                name="never_removed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="c63436ecf76b9639485e6acef90be36ddcbdc171",
                    operation="DELETE",
                    pgid="pgtrigger_never_removed_d220b",
                    table="casemgr_task",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(
                condition=models.Q(("read_at__isnull", True)),
                fields=["person"],
                name="casemgr_notification_unread",
            ),
        ),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(fields=["person", "-id"], name="casemgr_notification_newest"),
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["assigned", "mentioned", "commented", "finished"])
                ),
                name="casemgr_notification_kind_known",
                violation_error_message="kind is none of the known kinds.",
            ),
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ("assigned", "finished")), _negated=True),
                    ("task__isnull", False),
                    _connector="OR",
                ),
                name="casemgr_notification_names_its_task",
                violation_error_message="What happened to a task names the task.",
            ),
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ("mentioned", "commented")), _negated=True),
                    ("comment__isnull", False),
                    _connector="OR",
                ),
                name="casemgr_notification_names_its_comment",
                violation_error_message="What was said in a comment names the comment.",
            ),
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.UniqueConstraint(
                fields=("person", "comment"),
                name="casemgr_notification_once_per_comment",
                violation_error_message="This person was already told of this comment.",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(("text__regex", "\\S")),
                name="casemgr_comment_text_present",
                violation_error_message="text: a comment says something.",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("case_element__isnull", True), ("task__isnull", True), _connector="OR"
                ),
                name="casemgr_comment_on_one_thing",
                violation_error_message="A comment is on an element or on a task, not on both.",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_why", "")),
                    models.Q(("withdrawn_at__isnull", False), ("withdrawn_why__regex", "\\S")),
                    _connector="OR",
                ),
                name="casemgr_comment_withdrawn_with_reason",
                violation_error_message="reason: say why the comment is withdrawn.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="comment",
            trigger=pgtrigger.compiler.Trigger(
                name="never_removed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="a29beaa6e7709e3fb8aefb65cfd0dd64a79adaa1",
                    operation="DELETE",
                    pgid="pgtrigger_never_removed_eee62",
                    table="casemgr_comment",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("before_at__isnull", True),
                    ("before_at__lte", models.F("here_at")),
                    _connector="OR",
                ),
                name="casemgr_visit_order",
                violation_error_message="A visit follows the one before it.",
            ),
        ),
        _same_case("task", "case_element", "casemgr_caseelement"),
        _same_case("comment", "case_element", "casemgr_caseelement"),
        _same_case("comment", "task", "casemgr_task"),
        _same_case("notification", "task", "casemgr_task"),
    ]
