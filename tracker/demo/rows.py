"""What the demo's EU portal holds: real identifiers, dates and amounts of June 2026, texts in our own words.

Source of the figures: EU Funding & Tenders Portal, recorded 2026-06-08 and 2026-06-15 (European Commission, reuse
under Decision 2011/833/EU); where the portal was silent the row is silent. The internal numbers (`reference`) of
CERV-2026-CITIZENS-TOWN-NT, SMP-FOOD-2026-FW-STAKEHOLDERS-PJ and HORIZON-MISS-2027-04-CIT-03 are made up: no recording
holds these three rows, only their identifiers, dates and amounts are known.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

OPEN, FORTHCOMING = "31094502", "31094501"
TOPICS = "https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities/topic-details/"
CASCADES = "https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities/competitive-calls-cs/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the search. `second`: only in the second recorded day; `moved`: its deadlines there, if they moved."""

    identifier: str
    reference: str
    title: str
    deadlines: tuple[str, ...]
    opens: str
    programme: str
    kind: str = "1"
    status: str = OPEN
    text: str = ""
    own_title: str = ""
    parent: str = ""
    action: str = ""
    model: str = "single-stage"
    budget: int = 0
    smallest: int = 0
    largest: int = 0
    grants: int = 0
    second: bool = False
    moved: tuple[str, ...] = ()


ROWS = (
    Row(
        identifier="CERV-2026-CITIZENS-TOWN-TT",
        reference="51050034TOPICSen",
        title="Call Town Twinning 2026",
        deadlines=("2026-09-23",),
        opens="2026-05-06",
        programme="43251589",
        action="CERV Lump Sum Grants",
        budget=6_000_000,
        text="<p>Expected Outcome:</p><p>Citizens of twinned towns meet, get to know each other and discuss what the"
        " European Union means for their daily life. Municipalities invite guests from their twin towns for a"
        " programme of several days.</p>",
    ),
    Row(
        identifier="CERV-2026-CITIZENS-TOWN-NT",
        reference="50446101TOPICSen",
        title="Networks of Towns",
        deadlines=("2026-04-16",),
        opens="2025-12-17",
        programme="43251589",
        action="CERV Lump Sum Grants",
        budget=12_000_000,
        smallest=100_000,
        text="<p>Towns and associations form a network over several years and work on a common theme with their"
        " citizens.</p>",
    ),
    Row(
        identifier="SMP-FOOD-2026-FW-STAKEHOLDERS-PJ",
        reference="51302217TOPICSen",
        title="Grants for actors of the food supply chain to prevent and reduce food waste",
        deadlines=("2026-10-15",),
        opens="2026-06-16",
        programme="43252476",
        status=FORTHCOMING,
        action="SMP Project Grants",
        second=True,
    ),
    Row(
        identifier="LIFE-2026-SAP-CLIMA-CCA",
        reference="51106194TOPICSen",
        title="Climate Change Adaptation",
        deadlines=("2026-09-22",),
        opens="2026-04-21",
        programme="43252405",
        action="LIFE Project Grants",
        budget=28_000_000,
        text="<p>Objective:</p><p>Projects help regions and municipalities to prepare for heat, drought and floods and"
        " to live with the effects of climate change. Local authorities may apply alone or with partners.</p>",
    ),
    Row(
        identifier="HORIZON-MISS-2027-04-CIT-03",
        reference="50140811TOPICSen",
        title="Inclusive and climate resilient multimodal passenger hubs enhancing modal shift towards sustainable "
        "transport and shared mobility",
        deadlines=("2027-10-07",),
        opens="2027-02-09",
        programme="43108390",
        status=FORTHCOMING,
        action="HORIZON Innovation Actions",
        second=True,
        text="<p>Cities turn their stations and interchanges into places where walking, cycling, shared vehicles and"
        " public transport meet, and thereby cut emissions on the way to climate neutrality.</p>",
    ),
    Row(
        identifier="PPPA-2026-BRIDGEFOREU2",
        reference="50895043TOPICSen",
        title="Setting up of Cross-Border Coordination Points",
        deadlines=("2026-06-09",),
        moved=("2026-06-16",),
        opens="2026-03-24",
        programme="43637601",
        action="PPPA Project Grants",
        budget=1_561_970,
        largest=120_000,
        grants=15,
        text="<p>Public authorities on both sides of a border name a contact point that collects and solves obstacles"
        " between municipalities and regions.</p>",
    ),
    Row(
        identifier="LIFE-2026-CET-HEATCOOLPLAN",
        reference="51121661TOPICSen",
        title="Supporting the delivery of actionable, integrated, and comprehensive local heating and cooling plans",
        deadlines=("2026-09-16",),
        opens="2026-04-21",
        programme="43252405",
        action="LIFE Project Grants",
        budget=6_500_000,
        text="<p>Municipalities and their utilities draw up plans for heating and cooling and prepare the investments"
        " that follow from them.</p>",
    ),
    Row(
        identifier="LIFE-2026-CET-ENERPOV",
        reference="51121641TOPICSen",
        title="Alleviating household energy poverty in Europe",
        deadlines=("2026-09-16",),
        opens="2026-04-21",
        programme="43252405",
        action="LIFE Project Grants",
        budget=6_000_000,
        text="<p>Local actors, social services and energy agencies support households that cannot heat or cool their"
        " homes adequately.</p>",
    ),
    Row(
        identifier="CERV-2026-DATA",
        reference="50445726TOPICSen",
        title="Call for proposals to national data protection authorities on reaching out to stakeholders in data "
        "protection legislation",
        deadlines=("2026-06-25",),
        opens="2026-02-26",
        programme="43251589",
        action="CERV Lump Sum Grants",
        budget=2_300_000,
    ),
    Row(
        identifier="I3-2026-INV1",
        reference="51181644TOPICSen",
        title="I3-2026-INV1 - Interregional Innovation Investments Strand 1",
        deadlines=("2026-11-12",),
        opens="2026-05-13",
        programme="44416173",
        action="I3 Project Grants",
        budget=28_200_000,
    ),
    Row(
        identifier="HORIZON-EIE-2026-03-CONNECT-01",
        reference="50217187TOPICSen",
        title="From lab to market: Strengthening the role of Technology Transfer Offices in bringing knowledge to the "
        "market",
        deadlines=("2026-09-22",),
        opens="2026-06-09",
        programme="43108390",
        action="HORIZON Coordination and Support Actions",
        budget=5_000_000,
        smallest=1_000_000,
        largest=1_000_000,
        grants=5,
        second=True,
    ),
    Row(
        identifier="ERDFTA-2026-UAACQUIS22",
        reference="51429936TOPICSen",
        title="Capacity building for Ukrainian regional policy stakeholders",
        deadlines=("2026-08-26",),
        opens="2026-06-10",
        programme="46324255",
        action="ERDF-TA Project Grants",
        budget=240_000,
        second=True,
    ),
    Row(
        identifier="EuropeAid/186152/DD/ACT/Multi",
        reference="186152PROSPECTSEN",
        title="EU Peacebuilding Initiative (EUPI) 2026",
        deadlines=("2026-07-24",),
        opens="2026-06-09",
        programme="111111",
        kind="2",
        model="",
        second=True,
    ),
    Row(
        identifier="HORIZON-CL6-2022-COMMUNITIES-02-01-two-stage",
        reference="14201COMPETITIVE_CALLen",
        title="Smart solutions for smart rural communities: empowering rural communities and smart villages to "
        "innovate for societal change",
        own_title="SMART ERA 2nd Open Call for Followers Micro-Pilots",
        parent="44088443",
        deadlines=("2026-09-15",),
        opens="2026-06-12",
        programme="43108390",
        kind="8",
        second=True,
    ),
    Row(
        identifier="CREA-CULT-2025-COOP-UA-2",
        reference="14624COMPETITIVE_CALLen",
        title="Fostering Ukrainians’ access to culture and cultural heritage",
        own_title="Cultural Horizons: Innovative Cultural Products",
        parent="47365875",
        deadlines=("2026-08-14",),
        opens="2026-06-11",
        programme="43251814",
        kind="8",
        second=True,
    ),
)


