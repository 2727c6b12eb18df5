"""What exists already, shown to whoever is about to register it: likely the same, and who does the same."""

from dataclasses import dataclass, field

from initiatives.forms.register.answers import Answers
from initiatives.models import Initiative
from initiatives.models.twins import likely_twins
from initiatives.views.find_peers import answer
from initiatives.views.peers import Peers

# A form is no place to read: the nearest few.
MOST_TWINS, MOST_PEERS = 3, 3


@dataclass(frozen=True, slots=True)
class Known:
    twins: list[Initiative] = field(default_factory=list)
    peers: Peers = field(default_factory=Peers)
    city: object = None

    def __bool__(self) -> bool:
        return bool(self.twins or len(self.peers))


def known(answers: Answers, *, with_peers: bool = False) -> Known:
    """Public listings alone: what still waits for an officer is nobody else's to know."""
    if not answers.identity().name:
        return Known()
    likely = twins(answers)
    peers = nearest(answers, besides=likely) if with_peers and answers.can_be_compared else Peers()
    return Known(likely, peers, answers.city)


def nearest(answers: Answers, *, besides: list[Initiative]) -> Peers:
    """Who does the same, and is not told to be likely the same already."""
    found, shown = answer(answers).peers, Peers()
    for circle, few in ((found.close, shown.close), (found.elsewhere, shown.elsewhere)):
        few.found = [peer for peer in circle.found if peer.initiative not in besides][:MOST_PEERS]
    return shown


def twins(answers: Answers) -> list[Initiative]:
    """Likeliest first."""
    likely = [each.b for each in likely_twins(answers.identity())]
    rows = {row.pk: row for row in Initiative.objects.published().with_keys(likely).for_rows()}
    return [rows[key] for key in likely if key in rows][:MOST_TWINS]
