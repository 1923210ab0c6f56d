"""German programmes: of the federation, its banks and agencies, and of Baden-Württemberg. Pure.

From the programmes' own pages and the Förderdatenbank's texts, as generally known in 2026-11. `base` and `city` are
judged from a town in the programme's area; other Länder stand in `laender`.
"""

from __future__ import annotations

from tracker.match.programmes.germany_others import OTHERS_DE
from tracker.match.programmes.rule import JOIN, RESEARCH, TOWNS, rule

CLUBS = "für Vereine und Träger, zum Weitergeben"
SW = "DE1"

# Research on a subject stands farther from a town than the subject does.
SCIENCE_DE = (
    rule(
        "Forschung in Deutschland",
        r"Forschungs(?:verbund|vorhaben|förderung|programm|netzwerk|verbünde)|Begleitforschung|wissenschaftliche"
        r" Begleitung|Ressortforschung|Nachwuchs(?:gruppe|wettbewerb|forsch)",
        0.1,
        1.8,
        "",
        RESEARCH,
        area="DE",
    ),
)

# What towns get themselves.
TOWNS_DE = (
    rule(
        "Internationale Klimaschutzinitiative",
        r"Internationale Klimaschutzinitiative|\bIKI\b",
        1.8,
        2.3,
        "climate",
        CLUBS,
        area="DE",
    ),
    rule(
        "Nationale Klimaschutzinitiative",
        r"Kommunalrichtlinie|Klimaschutzinitiative"
        r"|Klimaschutz durch Radverkehr|\bNKI\b|Kommunale Klimaschutz",
        2.6,
        3.0,
        "climate",
        TOWNS,
        area="DE",
    ),
    rule(
        "Klimaanpassung in Kommunen",
        r"Anpassung(?:smaßnahmen)? an (?:den|die Folgen des) Klimawandel|Klimaanpassung in (?:Kommunen|sozialen)"
        r"|\bDAS\b.{0,40}Klima|Anpassung urbaner",
        2.5,
        2.9,
        "climate",
        TOWNS,
        area="DE",
    ),
    rule(
        "Natürlicher Klimaschutz",
        r"[Nn]atürliche[rn]? Klimaschutz|Klimaangepasstes Waldmanagement",
        2.0,
        2.8,
        "climate environment",
        TOWNS,
        area="DE",
    ),
    rule(
        "Städtebau und Bauen",
        r"Städtebauförderung|Städtebau\b|\bExWoSt\b|Sozialer? Zusammenhalt|Lebendige Zentren|Wachstum und nachhaltige"
        r" Erneuerung|Zukunftsfähige Innenst|Smart Cit(?:y|ies)|Nationale Projekte des Städtebaus|Stadtentwicklung"
        r"|Stadtumbau|Soziale Stadt|Innenstadt|Ortskern|Dorferneuerung|Modellvorhaben der Raumordnung|\bMORO\b",
        2.4,
        2.9,
        "urban",
        TOWNS,
        area="DE",
    ),
    rule(
        "Sanierung kommunaler Einrichtungen",
        r"Sanierung kommunaler|Sport, Jugend und Kultur|Investitionspakt|Kommunalinvestition|\bKInvF",
        2.5,
        2.9,
        "urban",
        TOWNS,
        area="DE",
    ),
    rule(
        "KfW für Kommunen",
        r"\bIKK\b|\bIKU\b|Investitionskredit Kommunen|Energetische Stadtsanierung|KfW.{0,30}(?:[Kk]ommun|Quartier)"
        r"|[Kk]ommunal(?:e[rnms]?)? (?:Unternehmen|Gebäude)|Quartiersversorgung",
        2.4,
        2.8,
        "",
        TOWNS,
        area="DE",
    ),
    rule(
        "Effiziente Gebäude und Wärmenetze",
        r"Effiziente (?:Gebäude|Wärmenetze)|Wärmenetze|\bBEG\b|\bBEW\b|Wärmeplanung|Energieberatung für Nichtwohn"
        r"|Energieberatung.{0,30}Kommunen",
        1.8,
        2.7,
        "energy",
        JOIN,
        area="DE",
    ),
    rule(
        "Rad- und Fußverkehr",
        r"Stadt und Land|Radverkehr|Radweg|Radnetz|Radschnellweg|Fahrradpark|Fußverkehr",
        2.4,
        2.9,
        "transport",
        TOWNS,
        area="DE",
    ),
    rule(
        "Nahverkehr und Antriebe",
        r"Ladeinfrastruktur|Elektromobilität|Elektrobus|Busse\b|\bÖPNV\b|Nahverkehr|\bGVFG\b"
        r"|Gemeindeverkehrsfinanzierung|Mobilitätsmanagement|Mobilitätsstation|Straßenbahn|Verkehrsinfrastruktur",
        1.7,
        2.7,
        "transport",
        JOIN,
        area="DE",
    ),
    rule("Modernitätsfonds (mFUND)", r"\bmFUND\b|Modernitätsfonds", 1.4, 2.4, "transport", area="DE"),
    rule(
        "Regionale Ernährung",
        r"Ernährungswende|Regionale Wertschöpfungsketten|Bio-Städte|RIGE|Gemeinschaftsverpflegung|Lebensmittelabfäll"
        r"|Lebensmittelverschwendung|\bBÖL\b|Ernährung(?:sbildung|sstrategie)",
        2.0,
        2.8,
        "food-waste",
        JOIN,
        area="DE",
    ),
    rule(
        "Ländliche Entwicklung",
        r"Ländliche Entwicklung|BULEplus|\bBULE\b|LandKULTUR|Heimat 2\.0|LEADER|Ländliche[rn]? R[aä]um",
        1.0,
        1.8,
        "urban",
        "für ländliche Räume",
        area="DE",
    ),
    rule(
        "Strukturwandel in Kohleregionen",
        r"Strukturwandel|Kohleregion|Braunkohle|\bReviere?n?\b|\bSTARK\b|KoMoNa|strukturschwach|Zukunft Region"
        r"|Gemeinschaftsaufgabe|\bGRW\b",
        0.5,
        1.1,
        "",
        "nur für strukturschwache Regionen und Kohlereviere",
        area="DE3 DE4 DE5 DE8 DEA DEC DED DEE DEG",
    ),
    rule(
        "Naturschutz des Bundes",
        r"Biologische[rn]? Vielfalt|chance\.natur|Auenprogramm|Naturschutzgroßprojekt|Wildnisfonds|Blaues Band"
        r"|Verbändeförderung|Moorschutz|Artenschutz|Stadtnatur|Insektenschutz",
        2.2,
        2.8,
        "environment",
        JOIN,
        area="DE",
    ),
    rule("Deutsche Bundesstiftung Umwelt", r"Bundesstiftung Umwelt|\bDBU\b", 2.3, 2.8, "environment", JOIN, area="DE"),
)

