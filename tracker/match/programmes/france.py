"""French programmes: of the state and its agencies, of regions and départements. Pure.

From the funders' own pages, as generally known in 2026-11. Montbéliard lies in the Doubs (FRC21) and in the basin of
the Agence de l'eau Rhône-Méditerranée-Corse; the aids of a region or a département have that area.
"""

from __future__ import annotations

from tracker.match.programmes.french_places import ALSO, DEPARTEMENTS, REGIONS, pattern_for
from tracker.match.programmes.rule import FAR, JOIN, TOWNS, Rule, rule

FIRMS = "für Unternehmen"
ADVICE = "Beratung für Gemeinden, wenig Geld"

# By the basin of a river: before the places that its name bears.
WATER_FR = (
    rule(
        "Agence de l'eau, Becken der Rhone",
        r"[Aa]gence de l.[Ee]au Rhône|Rhône[- ]Méditerranée",
        1.8,
        2.7,
        "environment",
        JOIN,
        area="FRC FRK FRL FRM",
    ),
    rule(
        "Agence de l'eau, anderes Becken",
        r"[Aa]gence de l.[Ee]au (?:Adour|Artois|Loire|Rhin|Seine)",
        1.8,
        2.7,
        "environment",
        JOIN,
        area="FR1 FRB FRD FRE FRF FRG FRH FRI FRJ",
    ),
)

# Of whom one knows who gets it, wherever in France.
STATE_FR = (
    rule(
        "Unternehmenshilfen in Frankreich",
        r"Bpifrance|Banque Publique d.Investissement|\bBPI\b|France 2030|Opco\b|OPCO\b|DDFIP|Direction (?:générale|"
        r"départementale) des [Ff]inances|Banque de France|Crédit d.impôt|\bURSSAF\b|Pôle emploi|France Travail"
        r"|AGEFIPH"
        r"|Réseau Entreprendre|\bADIE\b|Initiative France|FranceAgriMer|Chambres? d.[Aa]griculture|\bINPI\b",
        0.0,
        0.8,
        "",
        FIRMS,
        area="FR",
    ),
    # The chambers help firms, and advise towns where a call says so.
    rule(
        "Kammern in Frankreich",
        r"Chambres? de (?:[Cc]ommerce|[Mm]étiers)|Chambres? des [Mm]étiers|\bCCI\b|\bCMAR?\b",
        0.0,
        2.4,
        "",
        FIRMS,
        area="FR",
    ),
    rule(
        "Kleine Städte und Dörfer",
        r"Petites [Vv]illes de [Dd]emain|Villages d.[Aa]venir|Petites Cités|France Ruralités|ruralité|\bDETR\b"
        r"|communes"
        r" rurales",
        0.8,
        1.4,
        "urban",
        "für kleine Gemeinden",
        area="FR",
    ),
    rule(
        "Programme des Staates für Gemeinden",
        r"Fonds [Vv]ert|\bDSIL\b|\bFNADT\b|Action [Cc](?:œ|oe)ur de [Vv]ille|Territoires d.industrie|\bANCT\b"
        r"|cohésion des territoires|\bCerema\b|\bCEREMA\b|Banque des [Tt]erritoires|Caisse des [Dd]épôts"
        r"|\bANRU\b|\bANAH\b"
        r"|\bPUCA\b|\bMIQCP\b|Atelier des territoires|Agences? d.urbanisme|contrat de ville|[Pp]olitique de la ville"
        r"|France Services",
        2.0,
        2.8,
        "",
        TOWNS,
        area="FR",
    ),
    rule(
        "Energie und Verkehr in Frankreich",
        r"\bACTEE\b|\bFNCCR\b|Plan [Vv]élo|Fonds [Mm]obilités|Alvéole|\bADVENIR\b|Advenir|\bENEDIS\b|Enedis|\bGRDF\b"
        r"|CEE\b.{0,30}(?:programme|collectivit)|Fonds [Cc]haleur|\bFUB\b",
        1.7,
        2.7,
        "",
        JOIN,
        area="FR",
    ),
    rule(
        "ADEME für Unternehmen",
        r"\bADEME\b[^|]{0,60}\|.{0,160}(?:Tremplin|[Éé]colabel|[Ii]ndustrie|\bTPE\b|\bPME\b|[Ee]ntreprise|\bACT\b"
        r"|Formation|\bDiag|BCIAT)",
        0.1,
        1.5,
        "",
        FIRMS,
        area="FR",
    ),
    rule("ADEME", r"\bADEME\b|Agence de la transition écologique", 1.1, 2.5, "", JOIN, area="FR"),
    rule(
        "Umweltbehörden in Frankreich",
        r"[Aa]gences? de l.[Ee]au|\bOFB\b|[Oo]ffice français de la biodiversité|\bLPO\b|Conservatoire",
        1.3,
        2.6,
        "environment",
        JOIN,
        area="FR",
    ),
    rule(
        "Kultur und Sport in Frankreich",
        r"\bDRAC\b|affaires culturelles|\bADRC\b|Ministère de la [Cc]ulture|Fondation du [Pp]atrimoine|\bCNL\b"
        r"|Centre national du [Ll]ivre|[Aa]gence nationale du [Ss]port|\bANS\b|Fédération [Ff]rançaise de|\bINJEP\b"
        r"|Service [Cc]ivique|Loto du patrimoine",
        1.7,
        2.6,
        "",
        JOIN,
        area="FR",
    ),
    rule("Film in Frankreich", r"\bCNC\b|Centre national du [Cc]inéma", 0.4, 1.6, "culture", FIRMS, area="FR"),
    rule(
        "Entwicklungspolitik französischer Gemeinden",
        r"solidarité internationale|Agence française de développement|\bAFD\b|\bFICOL\b|Programme Concerté",
        1.8,
        2.7,
        "development",
        JOIN,
        area="FR",
    ),
    rule(
        "Partnerschaften französischer Gemeinden",
        r"Ministère de l.Europe et des [Aa]ffaires|\bDAECT\b|coopération décentralisée|Cités Unies",
        1.8,
        2.7,
        "",
        JOIN,
        area="FR",
    ),
    rule(
        "Soziales und Familie in Frankreich",
        r"\bCAF\b|\bCNAF\b|allocations familiales|\bMSA\b|Caisse nationale|\bCNSA\b|\bARS\b"
        r"|[Aa]gence régionale de santé"
        r"|Assurance [Mm]aladie",
        0.4,
        1.4,
        "",
        area="FR",
    ),
    rule(
        "Rat für Bauen und Landschaft (CAUE)",
        r"Conseil (?:d.)?architecture|\bCAUE\b",
        0.8,
        2.4,
        "",
        ADVICE,
        area="FR",
    ),
    rule("Kredite für Gemeinden", r"Agence France Locale|La Banque Postale", 0.6, 1.8, "", TOWNS, area="FR"),
    rule(
        "EU-Fonds in französischen Regionen",
        r"\bFEDER\b|\bFSE\b|\bFEADER\b|\bLEADER\b",
        1.2,
        2.3,
        "",
        JOIN,
        area="FR",
    ),
    rule("Forschung in Frankreich", r"Agence nationale de la [Rr]echerche|\bANR\b", 0.1, 1.2, "", FAR, area="FR"),
    rule(
        "Ministerium in Frankreich",
        r"Ministère de|Préfecture|Préfet|\bDREAL\b|\bDGCL\b",
        0.8,
        2.5,
        "",
        area="FR",
    ),
)

