"""English wording of deadlines: programme pages of Interreg, URBACT and the European facilities, British funds."""

from __future__ import annotations

from tracker.prose_deadlines.reading import Cue, Wording, behind, compiled, tail

NOUN = (
    r"(?:(?:full |stage [12] |outline |grant |project |funding )?(?:applications?|proposals?|pre-?proposals?"
    r"|submissions?"
    r"|concept notes?|expressions? of interest|eois?|letters? of intent|bids?|project ideas?|application forms?"
    r"|nominations?|entries|candidatures?))"
)
TAIL = tail(
    *("on", "at", "by", "the", "now", "until", "no later than", "before", "strictly", "currently", "end of"),
    *("(?:mon|tues|wednes|thurs|fri|satur|sun)day", "mon", "tue", "wed", "thu", "fri", "sat", "sun"),
    *("local", "brussels", "paris", "uk", "central european(?: summer)?", "time", "to"),
)
VERB = (
    r"(?:submit(?:ted|ting)?|submission|apply|sent|send|received?|lodged?|upload(?:ed)?|deliver(?:ed)?|due|invited?"
    r"|accept(?:s|ed|ing)?|welcomed?|made|entered|reach|open|handed)"
)
LABEL = (
    r"\b(?:deadlines?|closing (?:dates?|times?)|cut-?off (?:dates?|points?|deadlines?)|cut-?offs?|due dates?"
    r"|submission dates?|(?:last|final) (?:day|date) (?:for (?:applications?|submissions?)|to apply))"
)
SHOWN = (
    r"(?:\s?[:–—]|\s(?:is|are|will be|was|were|ends?|ended|expires?|falls|(?:is|are|was) (?:set|fixed"
    r"|scheduled) (?:for|at|to)|(?:(?:has|have) been |was )?(?:extended|moved)))"
)
# What is handed in, and that it is: in one clause, in whatever order.
HAND_IN = compiled(
    rf"\A(?=.*\b{NOUN}\b)(?=.*\b{VERB}\b)", r"\A.*(?:\b(?:to|can|may|must|should|please|now|and|you|or) |\A)apply\b"
)
CALL = compiled(
    rf"\bcalls?\b|\b{NOUN}\b|\bwindow\b|\bcompetition\b|\b(?:funding|application) round\b",
    r"\A\W*(?:now |currently |still )?(?:open(?:ed|s)?|clos(?:es?|ed|ing))\b",
)
PERIOD = compiled(
    r"\b(?:calls?|applications?|submissions?|proposals?|window|round)\b[^.;]{0,60}\b(?:open|runs?|accept|submit"
    r"|possible)",
    r"\b(?:application|submission|call) (?:period|window|phase)\b|\bopen for (?:applications|submission|proposals)",
    r"\bapply\b|\A\W*(?:now )?open\b|\bdeadline\b[^.;]{0,40}\b(?:extended|moved) from\b",
)
ENDS = compiled(r"\b(?:call|submission|application)s?(?: (?:period|window|phase))?\b[^.;,]{0,40}\b(?:end|expire)")
VETO = compiled(
    # what else is handed in, or ends
    r"\breport|payment|\bpaid\b|\bclaims?\b|invoice|expenditure|\bcosts? (?:incurred|until|must|are)"
    r"|eligible (?:until|period|if|from)|eligibility"
    r"|\bvalid|validity|in force|grant agreement|contract|signature|implement|complet(?:ion|ed by|ed before"
    r"|ed no later)"
    r"|be completed(?! and)|duration|guidelines?\b|regulation|legislation|directive|transpos|elections?\b|reimburs",
    r"\b(?:projects?|activities|actions?|works?|operations?|measures?|they)\b (?:\w+ ){0,3}"
    r"(?:start(?:ed|ing|s)?|begin|began|end(?:ed|ing|s)?|finish\w*|run(?:ning|s)?|conclude\w*|last|take place)\b",
    r"\bproject (?:start|end|period)|\bstart(?:ing)? date|\bend date (?:of|for) (?:the )?(?:project|action)",
    r"\b(?:rules?|rates?|conditions?|provisions?|terms|restrictions?|exemptions?) (?:\w+ ){0,3}apply",
    # what happens to applications afterwards, or before
    r"\bresults?\b|notif|\binformed\b|announc|publish|publication|\bupdat|\bawards?\b|\bawarded\b|decision"
    r"|\bdecide|evaluat"
    r"|assess|review|\bselect|shortlist|short-list|interview|\bjury\b|\bpanel\b|committee|\bmeetings?\b|kick-?off"
    r"|\bdrafts?\b|feedback|pre-?check|appeal"
    r"|complaint|amend|modif|withdraw|\bedit(?:ed)?\b|\bquestions?\b|enquir|inquir|clarification|helpdesk|comment"
    r"|interim|resubmi|extension request|confirm|approv",
    # what one goes to, or takes part in otherwise
    r"\bevents?\b|webinar|info(?:rmation)?[ -]?(?:days?|sessions?|meeting)|workshop|conference|regist(?:er|r)|seminar"
    r"|training (?:session|course|day)|matchmaking|partner search|consultation|survey|questionnaire|exhibition"
    r"|vacanc|\bjobs?\b|recruit|tender"
    r"|evaluators|experts?\b|newsletter|festival|summit|\bforum\b|peer review|ticket|summer school|scholarship"
    r"|fellowship|internship|trainee",
    # conditions, relative clauses, doubt
    r"\bif\b|\bunless\b|\bonce\b|\bwhether\b|\bprovided that|\bwho (?:have|had|were|are|submit|apply|applied|submitted)"
    r"|\bthat (?:have|had|has|were|was|are)\b|\bwhich (?:have|had|has|were|was|are)\b|\bin case\b",
    rf"\b{NOUN} (?:submitted|received|made|lodged|sent)\b(?!:)|\bfounded\b|established|\bborn\b|\baged?\b|created",
    r"\bnot\b(?! later)|\bno (?!later)|\bcannot\b|suspend|paused?\b|cancel|postpon|expect|planned|provisional|tentative"
    r"|indicative|foreseen|likely|around|approximat|\btbc\b|to be confirmed|subject to|preliminary|estimated"
    r"|previous|original",
)
BREAK = (
    r"[;|•·]\s?|\)\.\s|\d\d\.\s(?=[^\W\d])|[?!]\s|,?\s(?:but|while|whereas)\s"
    r"|,?\sand\s(?=(?:the|a|an|all|projects?|results?|successful|selected|funded|decisions?|activities|we|you"
    r"|applicants"
    r"|our|your|their|its|any|full|late)\b)"
)
WORDING = Wording(
    language="en",
    cues=(
        Cue(compiled(rf"{LABEL}(?: \([^()]{{0,40}}\))?{SHOWN}?{TAIL}"), label=True),
        Cue(
            compiled(
                rf"{LABEL} (?:for|of|to) (?:(?:the|all|your|submitting|submission of"
                rf"|receipt of) ){{0,3}}{NOUN}{SHOWN}?{TAIL}"
            ),
            label=True,
        ),
        Cue(
            compiled(rf"{LABEL} (?:for|of|to|in)\b[^.;:,()]{{0,80}}{SHOWN}{TAIL}"),
            compiled(rf"\b{NOUN}\b|\bapply|\bcall|\bsubmi"),
            label=True,
        ),
        Cue(compiled(rf"\b{NOUN}(?: (?:are|is))?(?: due| deadline)?:? (?:due|by|until|no later than|before){TAIL}")),
        Cue(
            compiled(
                rf"\b(?:by|until|till|through|before|(?:no|not) later than|at the latest(?: by| on)?|latest(?: by| on)?"
                rf"|on or before|prior to|due(?: on| by)?){TAIL}"
            ),
            HAND_IN,
        ),
        Cue(compiled(rf"\bopen\b[^.;]{{0,40}}\b(?:until|till|through|up to|to){TAIL}"), CALL),
        Cue(compiled(rf"\bextended (?:until|to){TAIL}"), CALL),
        Cue(
            compiled(rf"\bclos(?:es?|ed|ing)(?: (?:for|to) [^.;,:]{{0,40}})?(?: (?:on|at|by))?:?{TAIL}"),
            CALL,
            label=True,
        ),
        Cue(compiled(rf"\b(?:ends?|ended|expires?|expired)(?: on)?{TAIL}"), ENDS),
    ),
    period=Cue(compiled(r"\b(?:from|between|period|window|open|phase|runs?)(?: the)?\s?[:(]?\s?$"), PERIOD),
    behind=behind(LABEL, rf"{NOUN}|submi|appl"),
    listed=compiled(r"deadline|cut-?off|closing date|due date"),
    about=compiled(rf"\b{NOUN}\b|\bapply\b|deadline|cut-?off|closing date"),
    veto=VETO,
    past=compiled(r"\bwas\b|\bwere\b|had to\b|\bclosed\b|\bended\b|\bexpired\b|has passed|\bcould\b"),
    left=compiled(BREAK),
    right=compiled(BREAK, r",\s|\s\(|\)|\.\s|\s(?:with|and)\s"),
    every_year=compiled(r"\b(?:every|each|per) (?:calendar )?year|\bannual|\byearly"),
    rolling=compiled(
        r"\brolling\b|\b(?:at )?any ?time\b|\bcontinuous(?:ly)?\b|\ball[ -]year(?:[ -](?:round|long))?\b|\byear-round\b"
        r"|\bthroughout the year\b|\bongoing basis\b|\bno (?:fixed |set |specific |formal )?(?:deadlines?|closing date)"
    ),
    not_rolling=compiled(
        r"\bnot\b|\bn't\b|\bnever\b|before the deadline|until the deadline|\bcontact|\bclosed\b|may request"
    ),
    cut_off=compiled(r"cut-?off|\brounds?\b"),
    stage=compiled(
        r"\b(?:stage|step|phase) ([1-3])\b|\b([1-3])(?:st|nd|rd)? (?:stage|step|phase)\b|\b(first"
        r"|second)[ -](?:stage|step|phase)\b"
    ),
    first=compiled(
        r"\b(?:concept notes?|expressions? of interest|eois?|pre-?proposals?|outline (?:proposal|application)s?)\b"
    ),
    second=compiled(r"\bfull (?:proposal|application)s?\b"),
)
