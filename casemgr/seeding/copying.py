"""Many rows into their tables by COPY, which fires every trigger and checks every constraint."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.db import connection, models
from psycopg import sql

_BLOCK = 2_000
# Of these a value goes to the driver as it is; other fields prepare theirs.
_PLAIN = (
    models.CharField,
    models.TextField,
    models.IntegerField,
    models.BooleanField,
    models.DateField,
    models.ForeignKey,
)


class RowIds:
    """Primary keys taken from the tables' own sequences, a block at a time.

    Whoever else inserts rows at the same time gets other ones; a block not used up is lost.
    """

    def __init__(self) -> None:
        self._blocks: dict[type[models.Model], Iterator[int]] = {}

    def next(self, model: type[models.Model]) -> int:
        """An id that no row of this table has or will get."""
        for number in self._blocks.get(model, ()):
            return number
        self._blocks[model] = iter(_taken(model))
        return next(self._blocks[model])


class Rows:
    """Rows made and not yet written, and how many were, by table."""

    def __init__(self) -> None:
        self.ids = RowIds()
        self.written: defaultdict[str, int] = defaultdict(int)
        self._waiting: dict[type[models.Model], list[models.Model]] = {}

    def add(self, row: models.Model) -> None:
        """Keep the row until the next ``write``; one without an id gets its own."""
        model = type(row)
        if row.pk is None:
            row.pk = self.ids.next(model)
        self._waiting.setdefault(model, []).append(row)

    def write(self, order: Sequence[type[models.Model]]) -> None:
        """COPY what waits, tables in the given order, so that foreign keys find their rows."""
        if unknown := [model.__name__ for model in self._waiting if model not in order]:
            raise ValueError(f"no place in the order of writing for: {', '.join(unknown)}")
        for model in order:
            if rows := self._waiting.pop(model, None):
                copy_rows(model, rows)
                self.written[model._meta.db_table] += len(rows)


def copy_rows(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    """COPY rows of one model, in the caller's transaction.

    Columns that the database fills by itself are left to it. Raises IntegrityError for a row
    that the database refuses.
    """
    fields = [field for field in model._meta.concrete_fields if not field.has_db_default()]
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table),
        sql.SQL(", ").join(sql.Identifier(str(field.column)) for field in fields),
    )
    readers = [_reader(field) for field in fields]
    # The driver's own copy knows nothing of Django: its errors are translated here.
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.cursor.copy(statement) as copy,
    ):
        for row in rows:
            copy.write_row([read(row) for read in readers])


def _reader(field: "models.Field[Any, Any]") -> Callable[[models.Model], Any]:
    """How the value of a column is read off a row."""
    changes_it = type(field).pre_save is not models.Field.pre_save and (
        not isinstance(field, models.DateField) or field.auto_now or field.auto_now_add
    )
    name = field.attname
    if changes_it:
        return lambda row: field.get_db_prep_save(field.pre_save(row, add=True), connection)
    if isinstance(field, _PLAIN):
        return lambda row: getattr(row, name)
    return lambda row: field.get_db_prep_save(getattr(row, name), connection)


def _taken(model: type[models.Model]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)::regclass) FROM generate_series(1, %s)",
            [model._meta.db_table, str(model._meta.pk.column), _BLOCK],
        )
        return [number for (number,) in cursor.fetchall()]
