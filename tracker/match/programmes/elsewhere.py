"""Programmes of Italy, Czechia, the United Kingdom and Ukraine: for the partner cities there. Pure.

From the funders' own pages, as generally known in 2026-11. Areas: Lombardia ITC4 (Bergamo ITC46), Moravskoslezský kraj
CZ080,
Wales UKL (NUTS 2021). Other regions are told by their names alone, elsewhere.
"""

from __future__ import annotations

from tracker.match.programmes.rule import FAR, JOIN, RESEARCH, TOWNS, Rule, rule

FIRMS = "für Unternehmen"

ITALY = (
    rule(
        "Unternehmen und Forschung in Italien",
        r"\bSIMEST\b|\bSACE\b|Invitalia|Smart&Start|Nuova Sabatini|Resto al Sud|\bMIMIT\b|Imprese e (?:del )?Made in"
        r"|Camera di [Cc]ommercio|Unioncamere|credito d.imposta|voucher (?:digital|innovaz)|\bPRIN\b|\bISMEA\b",
        0.0,
        0.8,
        "",
        FIRMS,
        area="IT",
    ),
    rule(
        "Lombardei",
        r"Regione Lombardia|\bLombardia\b|\bBergamo\b|Finlombarda",
        0.9,
        2.8,
        "",
        "Programm der Lombardei",
        area="ITC4",
    ),
    rule(
        "Stiftungen der Lombardei",
        r"Fondazione Cariplo|Fondazione della Comunità Bergamasca|Fondazione ASM",
        1.8,
        2.7,
        "",
        JOIN,
        area="ITC4",
    ),
    rule(
        "Gemeinden und Städte in Italien",
        r"\bANCI\b|\bPNRR\b|Piano [Nn]azionale di [Rr]ipresa|PN METRO|Rigenerazione [Uu]rbana|\bPINQuA\b"
        r"|Sport e [Pp]eriferie"
        r"|Dipartimento (?:per|della) (?:lo [Ss]port|le [Pp]olitiche)|[Bb]ando [Bb]orghi|Città che legge|Comuni\b",
        1.6,
        2.7,
        "",
        TOWNS,
        area="IT",
    ),
    rule(
        "Kultur, Jugend und Umwelt in Italien",
        r"Ministero della [Cc]ultura|\bMiC\b|[Pp]olitiche [Gg]iovanili|[Ss]ervizio [Cc]ivile"
        r"|Ministero dell.[Aa]mbiente"
        r"|\bMASE\b|Con i [Bb]ambini|Fondazione con il Sud|Compagnia di San Paolo|\bAICS\b|Otto per mille",
        1.3,
        2.5,
        "",
        JOIN,
        area="IT",
    ),
)

CZECHIA = (
    rule(
        "Unternehmen und Forschung in Tschechien",
        r"\bTAČR\b|\bTA ČR\b|\bGAČR\b|CzechInvest|OP TAK|OP PIK|Technologie a aplikace pro konkurenceschopnost"
        r"|CzechTrade|Technologická agentura|Grantová agentura|podnikatelsk|Národní rozvojová banka",
        0.0,
        0.8,
        "",
        RESEARCH,
        area="CZ",
    ),
    rule(
        "Mährisch-Schlesische Region",
        r"Moravskoslezsk|\bMSK\b|Nov[ýé]\w* Jičín",
        1.6,
        2.8,
        "",
        "Programm der Mährisch-Schlesischen Region",
        area="CZ08",
    ),
    rule(
        "Umwelt und Energie in Tschechien",
        r"\bSFŽP\b|Státní fond životního|Národní program Životní|Operační program Životní|\bOPŽP\b|Modernizační fond"
        r"|Nová zelená úsporám|\bEFEKT\b|Ministerstv\w* životního|\bAOPK\b|Norské fondy",
        1.5,
        2.7,
        "",
        TOWNS,
        area="CZ",
    ),
    rule(
        "Städte und Orte in Tschechien",
        r"\bIROP\b|Integrovaný regionální|\bMMR\b|Ministerstv\w* pro místní|Státní fond podpory investic|\bSFPI\b"
        r"|\bSFDI\b|fond dopravní|Národní plán obnovy|\bNPO\b|Spravedlivá transformace|\bOPST\b|Brownfield",
        1.7,
        2.7,
        "",
        TOWNS,
        area="CZ",
    ),
    rule(
        "Kultur, Jugend und Soziales in Tschechien",
        r"Ministerstv\w* (?:kultury|školství|práce|zahraničních|vnitra)|\bMŠMT\b|\bMPSV\b|Státní fond kultury|OP JAK"
        r"|OPZ\+|Operační program Zaměstnanost|Národní sportovní agentura|Dům zahraniční|Nadace (?:OSF"
        r"|Partnerství|Via)"
        r"|Česk\w* rozvojov",
        1.3,
        2.5,
        "",
        JOIN,
        area="CZ",
    ),
)