# What towns, their schools, clubs and houses of culture get.
TOGETHER_DE = (
    rule(
        "Demokratie und Engagement",
        r"Demokratie leben|Zusammenhalt durch Teilhabe|Engagement|Ehrenamt|Mehrgenerationenh|Extremismusprävention"
        r"|Partnerschaften für Demokratie|politische[rn]? Bildung",
        2.2,
        2.8,
        "twinning",
        JOIN,
        area="DE",
    ),
    rule(
        "Jugend des Bundes",
        r"Kinder- und Jugendplan|\bKJP\b|[Jj]ugendarbeit|Jugendwerk|Jugendaustausch|Jugendbegegnung|\bConAct\b"
        r"|\bDPJW\b"
        r"|\bTandem\b|Jugend stärken|Zukunftspaket|Jugendsozialarbeit|Jugendhilfe",
        2.1,
        2.7,
        "youth",
        JOIN,
        area="DE",
    ),
    rule(
        "Schule und Ganztag",
        r"DigitalPakt|Ganztag|Startchancen|Schulbau|Bildungskommunen|Kultur macht stark|Sprach-Kitas|Kinderbetreuung"
        r"|Kindertages|Kita\b|Schulverpflegung",
        1.4,
        2.6,
        "youth",
        JOIN,
        area="DE",
    ),
    rule(
        "Kultur des Bundes",
        r"Kulturstiftung|Hauptstadtkulturfonds|Musikfonds|Fonds (?:Soziokultur|Darstellende|Bildende)|Kulturfonds"
        r"|Literaturfonds|Filmförderung|Kulturförderung|Kulturprojekt|Soziokultur|Museumsförderung|Neustart Kultur"
        r"|KulturInvest|Bibliotheken|Heimatpflege|Amateurmusik",
        1.9,
        2.8,
        "culture",
        JOIN,
        area="DE",
    ),
    rule("Denkmalschutz", r"Denkmal(?:schutz|pflege|förder)", 1.9, 2.7, "culture", JOIN, area="DE"),
    rule("Sportstätten", r"Sportst[äa]tten|Sportstättenbau|Schwimmb[aä]d", 1.9, 2.6, "youth", JOIN, area="DE"),
    rule(
        "Integration und Arbeit, ESF Plus",
        r"\bESF\b|\bESF ?Plus|Europäische[rn]? Sozialfonds|BIWAQ|rückenwind|\bAMIF\b|Asyl-, Migrations"
        r"|Integrationskurs"
        r"|Integrationsprojekt|Integration von (?:Migrant|Flüchtling|Zugewander)|Migrationsberatung|MY TURN|EhAP"
        r"|INQA|Teilhabe|Inklusion|Gleichstellung",
        1.4,
        2.4,
        "integration",
        JOIN,
        area="DE",
    ),
    rule(
        "Entwicklungspolitik",
        r"Engagement Global|Klinikpartnerschaft|\bFEB\b|Entwicklungspolitische|bengo|weltwärts|ENSA\b|Eine Welt"
        r"|private[rn]? deutsche[rn]? Träger",
        1.6,
        2.3,
        "development",
        CLUBS,
        area="DE",
    ),
)

