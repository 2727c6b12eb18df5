"""Files: the same rows in the same order as the page, and the code book that says what they mean."""

from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager
from itertools import chain
from threading import BoundedSemaphore

from django.contrib.auth.decorators import login_not_required
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from initiatives.forms.browse import LONGEST_VALUE, MOST_VALUES, InitiativeFilter
from initiatives.models import Group, Membership
from initiatives.opendata.csv import EXCEL, PLAIN, Dialect, copied, header, written
from initiatives.opendata.listings import INITIATIVES
from initiatives.opendata.memberships import GROUPS, rows
from initiatives.views import lists

# Each export holds a thread and a connection until its reader has taken it all; pages need the others.
MOST_AT_ONCE = 3
RETRY_AFTER = 20  # seconds
TIME_LIMIT = "10min"
_places = BoundedSemaphore(MOST_AT_ONCE)


@login_not_required
@require_safe
def initiatives_csv(request: HttpRequest) -> HttpResponseBase:
    asked = InitiativeFilter(request.GET)
    if asked.strange:
        return unknown_choice(asked)
    if address := lists.canonical_address(request, asked):
        return redirect(address)
    if asked.is_slip:
        return unknown_choice(asked)
    found = lists.in_order(asked, order := lists.chosen_order(request, asked)).real().sorted_by(order)
    return download(
        request,
        "initiatives",
        lambda dialect: copied(found, INITIATIVES, dialect),
        INITIATIVES,
        asked.results.real().count,
    )


@login_not_required
@require_safe
def groups_csv(request: HttpRequest) -> HttpResponseBase:
    asked = InitiativeFilter(request.GET)
    if not asked.strange and (address := lists.canonical_address(request, asked)):
        return redirect(address)
    if asked.is_slip:
        return unknown_choice(asked)
    found = Membership.objects.public()
    if asked.is_narrowed:
        found = found.with_a_member_among(asked.results)
    return memberships_csv(request, "groups", found.by_group())


@login_not_required
@require_safe
def group_csv(request: HttpRequest, public_id: str) -> HttpResponseBase:
    known = get_object_or_404(Group.objects.select_related("moved_to"), public_id=public_id)
    if known.moved_to:
        return redirect("group-csv", known.standing.public_id)
    group = get_object_or_404(Group.objects.public(), pk=known.pk)
    return memberships_csv(request, f"group-{public_id}", Membership.objects.public().in_groups([group]).by_group())


def memberships_csv(request: HttpRequest, name: str, found: Membership) -> HttpResponseBase:
    return download(request, name, lambda dialect: written(rows(found), GROUPS, dialect), GROUPS, found.count)


def download(
    request: HttpRequest,
    name: str,
    body: Callable[[Dialect], Generator[bytes]],
    columns: tuple,
    count: Callable[[], int],
) -> HttpResponseBase:
    """A file that is streamed from one snapshot; `X-Row-Count` says how many rows a whole one has."""
    if not _places.acquire(blocking=False):
        return busy()
    dialect = EXCEL if request.GET.get("excel") == "1" else PLAIN
    with ExitStack() as stack:
        stack.callback(_places.release)
        stack.enter_context(snapshot())
        total = count()
        lines = body(dialect)
        # Before the snapshot ends: a COPY that its reader has left must be cancelled, or the end would wait for it.
        stack.callback(lines.close)
        content = () if request.method == "HEAD" else Held(chain([header(columns, dialect)], lines), stack.pop_all())
    response = StreamingHttpResponse(content, content_type="text/csv; charset=utf-8; header=present")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["X-Row-Count"] = str(total)
    return response


class Held:
    """Chunks with what they need while they are read; let go when the response is closed, read to its end or not."""

    def __init__(self, chunks: Iterator[bytes], needed: ExitStack) -> None:
        self.chunks = chunks
        self.needed = needed

    def __iter__(self) -> Iterator[bytes]:
        return self.chunks

    def close(self) -> None:
        self.needed.close()


@contextmanager
def snapshot() -> Iterator[None]:
    """Everything that is read inside is as it was at one moment."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                cursor.execute("SELECT set_config('statement_timeout', %s, true)", [TIME_LIMIT])
        yield


def busy() -> HttpResponse:
    said = _("Others are taking files away at this moment. Try again in some seconds.")
    response = HttpResponse(f"{said}\n", status=503, content_type="text/plain; charset=utf-8")
    response["Retry-After"] = str(RETRY_AFTER)
    return response


def unknown_choice(asked: InitiativeFilter) -> HttpResponse:
    """A slip in a filter never exports everything."""
    return HttpResponse("\n".join([*slips(asked), ""]), status=400, content_type="text/plain; charset=utf-8")


def slips(asked: InitiativeFilter) -> Iterator[str]:
    """What a part of the question that says nothing is, a sentence for each."""
    if asked.is_wordless:
        yield _("Nothing to search for in “%(said)s”.") % {"said": asked.said}
    for name, value in asked.unknown:
        if value not in asked.renamed.get(name, {}):
            yield _("Nothing goes by “%(value)s” in the filter “%(name)s”.") % {"name": name, "value": value}
    for name in asked.overfull:
        yield _("At most %(most)s values can be asked for in the filter “%(name)s”.") % {
            "most": MOST_VALUES,
            "name": name,
        }
    for name in asked.strange[:MOST_VALUES]:
        yield _("There is no filter “%(name)s”.") % {"name": name[:LONGEST_VALUE]}


@login_not_required
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    tables = [
        {"name": _("Initiatives"), "file": "initiatives.csv", "columns": INITIATIVES, "list": "initiatives"},
        {"name": _("Groups, one row for each membership"), "file": "groups.csv", "columns": GROUPS, "list": "groups"},
    ]
    return render(request, "opendata/data.html", {"tables": tables})
