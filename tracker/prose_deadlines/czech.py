"""Czech wording of deadlines: ministries, dotaceeu.cz, towns and regions."""

from __future__ import annotations

from tracker.prose_deadlines.reading import Cue, Wording, behind, compiled, tail

NOUN = r"(?:žádost\w*|přihlášk\w*|projektov\w+ (?:žádost|záměr|návrh)\w*|návrh\w*|nabíd\w+|projekt(?:y|ů)|záměr\w*)"
VERB = (
    r"(?:pod[aá](?:t|v|n)\w*|předlož\w+|předklád\w+|zasl\w+|zasíl\w+|doruč\w+|odesl\w+|odevzd\w+|příj(?:em|mu"
    r"|mání)|přijím\w+"
    r"|přijat\w+|hlás\w+)"
)
TAIL = tail(
    *(
        "je",
        "do",
        "dne",
        "nejpozději",
        "v",
        "ve",
        "hodin",
        "hod",
        "(?:pondělí|úter\\w|střed\\w|čtvrt\\w+|pát\\w+|sobot\\w|neděl\\w)",
    ),
    *("včetně", "byl[ao]?", "stanoven[ao]?", "prodloužen[ao]?"),
)
DOING = r"(?:podání|podávání|příjmu|předložení|předkládání|odevzdání|zaslání|ukončení|doručení)"
THING = r"(?:elektronick\w+ )?(?:žádost|přihláš|projekt|návrh|záměr)\w*(?: o (?:podporu|dotaci|grant))?"
OF = rf"(?: (?:pro |k |na )?(?:{DOING}(?: příjmu)?(?: {THING})?|{THING}))"
LABEL = (
    rf"\b(?:uzávěrk[ay]{OF}?|(?:konečn\w+ |mezní )?termín{OF}|(?:datum )?(?:ukončení|konec) (?:příjmu|podávání"
    rf"|předkládání)"
    rf"(?: {THING})?|lhůta{OF}|deadline)"
)
HAND_IN = compiled(rf"\A(?=.*\b{NOUN})(?=.*\b{VERB})")
VETO = compiled(
    r"vyúčtov|zpráv|vyplac|výplat|proplac|platb|faktur|výdaj|způsobil|realiz|dokonč|ukončit|ukončení (?!příjmu"
    r"|podáv|předkl)"
    r"|platnost|platí\b|účinn|smlouv|smluv|trvání|udržiteln|čerpán",
    r"zveřejn|vyhláš|zahájení|zahájen|aktualiz|výsled|hodnocen|hodnot|rozhodn|schvál|schval|komis|zasedán|oznám|změn",
    r"seminář|webinář|registr|školen|konferenc|akce\b|setkán|dotazník|průzkum|soutěž o|výběrov|veřejn\w+ zakáz"
    r"|veletrh|dotaz",
    r"plánov|předpoklád|orientačn|zruš|pozastav|\bnení\b|\bnelze\b|\bnejsou\b|\bpokud\b|\bkte(?:rý|rá|ré|ří)\b"
    r"|založen|původn",
    rf"\b(?:podan|předložen|doručen)(?:é|ých|á) (?:\w+ ){{0,2}}do\b|\b{NOUN} (?:podan|předložen|doručen)(?:é|ých|á)",
)
BREAK = r"[;|•·]\s?|\)\.\s|\d\d\d\d\.\s(?=[^\W\d])|[?!]\s|,\s(?:ale|zatímco|přičemž)\s"
WORDING = Wording(
    language="cs",
    cues=(
        Cue(
            compiled(rf"{LABEL}(?: \([^()]{{0,40}}\))?(?:\s?[:–—]|\s(?:je|byla?|bylo|končí|skončila?))?{TAIL}"),
            label=True,
        ),
        Cue(compiled(rf"\btermíny?\s?:{TAIL}"), compiled(rf"\b{NOUN}|\bpříjem|\bvýzv")),
        Cue(compiled(rf"\b(?:nejpozději(?: do)?|do){TAIL}"), HAND_IN),
        Cue(
            compiled(rf"\b(?:končí|skončil[ao]?|ukončen[ao]?|uzavřen[ao]?)(?: dne)?{TAIL}"),
            compiled(r"příjem|výzv\w+|lhůta pro podá"),
        ),
        Cue(compiled(rf"\b(?:otevřen|vyhlášen)\w*\b[^.;]{{0,30}}\bdo{TAIL}"), compiled(r"výzv|příjem")),
    ),
    period=Cue(
        compiled(r"\b(?:od|mezi)\s?$"),
        compiled(rf"\b{NOUN}[^.;]{{0,80}}\b{VERB}|\b{VERB}[^.;]{{0,80}}\b{NOUN}|\bvýzv\w+[^.;]{{0,60}}\botevřen"),
    ),
    behind=behind(LABEL, rf"{NOUN}|příj|pod[aá]"),
    listed=compiled(r"uzávěrk|termín|ukončení příjmu"),
    about=compiled(rf"\b{NOUN}|uzávěrk|\bpříjem|\bvýzv"),
    veto=VETO,
    past=compiled(r"\bbyl[aoy]?\b|skončil|ukončen[aoy]?\b|uzavřen"),
    left=compiled(BREAK),
    right=compiled(BREAK, r",\s|\s\(|\)|\.\s(?=[^\W\d])|\sa\s"),
    every_year=compiled(r"každ\w+ rok|každoročně|ročně|kalendářního roku"),
    rolling=compiled(
        r"\bprůběžn\w+\b|\bcelo(?:ročně|roční)\b|\bkdykoli\b|\bkontinuáln\w+\b|\bbez (?:pevné )?uzávěrky\b"
    ),
    not_rolling=compiled(r"\bne(?:průběžn|kontinuáln)|\bnení průběžn|průběžn\w+ (?:zpráv|monitor|aktualiz|hodnot)"),
    cut_off=compiled(r"\bkol[oaeu]\b|mezní termín"),
    stage=compiled(r"\bfáze ([1-3])\b|\b([1-3])\. fáze\b|\b(?:první|druhá) fáze\b"),
    first=compiled(r"předběžn\w+ (?:žádost|přihláš)\w*|projektov\w+ záměr\w*"),
    second=compiled(r"pln\w+ žádost\w*"),
    needs_name=False,
)
