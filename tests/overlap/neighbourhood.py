"""Made-up listings in several languages, whose overlaps a person can tell by eye."""

from itertools import count
from typing import Any

from initiatives.overlap.values import Activity, Exchange, Group, Listing, Overlaps, Pair

GHENT, BOLOGNA, BRISTOL, UTRECHT = 1, 2, 3, 4
CITIES = {GHENT: ("Gent", "BE"), BOLOGNA: ("Bologna", "IT"), BRISTOL: ("Bristol", "GB"), UTRECHT: ("Utrecht", "NL")}
_keys = count(1)


def listing(name: str, mission: str = "", **told: Any) -> Listing:
    city = told.get("city")
    if city is not None:
        told = {"city_name": CITIES[city][0], "country": CITIES[city][1]} | told
    return Listing(**({"key": next(_keys), "name": name, "mission": mission, "language": "en"} | told))


def want(title: str, item_type: str = "space", transaction_type: str = "borrow-lend") -> Exchange:
    return Exchange(direction="want", title=title, item_type=item_type, transaction_type=transaction_type)


def offer(title: str, item_type: str = "space", transaction_type: str = "borrow-lend") -> Exchange:
    return Exchange(direction="offer", title=title, item_type=item_type, transaction_type=transaction_type)


TIME_BANKS = (
    listing(
        "Tijdbank Dampoort",
        "Buren helpen elkaar en sparen uren in plaats van euro's: een uur hulp is een uur hulp terug.",
        key=101,
        language="nl",
        city=GHENT,
        domains=("money_finance_insurance",),
    ),
    listing(
        "Banca del Tempo San Donato",
        "Le persone si scambiano ore di aiuto senza denaro: un'ora data vale un'ora ricevuta.",
        key=102,
        language="it",
        city=BOLOGNA,
        domains=("money_finance_insurance",),
    ),
    listing(
        "Easton Time Bank",
        "Neighbours help one another and count hours instead of money: an hour given is an hour received.",
        key=103,
        city=BRISTOL,
        domains=("money_finance_insurance",),
    ),
)
REPAIR = (
    listing(
        "Repair Café Lombok",
        "Vrijwilligers herstellen samen met bezoekers kapotte lampen, kleren en fietsen.",
        key=201,
        language="nl",
        city=UTRECHT,
        domains=("repair_reuse",),
        tags=("repair café",),
    ),
    listing(
        "Repair Café Ledeberg",
        "Elke maand repareren handige buren kapotte toestellen, kleren en fietsen met wie ze brengt.",
        key=202,
        language="nl",
        city=GHENT,
        domains=("repair_reuse",),
        tags=("repair café",),
    ),
    listing(
        "Bedminster Fixers",
        "Volunteers mend broken lamps, clothes and bicycles together with the people who bring them.",
        key=203,
        city=BRISTOL,
        domains=("repair_reuse",),
        tags=("repair café",),
    ),
    listing(
        "Aggiustiamo Insieme",
        "Volontari riparano lampade, vestiti e biciclette rotte insieme a chi li porta.",
        key=204,
        language="it",
        city=BOLOGNA,
        domains=("repair_reuse",),
        tags=("repair café",),
    ),
)
ENERGY = (
    listing(
        "Zonnedak Ledeberg",
        "Coöperatie die met geld van buurtbewoners zonnepanelen op schooldaken legt.",
        key=301,
        language="nl",
        city=GHENT,
        domains=("energy",),
    ),
    listing(
        "Bristol Sunshine Co-op",
        "A co-operative that puts solar panels on school roofs with money from residents.",
        key=302,
        city=BRISTOL,
        domains=("energy",),
    ),
    listing(
        "Sole in Comune",
        "Cooperativa che con i soldi degli abitanti mette pannelli solari sui tetti delle scuole.",
        key=303,
        language="it",
        city=BOLOGNA,
        domains=("energy",),
    ),
)
OTHERS = (
    listing(
        "Radio Golfbreker",
        "Vrije radio waar muzikanten en makers uit de wijk zelf uitzendingen maken.",
        key=401,
        language="nl",
        city=GHENT,
        domains=("arts_culture_media",),
    ),
    listing(
        "Severn Seed Swap",
        "Gardeners keep and exchange seeds of old vegetable varieties.",
        key=402,
        city=BRISTOL,
        domains=("agriculture_land",),
    ),
    listing(
        "Coro di Quartiere",
        "Si canta insieme il giovedì sera, anche chi non ha mai cantato.",
        key=403,
        language="it",
        city=BOLOGNA,
        domains=("arts_culture_media",),
    ),
)
EVERYBODY = TIME_BANKS + REPAIR + ENERGY + OTHERS

ACTIVITIES = (
    Activity(
        code="time_bank",
        domain="money_finance_insurance",
        terms={"nl": ("tijdbank",), "it": ("banca del tempo",), "en": ("time bank", "timebank")},
    ),
    Activity(
        code="repair_cafe",
        domain="repair_reuse",
        terms={
            "nl": ("repair café", "herstelcafé"),
            "it": ("riparano",),
            "en": ("repair café", "mend broken"),
            "de": ("reparaturcafé",),
        },
    ),
)


def group_of(overlaps: Overlaps, key: int) -> Group | None:
    homes = (g for g in overlaps.groups for m in g.members if m.key == key and m.role == "main")
    return next(homes, None)


def pair_of(overlaps: Overlaps, a: int, b: int) -> Pair | None:
    return next((pair for pair in overlaps.pairs if (pair.a, pair.b) == (min(a, b), max(a, b))), None)


def kinds(pair: Pair | None) -> set[str]:
    return {reason.kind for reason in pair.reasons} if pair else set()
