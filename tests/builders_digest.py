"""Digests to render: a week of the EU portal, composed; our own texts, identifiers and dates as published.

The portal's figures are of May and June 2026. What the city thinks of a call (topics, tags) is made up.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from tracker.digest_model import (
    Card,
    ChangeLine,
    CityBlock,
    Coverage,
    Digest,
    OriginLine,
    SourceLine,
    TitleLine,
    TopicBlock,
    TopicLine,
)
from tracker.model import Budget, Certainty, Deadline, DeadlineKind, Money, Status, Verdict

MONDAY = date(2026, 6, 15)
SIX = datetime(2026, 6, 15, 4, 0, tzinfo=UTC)
PORTAL = "https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities/topic-details/"
EU_SOURCE = "EU Funding & Tenders Portal"


def a_deadline(day: date | None = date(2026, 9, 23), **values) -> Deadline:
    """A single date on the EU portal, without an hour."""
    given = {
        "words": day.isoformat() if day else "",
        "day": day,
        "zone": "Europe/Brussels",
        "kind": DeadlineKind.SINGLE,
        "certainty": Certainty.DATE_ONLY,
    }
    return Deadline(**(given | values))


def euros(low: str | None, high: str | None = None, words: str = "") -> Money:
    """An amount, or a range if both are given."""
    top = high if high is not None else low
    return Money(
        minimum=None if low is None else Decimal(low),
        maximum=None if top is None else Decimal(top),
        currency="EUR",
        words=words,
    )


def a_card(identifier: str = "CERV-2026-CITIZENS-TOWN-TT", *, day: date | None = date(2026, 9, 23), **values) -> Card:
    """A call of the EU portal with one deadline; the days left are counted from Monday, 15 June 2026."""
    given = {
        "id": f"eu-portal:{identifier}",
        "title": "Town-Twinning",
        "url": PORTAL + identifier,
        "identifier": identifier,
        "language": "en",
        "source": EU_SOURCE,
        "status": Status.OPEN,
        "next_deadline": a_deadline(day) if day else None,
        "days_left": (day - MONDAY).days if day else None,
        "verdict": Verdict.FOR_US,
    }
    return Card(**(given | values))


def town_twinning() -> Card:
    return a_card(
        title="Town-Twinning",
        call_title="Call for proposals for Town-Twinning and Networks of Towns 2026",
        programme="CERV",
        action="CERV-LS (lump sums)",
        summary=(
            "Supports meetings of citizens from twinned towns. Projects bring people of at least two countries "
            "together to talk about Europe's future, its values and life in their towns."
        ),
        eligible=("public body", "non-profit organisation"),
        budget=Budget(total=euros("6000000"), grant=euros("8455", "50745"), scope="topic"),
        topics=(TopicLine(key="twinning", label="Städtepartnerschaften", words=("Town-Twinning",), in_title=True),),
        cities=("montbeliard", "novy-jicin", "bergamo"),
        relevance=2.9,
        why=("Städtepartnerschaften (Titel)", "Städte und Gemeinden sind als Antragstellende genannt"),
        tags=("watch",),
        origins=(
            OriginLine(source="Kontaktstelle CERV", url="https://www.kontaktstelle-cerv.example/aufrufe/2026-tt"),
        ),
        attribution="© European Union, re-use under Decision 2011/833/EU",
    )


def food_waste() -> Card:
    return a_card(
        "SMP-FOOD-2026-FW-STAKEHOLDERS-PJ",
        day=date(2026, 10, 15),
        title="Grants to stakeholders to support the reduction of food waste along the food supply chain",
        programme="Single Market Programme (SMP)",
        status=Status.FORTHCOMING,
        opens=date(2026, 6, 16),
        budget=Budget(grant=euros("300000"), rate="50 %"),
        topics=(TopicLine(key="food-waste", label="Lebensmittelverschwendung", words=("food waste",), in_title=True),),
        cities=("montbeliard",),
        why=("Lebensmittelverschwendung (Titel)", "Programm, das Kommunen fördert"),
        relevance=2.7,
    )


def climate_adaptation() -> Card:
    return a_card(
        "LIFE-2026-SAP-CLIMA-CCA",
        day=date(2026, 9, 22),
        title="Climate Change Adaptation",
        programme="LIFE",
        call_title="LIFE Climate Action – standard action projects",
        summary=(
            "Funds projects that make regions and towns fit for a changing climate: heat, drought, heavy rain, "
            "and the planning that goes with them."
        ),
        budget=Budget(total=euros("28000000"), scope="call", rate="60 %", expected_grants=12),
        topics=(
            TopicLine(key="climate", label="Klima", words=("Climate Change Adaptation",), in_title=True),
            TopicLine(key="environment", label="Umwelt", words=("drought", "heavy rain")),
        ),
        cities=("ambato", "bergamo"),
        relevance=2.6,
    )


def climate_city() -> Card:
    return a_card(
        "HORIZON-MISS-2027-04-CIT-03",
        day=date(2027, 10, 7),
        title="Towards climate-neutral cities: mobility hubs and streets for people",
        programme="Horizon Europe – EU Missions",
        status=Status.FORTHCOMING,
        opens=date(2027, 2, 9),
        summary="Cities try out, together with their residents, how streets and stations become pleasant places.",
        topics=(TopicLine(key="transport", label="Verkehr", words=("mobility",), in_title=True),),
        cities=("ambato", "bergamo"),
        verdict=Verdict.PASS_ON,
        relevance=1.9,
    )


def heat_planning() -> Card:
    return a_card(
        "LIFE-2026-CET-HEATCOOLPLAN",
        day=date(2026, 9, 16),
        title="Supporting the development of local heating and cooling plans",
        programme="LIFE",
        summary="Helps towns and their utilities to draw up and carry out heating and cooling plans.",
        budget=Budget(total=euros("7000000"), scope="topic", rate="95 %"),
        topics=(TopicLine(key="energy", label="Energie", words=("heating and cooling plans",), in_title=True),),
        why=("Energie (Titel)", "für Versorger und ihre Städte"),
        verdict=Verdict.PASS_ON,
        relevance=2.1,
    )


def two_stages() -> Card:
    return a_card(
        "HORIZON-CL5-2026-08-D2-03",
        day=date(2026, 7, 8),
        title="Sustainable building renovation (two-stage)",
        next_deadline=a_deadline(
            date(2026, 7, 8), kind=DeadlineKind.STAGE, stage=1, time=time(17), certainty=Certainty.STATED
        ),
        later_deadlines=(a_deadline(date(2027, 1, 12), kind=DeadlineKind.STAGE, stage=2),),
        verdict=Verdict.MARGINAL,
    )


def bridge_for_eu() -> Card:
    return a_card(
        "PPPA-2026-BRIDGEFOREU2",
        day=date(2026, 6, 16),
        title="BRIDGEforEU: support for cross-border coordination points",
        verdict=Verdict.PASS_ON,
        tags=("for-us",),
    )


OTHER_TITLES = (
    ("HORIZON-CL4-2026-05-MAT-PROD-21", "Advanced materials for safer batteries", "en"),
    ("DIGITAL-2026-AI-09-TEST", "Testing facilities for artificial intelligence in agri-food", "en"),
    ("EDF-2026-RA-C4ISR", "Resilient communication for joint operations", "en"),
    ("ERASMUS-JMO-2027-NETWORKS", "Jean Monnet policy networks in other fields", "en"),
    ("EuropeAid/186770/DD/ACT/UA", "Підтримка місцевого самоврядування: стійкість громад", "uk"),
    ("MSCA-2026-DN-01", "MSCA Doctoral Networks 2026", "en"),
    ("CREA-MEDIA-2027-DEVMINISLATE", "European mini-slate development", "en"),
    ("INNOVFUND-2026-BATT", "Battery cell manufacturing", "en"),
    ("EU4H-2026-PJ-04", "Preventing cardiovascular diseases", "en"),
    ("AGRIP-MULTI-2026-TC", "Promotion of agricultural products in third countries", "en"),
    ("ISF-2026-TF2-AG-CYBER", "Cybercrime and digital investigations", "en"),
    ("", "Investitionszuschuss für Sportstätten in ländlichen Räumen", "de"),
    ("", "Aide à la rénovation des bâtiments culturels protégés", "fr"),
    ("", "Výzva na podporu péče o veřejnou zeleň ve městech", "cs"),
)


def other_titles() -> tuple[TitleLine, ...]:
    lines = []
    for place, (identifier, title, language) in enumerate(OTHER_TITLES):
        known = f"eu-portal:{identifier}" if identifier else f"landesportal:{4100 + place}"
        url = PORTAL + identifier if identifier else f"https://foerderung.example/programm/{4100 + place}"
        deadline = date(2026, 9, 1) + timedelta(days=7 * place) if place % 3 else None
        lines.append(TitleLine(id=known, title=title, url=url, language=language, next_deadline=deadline))
    return tuple(lines)


def the_changes() -> tuple[ChangeLine, ...]:
    bridge = bridge_for_eu()
    return (
        ChangeLine(
            id=bridge.id,
            title=bridge.title,
            url=bridge.url,
            kind="deadline",
            at=SIX,
            field="deadlines",
            old=("2026-06-09",),
            new=("2026-06-16",),
            verdict=Verdict.PASS_ON,
            tags=("for-us",),
            language="en",
        ),
        ChangeLine(
            id="eu-portal:UCPM-2026-TRACK1",
            title="Technical assistance for disaster risk management",
            url=PORTAL + "UCPM-2026-TRACK1",
            kind="withdrawn",
            at=SIX,
            old=("2026-07-02",),
            verdict=Verdict.PASS_ON,
            language="en",
        ),
    )


def the_cities() -> tuple[CityBlock, ...]:
    twin = town_twinning()
    return (
        CityBlock(
            key="montbeliard", name="Montbéliard", status="active", focus=True, open_calls=2, next=(twin, food_waste())
        ),
        CityBlock(
            key="bergamo", name="Bergamo", status="active", focus=True, open_calls=3, next=(climate_adaptation(), twin)
        ),
        CityBlock(key="novy-jicin", name="Nový Jičín", status="active", focus=False, open_calls=1, next=(twin,)),
        CityBlock(
            key="ambato", name="Ambato", status="climate", focus=False, open_calls=1, next=(climate_adaptation(),)
        ),
        CityBlock(key="caerphilly", name="Caerphilly", status="active", focus=False, open_calls=0),
        CityBlock(key="jewpatorija", name="Jewpatorija (Євпаторія)", status="dormant", focus=False, open_calls=0),
    )


def the_coverage() -> Coverage:
    return Coverage(
        read=41,
        total=43,
        blind=(
            SourceLine(
                id="lombardia",
                name="Regione Lombardia",
                state="blind",
                last_success=datetime(2026, 6, 9, 3, 12, tzinfo=UTC),
                reason="Seite umgebaut",
            ),
        ),
        not_set_up=(SourceLine(id="ms2021", name="MS2021+ (Tschechien)", state="not set up", reason="Zugang fehlt"),),
        added=(SourceLine(id="cerv", name="Kontaktstelle CERV", state="ok", calls=9),),
        searched=379,
    )


def a_digest(**values) -> Digest:
    """A quiet week in which all sources were read; name what matters."""
    given = {
        "week": "2026-W25",
        "profile": "ludwigsburg",
        "city": "Ludwigsburg",
        "reader": "europabuero",
        "language": "de",
        "zone": "Europe/Berlin",
        "moment": SIX,
        "today": MONDAY,
        "coverage": Coverage(read=43, total=43, searched=379),
        "contact": "europa@ludwigsburg.example",
    }
    return Digest(**(given | values))


def a_full_week(**values) -> Digest:
    """Monday, 15 June 2026: every section has something to say."""
    bridge = bridge_for_eu()
    given = {
        "coverage": the_coverage(),
        "for_us": (
            TopicBlock(
                key="twinning",
                label="Städtepartnerschaften",
                cities=("montbeliard", "novy-jicin", "bergamo"),
                cards=(town_twinning(),),
            ),
            TopicBlock(
                key="food-waste", label="Lebensmittelverschwendung", cities=("montbeliard",), cards=(food_waste(),)
            ),
            TopicBlock(key="climate", label="Klima", cities=("ambato", "bergamo"), cards=(climate_adaptation(),)),
        ),
        "pass_on": (heat_planning(), climate_city()),
        "changed": the_changes(),
        "closing": (bridge, two_stages()),
        "by_city": the_cities(),
        "other": other_titles(),
        "already_open": (
            replace(two_stages(), verdict=Verdict.PASS_ON),
            a_card("CERV-2026-CITIZENS-TOWN-NT", title="Networks of Towns", budget=Budget(total=euros("5000000"))),
        ),
        "already_open_more": 367,
        "closed": 12,
        "next_deadline": bridge,
        "recipients": ("europa@ludwigsburg.example",),
    }
    return a_digest(**(given | values))


def many_cards(count: int) -> tuple[Card, ...]:
    """Different full cards, as long as real ones."""
    model = town_twinning()
    return tuple(
        replace(
            model,
            id=f"eu-portal:CERV-2026-{place:03}",
            identifier=f"CERV-2026-{place:03}",
            url=f"{PORTAL}CERV-2026-{place:03}",
            title=f"Call number {place} about a matter that many towns of Europe share with one another",
            summary=model.summary + " " + model.summary,
        )
        for place in range(count)
    )
