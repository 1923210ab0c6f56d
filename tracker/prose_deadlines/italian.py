"""Italian wording of deadlines: regions, ministries, incentivi.gov.it."""

from __future__ import annotations

from tracker.prose_deadlines.reading import Cue, Wording, behind, compiled, tail

NOUN = (
    r"(?:domand[ae]|candidatur[ae]|propost[ae]|istanz[ae]|manifestazion[ei] d['’]interesse|progett[oi]|adesion[ei]"
    r"|richiest[ae]|document[oi]|plic(?:o|hi))"
)
VERB = (
    r"(?:presenta\w+|inviat\w+|inviare|invio|inoltr\w+|trasmess\w+|trasmett\w+|pervenire|pervenut\w+|candidar\w*"
    r"|compilat\w+"
    r"|apert\w+|chiu\w+|consegn\w+|aderire|partecipa\w+|present\w+)"
)
TAIL = tail(
    *(
        "il",
        "le",
        "lo",
        "la",
        "l['’]",
        "alle",
        "ore",
        "del",
        "dell['’]",
        "al",
        "all['’]",
        "giorno",
        "fino",
        "entro",
        "fissat[ao]",
    ),
    *(
        "di",
        "(?:lune|marte|mercole|giove|vener)dì",
        "sabato",
        "domenica",
        "ore?",
        "e non oltre",
        "mezzogiorno",
        "mezzanotte",
    ),
)
LABEL = (
    r"\b(?:scadenz[ae]|termin[ei](?: (?:ultim[oi]|perentori[oi]|final[ei]))?|dat[ae] (?:di )?(?:scadenza|chiusura)"
    r"|chiusura)"
    r"(?: (?:del bando|dell['’]avviso|(?:per )?(?:la |di |della )?presentazione(?: (?:delle? |dei |di )?(?:domand"
    r"|candidatur|propost|progett)\w+)?"
    r"|(?:per )?(?:l['’]|dell['’])?invio(?: (?:delle?|dei|di) \w+)?|domande|candidature|bando))?"
)
SHOWN = (
    r"(?:\s?[:–—]|\s(?:è|sono|era|erano|sarà|fissat[ao]|prorogat[ao]|scade|(?:è stat[ao] |è )?(?:fissat|prorogat)[ao]))"
)
HAND_IN = compiled(rf"\A(?=.*\b{NOUN}\b)(?=.*\b{VERB}\b)", r"\bcandidar(?:si|e)\b|\bpartecipare al bando\b")
CALL = compiled(r"\bband[oi]\b|\bavvis[oi]\b|\bsportello\b|\bdomande\b|\bcandidature\b|\A\W*(?:apert|chius|scad)")
VETO = compiled(
    r"rendicont|pagament|liquidazion|\bsaldo\b|anticip|relazion|spes[ae]\b|fattur|lavori|realizz|ultimazion|conclu"
    r"|\bavvi(?:o|ati|are)|inizi|decorr|validit|valid[oaie]\b|vigore|contratt|convenzion|durata|attuazion|esecuzion",
    r"pubblic|aggiorn|modific|esit[oi]|graduatori|commission|valutazion|istruttori|comunicat|comunicazion|ammess"
    r"|vincitor"
    r"|approvat|decret|assegnazion|concession|ricors|integrazion|rinunc",
    r"event[oi]|webinar|incontr|seminari|iscri|registr|convegn|fiera|corso\b|sondaggi|consultazion|concors|lavoro"
    r"|gara\b"
    r"|apertura",
    r"indicativ|previst|presum|sospes|annull|rinvi|\bnon\b(?! oltre)|\bse\b|qualora|\bsalvo|\bche (?:hanno|sono"
    r"|abbiano|siano)"
    rf"|costituit|\b{NOUN} (?:presentate?|inviate?|pervenute?|trasmesse?|presentati|pervenuti)\b|originari"
    rf"|chiarimenti|quesiti",
)
BREAK = (
    r"[;|•·]\s?|\)\.\s|\d\d\.\s(?=[^\W\d])|[?!]\s|,?\s(?:ma|mentre)\s|,?\se\s(?=(?:il|lo|la|i|gli|le|l['’]|un|una)\b)"
)
WORDING = Wording(
    language="it",
    cues=(
        Cue(compiled(rf"{LABEL}(?: \([^()]{{0,40}}\))?{SHOWN}?{TAIL}"), label=True),
        Cue(
            compiled(rf"\b(?:entro(?: e non oltre)?|non oltre|fino|sino)(?: (?:il|le|al|alle|all['’]))?{TAIL}"),
            compiled(HAND_IN.pattern, r"\b(?:bando|avviso|sportello)\b[^.;]{0,60}\bapert"),
        ),
        Cue(compiled(rf"\b(?:scad(?:e|ono|eva|uto)|chiude|chius[oaie])(?: il| alle| le)?{TAIL}"), CALL, label=True),
    ),
    period=Cue(
        compiled(r"\b(?:dal|dall['’]|dalle ore [\d:.]{1,5} del|tra il)\s?$"),
        compiled(
            rf"\b{NOUN}\b[^.;]{{0,80}}\b{VERB}\b|\b(?:bando|avviso|sportello)\b[^.;]{{0,60}}\bapert"
            rf"|\bpresentazione delle domande"
        ),
    ),
    behind=behind(LABEL, rf"{NOUN}|presenta"),
    listed=compiled(r"scadenz|termin[ei]\b|chiusura"),
    about=compiled(r"\b(?:domand[ae]|candidatur[ae]|propost[ae]|istanz[ae])\b|candidarsi|scadenz|\bbando\b|\bavviso\b"),
    veto=VETO,
    past=compiled(r"\bera(?:no)?\b|\bchius[oaie]\b|scadut|scadev|poteva|dovevano"),
    left=compiled(BREAK),
    right=compiled(BREAK, r",\s|\s\(|\)|\.\s|\s(?:e|con)\s"),
    every_year=compiled(r"ogni anno|annual|di ciascun anno|di ogni anno"),
    rolling=compiled(
        r"\ba sportello\b|\bsempre apert[oaie]\b|\btutto l['’]anno\b|\bin qualsiasi momento\b|\bsenza scadenza\b"
        r"|\bnessuna scadenza\b"
    ),
    not_rolling=compiled(r"\bnon (?:è |sono )?(?:a sportello|sempre)|\bchius[oaie]\b"),
    cut_off=compiled(r"cut-?off|date? intermedi[ae]|finestr[ae]"),
    stage=compiled(r"\bfase ([1-3])\b|\b([1-3])[aª°]? fase\b|\b(prima|seconda) fase\b"),
    first=compiled(r"manifestazion[ei] d['’]interesse|pre-?propost[ae]|idee progettuali"),
    second=compiled(r"propost[ae] complet[ae]|progett[oi] esecutiv[oi]"),
)