UNITED_KINGDOM = (
    rule(
        "Unternehmen und Forschung in Großbritannien",
        r"Innovate UK|\bUKRI\b|UK Research and Innovation|\bEPSRC\b|\bNERC\b|\bBBSRC\b|\bESRC\b"
        r"|Medical Research Council"
        r"|Wellcome|\bNIHR\b|British Business Bank|Royal Society|Business Wales|Defence and Security Accelerator",
        0.0,
        0.8,
        "",
        RESEARCH,
        area="GB",
    ),
    rule(
        "Wales",
        r"Welsh Government|\bWales\b|\bWelsh\b|\bCymru\b|Caerphilly|\bCadw\b|Taith\b|Natural Resources Wales",
        1.3,
        2.6,
        "",
        "Programm für Wales",
        area="UKL",
    ),
    rule(
        "Lotterie und Gemeinwesen in Großbritannien",
        r"National Lottery|Heritage Fund|Community Fund|Shared Prosperity|Levelling Up|Pride in Place|Plan for"
        r" Neighbourhoods|Local authority|Local Authority|British Council|Turing Scheme|Youth Investment"
        r"|Sport (?:Wales|UK)"
        r"|Comic Relief|Esmée Fairbairn",
        1.6,
        2.4,
        "",
        JOIN,
        area="GB",
    ),
    rule(
        "Anderer Landesteil Großbritanniens",
        r"Arts Council England|Sport England|Natural England|Historic England|Homes England|Greater London"
        r"|\bScottish\b"
        r"|\bScotland\b|Northern Ireland|Active Travel England",
        0.5,
        2.4,
        "",
        area="UKC UKD UKE UKF UKG UKH UKI UKJ UKK UKM UKN",
    ),
    rule(
        "Britisches Ministerium",
        r"\bDEFRA\b|\bDefra\b|Department for (?:Environment|Culture|Transport|Energy|Levelling|Education)|\bMHCLG\b"
        r"|\bDESNZ\b|\bDCMS\b|Ministry of Housing",
        0.5,
        2.0,
        "",
        area="GB",
    ),
)

UKRAINE = (
    rule(
        "Gemeinden in der Ukraine",
        r"U-LEAD|\bDREAM\b|Фонд регіонального розвитку|\bДФРР\b|Асоціація міст України|Мінрозвитку"
        r"|розвитку громад|DECIDE"
        r"|\bDOBRE\b|\bHOVERLA\b|Ukraine Facility|\bNEFCO\b|\bE5P\b|\bЕнергодім\b",
        1.4,
        2.6,
        "",
        TOWNS,
        area="UA",
    ),
    rule(
        "Kultur und Zivilgesellschaft in der Ukraine",
        r"Український культурний фонд|Ukrainian Cultural Foundation|House of Europe|Дім Європи|Український інститут"
        r"|Ukrainian Institute|Український молодіжний|\bІСАР\b|\bISAR\b|Фонд Східна Європа|Відродження",
        1.2,
        2.3,
        "",
        JOIN,
        area="UA",
    ),
    rule(
        "Unternehmen in der Ukraine",
        r"єРобота|єГрант|Фонд розвитку підприємництва|Diia\.Business",
        0.0,
        0.6,
        "",
        FAR,
        area="UA",
    ),
    rule("Programm der Ukraine", r"Міністерств\w+ |Кабінет Міністрів|обласн\w+ (?:рада|державна)", 0.5, 2.3, area="UA"),
)

ELSEWHERE: tuple[Rule, ...] = (*ITALY, *CZECHIA, *UNITED_KINGDOM, *UKRAINE)
