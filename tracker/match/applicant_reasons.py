"""Who may apply, in German sentences for the digest. Pure."""

from __future__ import annotations

from tracker.match.applicants import Applicants, Degree

INVITED_ONLY = "nur eingeladene Einrichtungen"
GROUPS = {
    "company": "Unternehmen",
    "research": "Forschungseinrichtungen und Hochschulen",
    "university": "Hochschulen",
    "research-company": "Forschung und Unternehmen",
    "household": "Privatpersonen",
    "farmer": "landwirtschaftliche Betriebe",
    "private": "Unternehmen und Privatpersonen",
    "state": "US-Bundesstaaten und Bundesbehörden",
    "tribe": "indigene Gemeinschaften der USA",
    "health": "Einrichtungen des Gesundheitswesens",
    "housing": "Wohnungsunternehmen",
}
# Besides a town: whom the Europe office would pass a call on to.
MAY = {
    "municipality": "Städte und Gemeinden können Anträge stellen",
    "utility": "kommunale Unternehmen können Anträge stellen",
    "public-body": "öffentliche Einrichtungen können Anträge stellen",
    "school": "Schulen können Anträge stellen (zum Weitergeben)",
    "nonprofit": "Vereine können Anträge stellen (zum Weitergeben)",
    "culture": "Kultureinrichtungen können Anträge stellen (zum Weitergeben)",
    "anyone": "der Kreis der Antragstellenden ist offen",
}


def reasons(applicants: Applicants) -> tuple[str, ...]:
    """What to say of the applicants, the town first; nothing where nothing is known."""
    said = []
    town = applicants.degree("municipality")
    if town is Degree.NOT:
        said.append("Städte und Gemeinden sind ausgeschlossen")
    if town is Degree.VIA:
        said.append("Städte und Gemeinden erhalten Mittel nur über andere Stellen")
    if applicants.only == "invited":
        return (*said, INVITED_ONLY)
    if group := GROUPS.get(applicants.only):
        # A list of applicants is whole; a sentence names whom it speaks to, and there may be others.
        return (*said, f"nur für {group}" if applicants.stated else f"richtet sich an {group}")
    said += [sentence for kind, sentence in MAY.items() if applicants.degree(kind) is Degree.MAY]
    return tuple(said)
