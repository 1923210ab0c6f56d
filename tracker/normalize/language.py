"""In which language is a call written? Pure: words that stand in few languages, and letters that few languages have.

Precision before recall: a wrong mark is worse than none, so a short title stays undecided. Some rows that the EU portal
calls English are French, Spanish or Portuguese (EuropeAid/185978, /186358; 2026), and so may be those of the EU's
delegations. Measured on real titles in tests/test_language.py: none of 1,770 right marks overturned, 27 wrong ones
found, 0.07 ms a call.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping

LANGUAGES = frozenset({"de", "en", "fr", "it", "cs", "uk", "es"})
# What is seldom read but must not be taken for one of ours: Portuguese for Spanish, Slovak for Czech, Dutch for German.
OTHERS = frozenset({"pt", "nl", "sk", "pl", "ro", "ru", "bg"})

# fmt: off
WORDS = {
    "de": "der die das den dem des und für von vom mit zur zum im bei durch sowie nicht auf ist sind eine einer eines "
          "einem einen werden wird oder aus nach über unter zwischen auch sich als an dass können durchführung "
          "förderung fördern förderrichtlinie richtlinie richtlinien maßnahmen zuschuss zuschüsse programm land bund "
          "städte gemeinden kommunen kommunale kommunaler kommunalen vorhaben entwicklung unterstützung verein vereine "
          "jahr stiftung gründung unternehmen bürger ländlichen ländlicher klimaschutz nachhaltige nachhaltigen in",
    "en": "the and of for with that this will from are which their its should shall be by on to an as at or not have "
          "has can is we our into through towards across between within under support supporting strengthening call "
          "calls grant grants funding proposals open development improving promoting fund research enhancing building "
          "community communities small use new health energy state safety training in non program",
    "fr": "les le la et pour une un dans sur aux au est par vos votre leurs leur avec ou ce cette ces du des de en l d "
          "qu se sa ses son qui que ne non pas plus sont être à appel appels projets projet candidatures propositions "
          "aide aides soutien soutenir accompagner accompagnement développer développement mise œuvre collectivités "
          "communes territoires financement financer bénéficier réaliser améliorer favoriser création travaux "
          "subvention logement étude études diagnostic rénovation énergétique",
    "it": "il lo la le gli i e di da del dello della dei degli delle al allo alla ai agli alle dal dalla dalle nel "
          "nello nella nei nelle con per su sul sulla un una uno che non è sono anche si come o in l d dell all nell "
          "sull bando bandi avviso contributi contributo sostegno progetti progetto imprese comuni regione "
          "finanziamento sviluppo agevolazioni interventi favore territorio fondo",
    "cs": "a i o u v ve k ke s se z ze do na od po pro při při za že je jsou jsem být bude není nebo ale jako aby "
          "který která které tak také pod mezi podle výzva výzvy výzev podpora podpory podporu projekty projektů "
          "projektu dotace dotací program programu obce obcí měst rozvoj rozvoje vzdělávání životního prostředí "
          "příjem příjmu žádostí oblasti rámci sociální spolupráce opatření",
    "es": "el la los las y de del en un una unos unas para por con sin sobre entre que se su sus al lo como más es "
          "son ser o convocatoria convocatorias subvenciones subvención ayudas ayuda proyectos proyecto propuestas "
          "programa programas apoyo desarrollo sociedad derechos organizaciones fortalecimiento marco municipios "
          "socios",
    "pt": "o os as e de do da dos das em no na nos nas um uma para por com sem sobre entre que se seu sua ao à às "
          "pelo pela mais é são ou não convocatória apoio projetos projectos programa programas sociedade civil "
          "propostas combate desenvolvimento candidaturas",
    "nl": "de het een en van voor met op in te bij naar door uit aan als ook niet zijn wordt worden over tot om dat "
          "deze subsidie subsidies regeling oproep projecten ondersteuning gemeenten",
    "sk": "a aj alebo ako do je na nie od po pre pri sa so s sú to v vo z za že ktoré ktorá ktorý výzva výzvy podpora "
          "projekty rozvoj obce žiadostí",
    "pl": "i w we z ze na do od dla po przy przez oraz lub się jest są nie jak który która które pod nabór wniosków "
          "wsparcie projektów projekty rozwój gmin o u za",
    "ro": "și si de la în in din cu pentru pe prin sau este sunt nu ca care al ale a ai un o apel proiecte sprijin "
          "dezvoltare",
    "uk": "і й та в у на з із до для про від за що як це є не або при під між по а над щодо які який яка проєктів "
          "проєкти конкурс підтримка підтримки громад громади розвитку грантів гранти",
    "ru": "и в на с из до для о от за что как это не или при под между по а которые который поддержка проектов "
          "конкурс развития грантов",
    "bg": "и в на с от до за че как това не или при под между по а които който покана подкрепа проекти развитие",
}
LETTERS = {
    "ß": "de", "äöü": "de", "ěřů": "cs", "čšžý": "cs sk", "ľĺŕ": "sk", "ñ¿¡": "es", "ãõ": "pt", "œëîâ": "fr",
    "êç": "fr pt",
    "łąęśźżńć": "pl", "țșăţş": "ro", "їєґі": "uk", "ыэё": "ru", "ъ": "bg ru",
}
ENDINGS = {
    "ungen": "de", "ung": "de", "keit": "de", "schaft": "de", "lich": "de", "liche": "de", "lichen": "de",
    "ción": "es", "ciones": "es", "idad": "es", "idades": "es pt", "ção": "pt", "ções": "pt", "dade": "pt",
    "zione": "it", "zioni": "it", "mento": "it es pt", "menti": "it", "ità": "it", "iche": "it",
    "eaux": "fr", "ité": "fr", "ités": "fr", "ée": "fr", "ées": "fr", "aire": "fr", "aires": "fr", "ique": "fr",
    "iques": "fr", "eurs": "fr", "ements": "fr",
    "ing": "en", "ness": "en", "ship": "en", "ity": "en", "ities": "en", "ment": "en fr", "ments": "en fr",
    "ation": "en fr", "ations": "en fr", "ství": "cs", "ování": "cs", "ského": "cs sk", "ních": "cs",
}
# fmt: on
TOKEN = re.compile(r"[^\W\d_]+")
LONGEST = max(map(len, ENDINGS))
TEXT = 1_000  # characters of a text that are read
LONG = 200  # characters below which a text alone contradicts nobody
ENOUGH = 2.0  # points: two words that stand in no other language
LEAD = 2.0  # times the points of the next language
MOST = 3  # times that a word counts
LONGEST_WORD = 60  # letters; longer ones are no words, and not remembered
REMEMBERED = 30_000  # words; a run has fewer, hostile text has more

Shared = tuple[tuple[str, float], ...]  # languages, each with its share of the points


def language_of(title: str, text: str, declared: str | None) -> str | None:
    """The language of a call, or None where it is unknown: what its source declares, unless its words are clear.

    The title counts, for it is what readers see. A title that is clear and a text in the declared language contradict
    each other: then nobody knows. Where the title is not clear, a long text may contradict its source.
    """
    of_title = _clear(title)
    if of_title is not None and of_title == declared:
        return declared  # what the text says changes nothing
    of_text = _clear(text[:TEXT]) if of_title or declared is None or len(text) >= LONG else None
    if declared is None:
        found = of_title or of_text
    elif of_title is None:
        found = of_text or declared
    else:
        found = None if of_text == declared else of_title
    return found if found == declared or found in LANGUAGES else None


def detect(words: str) -> str | None:
    """One of LANGUAGES where the words are clear, else None."""
    found = _clear(words)
    return found if found in LANGUAGES else None


def _clear(words: str) -> str | None:
    """The language for which most speaks, one of OTHERS included; None where that is little or others are near."""
    found = sorted(points(words).items(), key=lambda one: -one[1])[:2]
    if not found or found[0][1] < ENOUGH or (found[1:] and found[0][1] < LEAD * found[1][1]):
        return None
    return found[0][0]


def _table() -> dict[str, tuple[str, ...]]:
    """Word → the languages that have it."""
    homes: dict[str, tuple[str, ...]] = {}
    for code, words in WORDS.items():
        for word in dict.fromkeys(words.split()):
            homes[word] = (*homes.get(word, ()), code)
    return homes


def points(words: str) -> Mapping[str, float]:
    """How much speaks for each language, those of OTHERS included."""
    found: dict[str, float] = defaultdict(float)
    tokens = TOKEN.findall(words.lower()) if words.isascii() else map(str.lower, TOKEN.findall(words))
    for token, count in Counter(tokens).items():
        for code, share in SHARES[token][min(count, MOST) - 1]:
            found[code] += share
    return found


class Shares(dict[str, tuple[Shared, ...]]):
    """What a word says when it stands once, twice, three times or more. It remembers for speed alone."""

    def __missing__(self, token: str) -> tuple[Shared, ...]:
        found = by_table(token) if token in TABLE else (by_form(token),) * MOST if len(token) > 4 else ((),) * MOST
        if len(token) <= LONGEST_WORD:
            if len(self) > REMEMBERED:
                self.clear()
            self[token] = found
        return found


def by_table(token: str) -> tuple[Shared, ...]:
    """A point for each time, shared by the languages that have the word."""
    codes = TABLE[token]
    return tuple(tuple((code, count / len(codes)) for code in codes) for count in range(1, MOST + 1))


def by_form(token: str) -> Shared:
    """Half a point by the longest known ending, half a point by a letter that few languages have."""
    ends = (token[-size:] for size in range(min(LONGEST, len(token) - 2), 1, -1))
    said = [next((ENDING[end] for end in ends if end in ENDING), ())]
    if not token.isascii():
        said += dict.fromkeys(LETTER[letter] for letter in token if letter in LETTER)
    return tuple((code, 0.5 / len(codes)) for codes in said for code in codes)


TABLE = _table()
LETTER = {letter: tuple(codes.split()) for letters, codes in LETTERS.items() for letter in letters}
ENDING = {ending: tuple(codes.split()) for ending, codes in ENDINGS.items()}
SHARES = Shares()
