"""French wording of deadlines: regions, départements, the Franco-German Citizens' Fund and youth office."""

from __future__ import annotations

from tracker.prose_deadlines.reading import Cue, Wording, behind, compiled, tail

NOUN = (
    r"(?:dossiers?|candidatures?|demandes?|propositions?|soumissions?|manifestations? d['’]intérêt"
    r"|lettres? d['’]intention"
    r"|projets?|formulaires?|notes? de concept)"
)
VERB = (
    r"(?:dépos\w+|dépôts?|remis\w*|remettre|soumis\w*|soumettre|envoy\w+|transm\w+|adress\w+|présent\w+|reçue?s?"
    r"|parvenir"
    r"|recevable\w*|acceptée?s?|candidat\w+|postul\w+|ouvert\w*|répondre|réponses?)"
)
TAIL = tail(
    *(
        "le",
        "la",
        "l['’]",
        "au",
        "à",
        "du",
        "jusqu['’](?:au|à)",
        "inclus",
        "avant",
        "fixée?",
        "heures?",
        "heure de paris",
    ),
    *("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "(?:désormais|reportée?|prolongée?)"),
)
LABEL = (
    r"\b(?:dates? (?:limites?|butoirs?)|(?:date )?limite|dates? de (?:clôture|relevé)|clôture|échéances?|date de fin)"
)
OF = (
    r"(?: (?:de|du|des|d['’]|pour|pour le|pour la)\s?(?:l['’]|la |le |les |vos )?(?:(?:remise|dépôt|envoi"
    r"|réception|réponse"
    r"|soumission|candidature|présentation|clôture|l['’]appel)s?)?(?: (?:de|du|des|d['’]|d['’]un|à)\s?(?:l['’]|la "
    r"|le |les |vos )?)?"
    rf"(?:{NOUN}|appels?(?: à \w+)?)?(?: (?:complets?|en ligne))?)"
)
SHOWN = (
    r"(?:\s?[:–—]|\s(?:est|sont|était|étaient|sera|fixée?s?|reportée?s?|prolongée?s?|intervient|intervenait"
    r"|a été (?:fixée?|reportée?)))"
)
HAND_IN = compiled(
    rf"\A(?=.*\b{NOUN}\b)(?=.*\b{VERB}\b)", r"\b(?:candidater|postuler|dépos(?:er|ez)|répondre à l['’]appel)\b"
)
CALL = compiled(
    r"\bappels?\b|\b(?:dossiers?|candidatures?|soumissions?|dépôts?)\b|\bguichet\b|\bdispositif\b|\binitiative\b",
    r"\A\W*(?:ouvert|ouverte|clôturé|clos)",
)
VETO = compiled(
    r"versement|paiement|\bsolde|acompte|rapports?\b|\bbilan|dépenses|factur|justificatif|compte[ -]rendu|travaux"
    r"|réalis"
    r"|achev|achèv|démarr|début|commenc|valab|validité|valide\b|convention|en vigueur|durée|exécut|mise en œuvre"
    r"|terminée?s?\b|se termine|engag|mandat|consomm",
    r"publi(?:é|cation)|mise? à jour|actualis|modifi|résultat|\bjury|sélecti|notifi|instruction|instruit|commission"
    r"|comité|décision|attribu|annonc|lauréat|réponse (?:sera|aux)|examin|évalu|audition|recours|avenant|renouvel",
    r"événement|évènement|webinaire|réunion|rencontre|inscri|atelier|formation\b|séminaire|colloque|conférence|salon\b"
    r"|enquête|consultation|recrut|emploi|stage\b|marché public|exposition|festival",
    r"prévisionnel|indicati|environ|prévue?s?\b|reportée?s? à une|suspend|annul|\bne\b|\bn['’]|\bpas\b|\bsi\b"
    r"|\bs['’]il|sauf"
    r"|\bdont\b|\bqui (?:ont|avaient|auront|sont|étaient|seront)|déjà|initial|à compter|créée?s?\b|immatricul|bourse",
    rf"\b{NOUN} (?:déposée?s|reçue?s|remise?s|envoyée?s|transmise?s|présentée?s)\b(?!:)",
    r"\bprojets? (?:(?:\w+ ){0,3}(?:se déroul|début|termin|réalis)|jusqu)|\b(?:actions?|activités)\b",
)
BREAK = (
    r"[;|•·]\s?|\)\.\s|\d\d\.\s(?=[^\W\d])|[?!]\s|,?\s(?:mais|tandis que|alors que)\s"
    r"|,?\set\s(?=(?:les?|la|l['’]|un|une|nos|vos|toute?s?|chaque)\b)"
)
WORDING = Wording(
    language="fr",
    cues=(
        Cue(compiled(rf"{LABEL}(?: \([^()]{{0,40}}\))?{SHOWN}?{TAIL}"), label=True),
        Cue(compiled(rf"{LABEL}{OF}{SHOWN}?{TAIL}"), label=True),
        Cue(
            compiled(rf"{LABEL} (?:de|du|des|d['’]|pour)[^.;:,()]{{0,80}}{SHOWN}{TAIL}"),
            compiled(rf"\b{NOUN}\b|candidat|dépôt|dépos|\bappel"),
            label=True,
        ),
        Cue(compiled(rf"(?:jusqu['’](?:au|à)|au plus tard|avant|d['’]ici)(?: le| au| la| du)?{TAIL}"), HAND_IN),
        Cue(compiled(rf"\bouvert(?:e|s|es)?\b[^.;]{{0,60}}(?:jusqu['’]au|au plus tard(?: le| au)?|au){TAIL}"), CALL),
        Cue(
            compiled(rf"\b(?:clos(?:e|es)?|clôturée?s?|ferm(?:e|é|ée|és|ées))(?: depuis)?(?: le| au)?{TAIL}"),
            CALL,
            label=True,
        ),
    ),
    period=Cue(
        compiled(r"\b(?:du|entre le|période|ouvert\w*|dépôt)(?: (?:du|le))?\s?[:(]?\s?$"),
        compiled(
            rf"\b{NOUN}\b[^.;]{{0,80}}\b{VERB}\b|\b{VERB}\b[^.;]{{0,80}}\b{NOUN}\b"
            rf"|\bappels?\b[^.;]{{0,80}}\bouvert|\A\W*ouvert"
        ),
    ),
    behind=behind(LABEL, rf"{NOUN}|dépôt|candidat"),
    listed=compiled(r"dates? limites?|clôture|échéance|dates? de dépôt"),
    about=compiled(
        r"\b(?:dossiers?|candidatures?|demandes?|propositions?|soumissions?)\b|candidater|dépos|date limite"
    ),
    veto=VETO,
    past=compiled(r"\bétai(?:t|ent)\b|\bclos\b|clôturé|\bfermée?s?\b|\bdevaient?\b|pouvaient|\bavait|intervenait"),
    left=compiled(BREAK),
    right=compiled(BREAK, r",\s|\s\(|\)|\.\s|\s(?:et|avec)\s"),
    every_year=compiled(r"chaque année|tous les ans|annuel|par an\b"),
    rolling=compiled(
        r"au fil de l['’]eau|toute l['’]année|\ben continu\b|\bà tout moment\b|\bsans date limite\b|pas de date limite"
        r"|aucune date limite|\bpermanente?\b"
    ),
    not_rolling=compiled(r"pas (?:au fil|toute|en continu|permanent)|comité permanent|\bclos\b|clôturé"),
    cut_off=compiled(r"\brelevés?\b|\bvagues?\b|\bsessions?\b"),
    stage=compiled(
        r"\b(?:phase|étape) ([1-3])\b|\b([1-3])(?:re|ère|e|ème|de)? (?:phase|étape)\b|\b(première|deuxième"
        r"|seconde) (?:phase|étape)"
    ),
    first=compiled(
        r"manifestations? d['’]intérêt|lettres? d['’]intention|notes? de concept|pré-?(?:candidature|dossier|projet)s?"
    ),
    second=compiled(r"dossiers? complets?|propositions? complètes?|candidatures? complètes?"),
)