LOCAL_FUNDER = (
    r"Conseil d[ée]partemental|Conseil r[ée]gional|Agence technique d[ée]partementale|\bRégion [A-Z]|\bDDTM?\b"
    r"|Établissement [Pp]ublic [Ff]oncier"
    r"|Etablissement [Pp]ublic [Ff]oncier|Agglom[ée]ration|Communauté (?:de communes|urbaine)|Parc naturel"
    r"|\(PETR\)"
    r"|Syndicat|Ing[ée]nierie (?:des|territor)|Métropole"
)


def local_rules() -> tuple[Rule, ...]:
    """One rule for each département and region, the départements first: they are nearer."""
    named = [
        *((f"Département {name}", name, code) for code, name in DEPARTEMENTS.items()),
        *((f"Region {name}", name, code) for code, name in REGIONS.items()),
        *((f"Region {name}", name, code) for code, names in ALSO.items() for name in names),
    ]
    named.sort(key=lambda each: (-len(each[1]), each[1]))  # "Tarn-et-Garonne" before "Tarn"
    return tuple(
        rule(said, pattern_for(name), 0.5, 2.7, "", f"gilt nur in: {name}", area=code) for said, name, code in named
    )


FRANCE = (
    *WATER_FR,
    *local_rules(),
    *STATE_FR,
    rule(
        "Programm der EU auf einem französischen Portal",
        r"Commission [Ee]uropéenne|Union [Ee]uropéenne",
        1.4,
        2.9,
        "",
        JOIN,
    ),
    rule(
        "Programm einer französischen Region",
        LOCAL_FUNDER,
        0.4,
        1.1,
        "",
        "gilt nur in einer Region oder einem Département",
        area="FR",
    ),
)
