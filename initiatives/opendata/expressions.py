"""Values as they stand in a file, computed by PostgreSQL."""

from django.db.models import F, Func, OuterRef, QuerySet, StringAgg, Subquery, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

JOINED = "; "


class Joined(Func):
    """An array as one text."""

    function = "array_to_string"
    template = "%(function)s(%(expressions)s, '; ')"
    output_field = TextField()


class Moment(Func):
    """ISO 8601 in UTC."""

    template = "to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
    output_field = TextField()


class FromPairs(Func):
    """One member of each object of a JSON list, joined."""

    template = (
        "(SELECT string_agg(item ->> '%(member)s', '; ' ORDER BY place)"
        " FROM jsonb_array_elements(%(expressions)s) WITH ORDINALITY AS items(item, place))"
    )
    output_field = TextField()


def together(rows: QuerySet, *, of: str, value: Combinable | str, order: str) -> Subquery:
    """The values of rows beside a listing, joined in order; `of` is their link to the listing."""
    joined = StringAgg(value, Value(JOINED), order_by=order, output_field=TextField())
    mine = rows.filter(**{of: OuterRef("pk")}).order_by().values(of)
    return Subquery(mine.annotate(joined=joined).values("joined"), output_field=TextField())


def text(field: str) -> Cast:
    return Cast(F(field), TextField())