def rows(*, second: bool) -> list[dict[str, Any]]:
    """The rows of the first or of the second recorded day, in the shape of the search interface."""
    return [_row(row, second=second) for row in ROWS if second or not row.second]


def _row(row: Row, *, second: bool) -> dict[str, Any]:
    deadlines = row.moved if second and row.moved else row.deadlines
    url = f"{CASCADES}{row.parent}" if row.kind == "8" else f"{TOPICS}{row.identifier}"
    metadata: dict[str, list[str]] = {
        "identifier": [row.identifier],
        "title": [row.title],
        "type": [row.kind],
        "status": [row.status],
        "language": ["en"],
        "url": [url],
        "REFERENCE": [row.reference],
        "DATASOURCE": ["SEDIA"],
        "frameworkProgramme": [row.programme],
        "startDate": [f"{row.opens}T00:00:00.000+0000"],
        "deadlineDate": [f"{day}T00:00:00.000+0000" for day in deadlines],
        "deadlineModel": [row.model] if row.model else [],
        "typesOfAction": [row.action] if row.action else [],
        "descriptionByte": [row.text] if row.text else [],
        "caName": [row.own_title] if row.own_title else [],
        "budgetOverview": [_budget(row)] if row.budget else [],
    }
    return {
        "reference": row.reference,
        "url": url,
        "title": None,
        "contentType": "text/plain",
        "language": "en",
        "database": "SEDIA",
        "databaseLabel": "SEDIA",
        "summary": row.own_title or row.title,
        "content": row.own_title or row.title,
        "metadata": metadata,
        "children": [],
    }


def _budget(row: Row) -> str:
    year = row.opens[:4]
    action = {
        "action": f"{row.identifier} - {row.action}",
        "expectedGrants": row.grants,
        "minContribution": row.smallest,
        "maxContribution": row.largest,
        "budgetYearMap": {year: str(row.budget)},
        "plannedOpeningDate": row.opens,
        "deadlineModel": row.model,
        "deadlineDates": list(row.deadlines),
    }
    return json.dumps({"budgetYearsColumns": [year], "budgetTopicActionMap": {"1": [action]}})