# Baden-Württemberg.
SOUTH_WEST = (
    rule(
        "Klima und Verkehr in Baden-Württemberg",
        r"Klimaschutz-Plus|KLIMOPASS|Landesgemeindeverkehr|\bLGVFG\b|Kommunaler Klimaschutz|RadKULTUR|B²MM"
        r"|Klimaschutzpakt",
        2.5,
        3.0,
        "climate",
        TOWNS,
        area=SW,
    ),
    rule(
        "Städte und Wohnen in Baden-Württemberg",
        r"Wohnungsbau BW|Flächen gewinnen|Ab in die Mitte|Ausgleichst?stock|Schulbauförderung|Tourismusinfrastruktur"
        r"|Quartier 2030|Quartiersimpulse|Grunderwerbsprogramm|Soziale Mietwohnraumförderung",
        2.3,
        2.9,
        "urban",
        TOWNS,
        area=SW,
    ),
    rule(
        "Entwicklungsprogramm Ländlicher Raum",
        r"Entwicklungsprogramm Ländlicher|\bELR\b|Spitze auf dem Land",
        1.0,
        1.9,
        "urban",
        "für ländliche Räume",
        area=SW,
    ),
    rule(
        "Stiftungen und Beteiligung in Baden-Württemberg",
        r"Baden-Württemberg Stiftung|Allianz für Beteiligung|Kunststiftung|Innovationsfonds Kunst|Gut [Bb]eraten"
        r"|Nachbarschaftsgespräche|Landesjugendplan|Zukunftsplan Jugend|Stiftung Entwicklungs-Zusammenarbeit|\bSEZ\b",
        2.1,
        2.7,
        "",
        JOIN,
        area=SW,
    ),
)

GERMANY = (*SCIENCE_DE, *SOUTH_WEST, *TOWNS_DE, *TOGETHER_DE, *OTHERS_DE)
