"""Words for applicants, and for "may", "may not" and "only", in six languages. Pure.

A term is written in small letters; `*` at its end stands for any ending, `~` inside it for any letters up to the next
word ("öffentliche~ einrichtung*"). Terms are parted by semicolons. The longest term that fits is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

PARTIES = {
    "municipality": (
        "kommune; kommunen; kommunal*; gemeinde; gemeinden; gemeindeverb*; samtgemeinde*; stadt; städte; städten;"
        "städtische*; stadtverwaltung*; landkreis*; kreise; kreisen; kreisfreie*; gebietskörperschaft*; zweckverb*;"
        "municipalit*; municipal; local authorit*; local government*; local council*; city; cities; town; towns;"
        "township*; county; counties; borough*; unit~ of local government; unit~ of general local government;"
        "communes; la commune; une commune; une ou plusieurs communes; intercommunal*; collectivité; collectivités;"
        "epci; mairie; mairies; groupements de communes; communauté~ de communes; communauté~ d'agglomération;"
        "communauté~ urbaine~; syndicats mixtes; syndicats intercommunaux;"
        "comuni; i comuni; il comune; enti locali; ente locale; unioni di comuni; amministrazion~ local*;"
        "amministrazion~ comunal*;"
        "obec; obce; obcí; obcím; obcemi; město; města; měst; městům; městy; svazk~ obcí; územní samospráv*;"
        "samospráv*; městsk~ část*;"
        "громада; громади; громад; громадам; громадами; муніципал*; місцев~ самоврядуван*; місто; міста; містам;"
        "міськ~ рад*; територіальн~ громад*"
    ),
    "municipality!": "als kommun*; als gemeinde; als stadt; als gebietskörperschaft*; als landkreis; als zweckverb*;"
    "ihre kommune; ihre gemeinde; ihre stadt; votre commune; votre collectivité; vos administrés;"
    "votre ville; votre territoire; your council; your municipality; your city; il tuo comune",
    # "Als Hochschule erhalten Sie …": the text addresses whoever may apply
    "university!": "als hochschul*; als universität*",
    "research!": "als forschungseinrichtung*; als außeruniversitär*",
    "nonprofit!": "als verein*; als verband; als gemeinnützig*; als stiftung*; als träger*",
    "school!": "als schule; als bildungseinricht*",
    "household!": "als privatperson*; votre logement; vos revenus",
    "farmer!": "als landwirt*; votre exploitation*",
    "public-body": (
        "öffentliche~ einrichtung*; öffentliche~ träger*; öffentlich-rechtliche*; körperschaft*; öffentliche~ hand;"
        "behörde*; öffentliche~ stelle*; öffentliche~ institution*; juristische~ person~ des öffentlichen rechts;"
        "public bod*; public authorit*; public sector; public institution*; public entit*; public agenc*;"
        "other public institution*; quasi-public*; government agenc*;"
        "établissement~ public*; organisme~ public*; acteur~ public*; services de l'état; personne~ publique*;"
        "secteur public; enti pubblici; ente pubblico; pubblich~ amministrazion*; amministrazion~ pubblic*;"
        "soggetti pubblici; veřejn~ subjekt*; veřejn~ institu*; příspěvkov~ organizac*; veřejnoprávn*;"
        "державн~ орган*; державн~ установ*; комунальн~ заклад*; комунальн~ установ*"
    ),
    "utility": (
        "stadtwerk*; kommunale~ unternehmen; kommunale~ betrieb*; eigenbetrieb*; verkehrsunternehmen;"
        "verkehrsbetrieb*; öffentliche~ unternehmen; energieversorg*; utilit*; municipally owned; municipal compan*;"
        "municipal enterprise*; public enterprise*; transit agenc*; special district*; water district*;"
        "entreprises publiques locales; entreprise publique locale; sociétés d'économie mixte; régie; régies;"
        "società partecipat*; società in house; aziende municipalizzate; společnost~ vlastněn~ obc*;"
        "комунальн~ підприємств*"
    ),
    "school": (
        "schule; schulen; schulträger*; kindertageseinricht*; kita; kitas; bildungseinricht*; bildungsträger*;"
        "volkshochschul*; school; schools; school district*; independent school district*; local educat~ agenc*;"
        "education~ institution*; education and training institution*; école; écoles; collèges; lycée; lycées;"
        "établissement~ scolaire*; établissement~ d'enseignement; scuola; scuole; istitut~ scolastic*;"
        "istituzion~ scolastic*; škola; školy; škol; školám; školská zařízení; школа; школи; шкіл; школам;"
        "заклад~ освіти"
    ),
    "university": (
        "hochschul*; universität*; fachhochschul*; universit*; institution~ of higher education;"
        "higher education institution*; private institution~ of higher education; college; colleges;"
        "public and state controlled institutions of higher education; public and state institutions of higher"
        " education; enseignement supérieur; grandes écoles; università; atenei; univerzit*; vysok~ škol*;"
        "університет*; заклад~ вищої освіти"
    ),
    "research": (
        "forschungseinrichtung*; forschungsinstitut*; forschungsorganisation*; außeruniversitär*; forscherinnen;"
        "forschende*; wissenschaftler*; forschungsverb*; research institut*; research organi*; research cent*;"
        "research bod*; researcher*; principal investigator*; scientists; research performing; laborator*;"
        "chercheurs; laboratoires; organisme~ de recherche; enti di ricerca; organismi di ricerca; ricercator*;"
        "centri di ricerca; výzkumn~ organizac*; výzkumn~ institu*; výzkumn~ ústav*; науков~ установ*;"
        "науков~ організац*; дослідник*"
    ),
    # what is paid for is research: a sign, and no applicant
    "research?": (
        "forschen; forschungsvorhaben; forschungsprojekt*; forschungs- und entwicklung*;"
        "forschungs-, entwicklungs- und*;"
        "verbundprojekt*; verbundvorhaben; grundlagenforschung; nachwuchsgruppe*; nachwuchsforsch*; ressortforschung;"
        "projektpauschale; industrielle~ forschung; experimentelle~ entwicklung; research project*; basic research;"
        "fundamental research; clinical; traineeship*; fellowship*; projets de recherche; progetti di ricerca;"
        "výzkumn~ projekt*"
    ),
    "nonprofit": (
        "verein; vereine; vereinen; vereins; verband; verbände; verbänden; vereinigung*; stiftung*; gemeinnützig*;"
        "nichtregierungsorganisation*; zivilgesellschaft*; ngo; ngos; nro; wohlfahrtsverb*; initiativen;"
        "bürgerinitiativ*; kirchen; religionsgemeinschaft*; sportverein*; jugendverb*; jugendgruppe*; jugendring*;"
        "träger der freien; träger der jugendhilfe; freie~ träger*; non-profit*; nonprofit*; not-for-profit*;"
        "non-governmental*; non-government*; civil society; cso; csos; charity; charities; charitable;"
        "private nonprofit institution*; public nonprofit institution*; association; associations; voluntary organi*;"
        "voluntary sector; community group*; community organi*; community-based organi*; faith-based*; club; clubs;"
        "youth group*; youth organi*; community action agenc*; fondation; fondations; ong; comité~ de jumelage;"
        "groupe~ de jeunes; associazion*; terzo settore; onlus; fondazion*; organizzazioni di volontariato;"
        "spolek; spolky; spolků; spolkům; neziskov*; nevládn*; nadac*; nestátní; církv*;"
        "громадськ~ організац*; громадськ~ об'єднан*; неурядов*; неприбутков*; благодійн*"
    ),
    "company": (
        "unternehmen; unternehmens; unternehmerinnen; betriebe; betrieben; betrieb; firma; firmen;"
        "gewerbliche~ wirtschaft; arbeitgeber*; handwerk*; freiberuf*; selbstständige; selbständige; konzern*;"
        "company; companies; enterprise; enterprises; business; businesses; firm; firms; for-profit*;"
        "for profit organi*; profit organi*; industry; private sector; private institution*; private compan*;"
        "other private institution*; employer*; undertakings; entreprise; entreprises; industriel; industriels;"
        "artisan; artisans; commerçant; commerçants; acteur~ privé*; employeur*; impresa; imprese; aziend*;"
        "liberi professionisti; podnik; podniky; podniků; podnikům; podnikatel*; firmy; firem; підприємств*;"
        "підприємц*; бізнес*; компанії; компаній"
    ),
    "company!": (
        "als unternehm*; als kleines oder mittleres unternehmen; als arbeitgeber*; als betrieb;"
        "votre entreprise; vos salariés; vos collaborateurs; votre activité professionnelle; votre local professionnel;"
        "ihr unternehmen; ihres unternehmens; ihren betrieb; your business; your company; la tua impresa;"
        "véhicules professionnels; votre véhicule professionnel; votre modèle d'affaires; vos produits;"
        "votre imprimerie;"
        "votre magasin; votre commerce; votre établissement; votre chiffre d'affaires; démarche rse; vos équipes"
    ),
    "sme": (
        "kmu; kleine~ und mittlere~ unternehmen; kleines oder mittleres unternehmen; kleine oder mittlere*;"
        "kleine und mittelständische*; mittelständisch*; sme; smes; small and medium*; small business*; mid-cap*;"
        "pme; tpe; eti; petites et moyennes entreprises; pmi; piccole e medie*; micro, piccole*; msp;"
        "mal~ a středn~ podnik*; мсп; мал~ та середн~ підпр*; мал~ і середн~ підпр*"
    ),
    "startup": "start-up*; startup*; existenzgründ*; gründer*; gründungsvorhaben; gründungsteam*; gründungsprojekt*;"
    "scale-up*; scaleup*; spin-off*; entrepreneur*; jeunes pousses",
    "farmer": (
        "landwirt; landwirtin; landwirte; landwirten; landwirtinnen; landwirtschaftliche~ betrieb*; agrarbetrieb*;"
        "landwirtschaftliche~ unternehmen; waldbesitz*; forstbetrieb*; farmer; farmers; producer; producers;"
        "rancher*; grower*; landowner*; fishermen; agriculteur*; exploitation~ agricole*; exploitant~ agricole*;"
        "éleveur*; viticulteur*; entreprise agricole; entreprises agricoles; propriétaire~ forestier*; agricoltor*;"
        "aziende agricole; imprese agricole; zeměděl*; фермер*; аграрі*"
    ),
    "household": (
        "privatperson*; privathaushalt*; natürliche person; natürliche personen; wohnungseigent*; eigenheim*;"
        "studierende*; auszubildende*; individual; individuals; individual/family; personal / individual; household*;"
        "homeowner*; student; students; veteran; veterans; families; particulier; particuliers; ménages; locataires;"
        "étudiants; cittadini; persone fisiche; famiglie; fyzick~ osob*; domácnost*; občané; občanů; фізичн~ ос*;"
        "громадян; громадяни; домогосподарств*"
    ),
    "region": (
        "bundesländer*; départements; le département; régions; collectivités régionales; regioni; province;"
        "città metropolitan*; kraje; krajů; krajům; regional authorit*; regional government*; обласн~ рад*;"
        "обласн~ адміністрац*"
    ),
    "state": (
        "state agenc*; state government*; state department*; state educat~ agenc*; to states; assist states;"
        "the states; states and; states, ; eligible states; governor*; u.s. territor*; us territor*;"
        "interstate; intrastate; federal; federal agenc*; government of the united states; bundesbehörde*;"
        "landesbehörde*; ministries; national authorit*; central government*; ministère*; ministeri; ministerstv*;"
        "міністерств*"
    ),
    "tribe": "tribe; tribes; tribal; indian trib*; federally recognized*; native american*; alaska native*;"
    "native hawaiian*; indian/native american*; indian housing authorit*; other native*",
    "health": (
        "krankenh*; klinik; kliniken; universitätsklinik*; pflegeeinricht*; hospital; hospitals; health center*;"
        "health care provider*; health department*; clinic; clinics; hôpital; hôpitaux; établissement~ de santé; ehpad;"
        "ospedal*; aziende sanitarie; nemocnic*; лікарн*; лікарень"
    ),
    "culture": (
        "museum; museen; theater; kultureinrichtung*; kulturinstitution*; bibliothek*; künstler*; kulturschaffende*;"
        "museums; library; libraries; theatres; cultural organi*; cultural institution*; cultural operator*; artist;"
        "artists; arts organi*; musée; musées; bibliothèque*; théâtre; théâtres; artistes; acteurs culturels;"
        "établissement~ culturel*; musei; biblioteche; teatri; artisti; operatori culturali; istituzioni culturali;"
        "muzea; muzeí; divadl*; knihovn*; kulturn~ organizac*; umělc*; музе*; бібліотек*; театр*; митц*;"
        "заклад~ культури"
    ),
    "housing": (
        "wohnungsunternehmen; wohnungsbaugesellschaft*; wohnungsgenossenschaft*; wohnungsbaugenossenschaft*;"
        "vermieter*; housing authorit*; public housing*; public and indian housing*; housing association*; landlord*;"
        "bailleur*; organisme~ hlm; bytov~ družst*; společenství vlastníků; осбб"
    ),
    "anyone": (
        "natürliche und juristische personen; natürliche oder juristische personen; juristische person*;"
        "unabhängig von ihrer rechtsform; unabhängig von der rechtsform; anyone; any legal entit*; legal entities;"
        "legal persons; unrestricted; personne~ morale*; persone giuridiche; právnick~ osob*;"
        "юридичн~ ос*"
    ),
    # a French aid that the overseas territories get too holds in all of France
    "overseas": "collectivité~ d'outre-mer à statuts particuliers; collectivité~ d'outre-mer*",
    # looks like one of the others and is none
    "": "städtebau*; member states; united states; stadt und land; city of london;"
    "betriebsmittel; projektträger*; european council; entwicklungsland; entwicklungsländer*",
}

# "may" before or behind a party in one sentence; "weak" ones say only whom the text addresses.
CUES = {
    "may": (
        "antragsberechtigt*; förderberechtigt*; zuwendungsempfänger*; antragstellende; antragsteller;"
        "antragstellerinnen;"
        "anträge stellen; antrag stellen; richtet sich an; teilnahmeberechtigt*; bewerben können; sich bewerben;"
        "zuwendungsberechtigt*; anträge einreichen; wenn sie als; wenn ihre; wenn ihr;"
        "eligible applicant*; eligible entit*; eligible organi*; eligible recipient*; eligible bod*;"
        "eligible institution*; eligible participant*; eligible beneficiar*; eligible grantee*; eligible to apply;"
        "are eligible; is eligible; may apply; can apply; may also apply; can also apply; may submit; can submit;"
        "who can apply; open to; applicants must be; applicants are; applicants include; applicants may be;"
        "applications from; grants to; awards to; funds to; funding to; assistance to; available to; awarded to;"
        "beneficiaries are; beneficiaries include;"
        "bénéficiaire*; peuvent bénéficier; peuvent en bénéficier; éligible*; s'adresse aux; s'adresse à;"
        "s'adressent aux; destiné aux; destinée aux; destinés aux; destinées aux; peuvent candidater;"
        "peuvent déposer; peuvent solliciter; peuvent postuler; porteur~ de projet*; ouvert aux; ouverte aux;"
        "à destination des; au profit des; candidats éligibles;"
        "beneficiari; possono presentare; possono partecipare; possono accedere; possono richiedere;"
        "possono beneficiare; soggetti ammissibili; soggetti proponenti; soggetti ammessi; destinatari; rivolto a*;"
        "rivolta a*; si rivolge a*; potenziali beneficiari;"
        "oprávnění žadatel*; oprávněným žadatel*; oprávněni žád*; žadatel*; příjemc*; mohou žádat; mohou podat;"
        "mohou požádat; může požádat; je určen*;"
        "заявник*; можуть подавати*; можуть подати; можуть брати участь; можуть отримати; мають право; бенефіціар*;"
        "запрошуються; до участі"
    ),
    "weak": "können sie; erhalten sie; können kommunen; können unternehmen; vous êtes; vous souhaitez; accompagne;"
    "propose aux",
    "not-here": (  # negates what stands in the same clause
        "nicht antragsberechtigt*; nicht förderberechtigt*; nicht zuwendungsberechtigt*; nicht gefördert werden;"
        "keine anträge stellen; ausgeschlossen; not eligible; ineligible; cannot apply; may not apply; can not apply;"
        "not be eligible; are excluded; is excluded; ne sont pas; n'est pas éligible; ne peuvent pas;"
        "non éligible*; inéligible*; exclu; exclus; exclues; non sono ammess*; non possono; non ammissibil*; esclusi;"
        "sono esclus*; nejsou oprávněn*; nemohou; jsou vyloučen*; не можуть; не мають права"
    ),
    "not-next": (  # negates what follows
        "und nicht; nicht aber; nicht jedoch; nicht an; nicht für; ausgenommen*; mit ausnahme*; außer; not open to;"
        "excluding; excludes; except; except for; other than; but not; and not; hors; sauf; à l'exception*;"
        "à l'exclusion*; et non; ad eccezione*; ad esclusione*; tranne; eccetto; e non; s výjimkou; kromě; nikoli;"
        "nikoliv; крім; окрім; за винятком; а не"
    ),
    "but": "sondern*; wohl aber; but also; aber auch; mais aussi; bensì; ma anche; nýbrž; ale i; але й; а також",
    "only": (
        "nur; ausschließlich; lediglich; only; exclusively; solely; limited to; restricted to; uniquement;"
        "exclusivement; réservé aux; réservée aux; réservés aux; réservé à; seuls; seules; solo; soltanto;"
        "esclusivamente; riservat*; unicamente; pouze; výhradně; jen; лише; тільки; виключно"
    ),
    "via": (
        "durch die länder; über die länder; letztempfänger*; leiten die mittel*; weiterleitung*; subgrant*;"
        "sub-grant*; subaward*; sub-award*; pass-through; pass through; subrecipient*; sub-recipient*;"
        "competitive subawards; reverse~ aux"
    ),
    "": "nicht nur; not only; non seulement; non solo; nejen; не лише; не тільки; nicht rückzahlbar*",
    "invited": (
        "invited applicants only; by invitation only; invitation only; nur auf einladung; sur invitation uniquement;"
        "identified beneficiar*; named beneficiar*; sole source; single eligible applicant"
    ),
}


def terms_of(words: str) -> list[str]:
    """The terms of one entry."""
    return [term for part in words.split(";") if (term := part.lstrip())]


def pattern_of(term: str) -> str:
    """A term as a pattern: without nested repetition, so no text makes it slow."""
    bare = term.rstrip()
    body = re.escape(bare.removesuffix("*")).replace("\\~", r"\w{0,4}").replace(r"\ ", r"\s")
    if bare.endswith("*"):
        return body + r"\w*"
    return body + (r"(?!\w)" if bare[-1:].isalnum() else "")


def alternation(terms: Iterable[str]) -> str:
    """One pattern for many terms, parted by their first two letters: most words are turned away after one look."""
    groups: dict[str, dict[str, list[str]]] = {}
    for term in sorted(set(terms), key=lambda each: (-len(each), each)):
        groups.setdefault(term[0], {}).setdefault(term[1], []).append(pattern_of(term[2:]))
    return "|".join(
        re.escape(first)
        + "(?:"
        + "|".join(f"{re.escape(second)}(?:{'|'.join(rests)})" for second, rests in sorted(seconds.items()))
        + ")"
        for first, seconds in sorted(groups.items())
    )
