"""What is odd about the sources of Britain, Italy, Czechia and Ukraine, each with the enemy that it was told of.

The entries are those of sources.yaml: an option that goes takes its test with it.
"""

from __future__ import annotations

import csv
import json
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import httpx
import pytest
from ruamel.yaml import YAML

from tests.homes import collecting
from tests.portals import a_home
from tests.shared import RECORDED, needs_recorded
from tests.test_sources import HERE, SOURCES, crawl, understood
from tracker.archive import Archive
from tracker.changes import Known, plan
from tracker.collect import collect
from tracker.connectors import lists_all, load
from tracker.errors import ParseError
from tracker.model import Announced, ChangeKind, RawCall, RawDocument, Request, Skipped, Status
from tracker.normalize import normalize, status_on

TODAY = date(2026, 11, 22)
ENTRIES = YAML(typ="safe").load((HERE.parents[1] / "sources.yaml").read_text("utf-8"))["sources"]


def parsed(source_id, body, *, request=None, kind="text/html"):
    """What a page says; `body` is text, bytes, or a value to be JSON."""
    source = SOURCES[source_id]
    connector = load(source.connector)
    request = request or next(iter(connector.start(source)))
    if not isinstance(body, bytes):
        body = (body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)).encode()
    moment = datetime(2026, 11, 22, tzinfo=UTC)
    return list(connector.parse(RawDocument(request=request, body=body, content_type=kind, fetched_at=moment), source))


def only_calls(found):
    return [thing for thing in found if isinstance(thing, RawCall)]


def as_call(raw, source_id):
    return normalize(raw, SOURCES[source_id])


def from_pages(source_id):
    return [as_call(raw, source_id) for raw in crawl(SOURCES[source_id], HERE / source_id)]


def over_days(source_id, *days):
    """The kinds of all changes of healthy runs on consecutive days, each with its calls, after a first run."""
    whole = lists_all(SOURCES[source_id])
    known: dict[str, Known] = {call.external_id: Known(call=call, first_seen=TODAY) for call in days[0]}
    told = []
    for number, calls in enumerate(days[1:], 1):
        today = TODAY + timedelta(days=number)
        done = plan(
            known, calls, today=today, first_run=False, proves_absence=True, status_on=status_on, lists_all=whole
        )
        told += [change.kind for change in done.changes]
        for call in calls:
            known[call.external_id] = Known(call=call, first_seen=TODAY)
        for key, absence in done.absences.items():
            known[key] = replace(known[key], absent=absence.days, gone=absence.gone)
    return told


# ---------------------------------------------------------------- the whole job, without a network


@contextmanager
def a_job(folder: Path, answers):
    """A home with the entries of sources.yaml, and a function that reads them; `answers`: address → bytes or status."""
    asked = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        found = answers(request) if callable(answers) else answers.get(str(request.url), 404)
        if isinstance(found, int):
            return httpx.Response(found)
        kind = "application/xml" if found.lstrip().startswith(b"<?xml") else "text/html"
        return httpx.Response(200, content=found, headers={"content-type": kind})

    def read(number, *names):
        now = datetime(2026, 4, 1, 8, tzinfo=UTC) + timedelta(days=number)
        with collecting(home, store, now, archive=archive, transport=httpx.MockTransport(answer)) as collector:
            return {
                done.source.id: done for done in collect(collector, [one for one in home.sources if one.id in names])
            }

    # Bounds are those of the whole source; a fixture holds a few rows of it.
    entries = {name: {**entry, "pause": 0, "expect": {}} for name, entry in ENTRIES.items() if name in WANTED}
    home = a_home(folder / "home", entries)
    store, archive = home.store(), Archive(home.archive)
    try:
        yield read, store, asked
    finally:
        store.close()


WANTED = ("ukri", "ukri-feed", "gov-wales", "incentivi-gov-it", "dotaceeu", "ms2021", "regione-lombardia")


def fixture(source_id):
    """Address → bytes of a source's pages."""
    pages = YAML(typ="safe").load((HERE / source_id / "pages.yaml").read_text("utf-8"))
    return {key: (HERE / source_id / name).read_bytes() for key, name in pages.items()}


# ---------------------------------------------------------------- Find a grant


def a_grant(**given):
    return {
        "grantName": "Kitchens",
        "label": "kitchens-1",
        "grantLocation": ["Wales"],
        "grantApplicationCloseDate": "2027-03-01T23:59",
        **given,
    }


def grants(*rows, total=None):
    props = {"searchResult": rows, "totalGrants": total}
    script = json.dumps({"props": {"pageProps": props}}).replace("<", "\\u003c")
    return f'<html><body><script id="__NEXT_DATA__" type="application/json">{script}</script></body></html>'


def test_find_a_grant_midnight_ends_the_day_before():
    raws = only_calls(parsed("find-a-grant", grants(a_grant(grantApplicationCloseDate="2027-03-01T00:00"))))
    assert understood(as_call(raws[0], "find-a-grant")) == ["2027-02-28 unknown date-only"]
    (late,) = only_calls(parsed("find-a-grant", grants(a_grant())))
    assert understood(as_call(late, "find-a-grant")) == ["2027-03-01 23:59 unknown stated"]


def test_find_a_grant_what_leaves_after_its_last_day_is_closed_and_not_withdrawn():
    closing = f"{TODAY + timedelta(days=1)}T00:00"  # ends TODAY
    (raw,) = only_calls(parsed("find-a-grant", grants(a_grant(grantApplicationCloseDate=closing))))
    call = as_call(raw, "find-a-grant")
    assert call.days == (TODAY,)
    assert over_days("find-a-grant", [call], [call], [], [], []) == [ChangeKind.CLOSED]


def test_find_a_grant_what_leaves_before_its_last_day_is_withdrawn():
    (raw,) = only_calls(parsed("find-a-grant", grants(a_grant())))
    call = as_call(raw, "find-a-grant")
    assert over_days("find-a-grant", [call], [call], [], [], []) == [ChangeKind.WITHDRAWN]


@pytest.mark.parametrize("missing", ["grantName", "label"])
def test_find_a_grant_entries_without_name_or_label_are_skipped_and_counted(missing):
    odd = {key: value for key, value in a_grant(label="odd").items() if key != missing}
    found = parsed("find-a-grant", grants(a_grant(), odd, total=2))
    assert [type(thing) for thing in found] == [RawCall, Skipped, Announced]
    assert found[2] == Announced(2)  # counted: one row more than calls, and none is missing


def test_find_a_grant_without_a_total_is_read_to_its_empty_page():
    source = SOURCES["find-a-grant"]
    connector = load(source.connector)
    *_, following = parsed("find-a-grant", grants(a_grant(), total=None))
    assert following.url == f"{source.url}?page=2"
    assert parsed("find-a-grant", grants(total=None), request=following) == []
    assert not any(isinstance(thing, Announced) for thing in parsed("find-a-grant", grants(a_grant(), total=None)))
    with pytest.raises(ParseError, match="is empty"):
        parsed("find-a-grant", grants(total=0), request=next(iter(connector.start(source))))


def test_find_a_grant_sends_no_search_term_that_could_be_too_long():
    (request,) = load("next_data").start(SOURCES["find-a-grant"])
    assert request.url.partition("?")[2] == "page=1"


def test_find_a_grant_a_page_without_its_script_is_an_error_and_no_quiet_week():
    with pytest.raises(ParseError, match="__NEXT_DATA__"):
        parsed("find-a-grant", "<html><body><h1>Search must be less than 100 characters</h1></body></html>")


def test_find_a_grant_keeps_what_is_for_wales_for_the_country_or_for_nobody_knows_where():
    rows = [
        a_grant(label="w", grantLocation=["Scotland", "Wales"]),
        a_grant(label="n", grantLocation=["National"]),
        a_grant(label="e", grantLocation=["England"]),
        a_grant(label="none", grantLocation=None),
        a_grant(label="empty", grantLocation=[]),
    ]
    found = only_calls(parsed("find-a-grant", grants(*rows)))
    assert [raw.external_id for raw in found] == ["w", "n", "none", "empty"]


def test_find_a_grant_one_pound_and_two_pounds_mean_that_no_award_is_stated():
    rows = [
        a_grant(label="a", grantMinimumAward=1, grantMaximumAward=2),
        a_grant(label="b", grantMinimumAward=1, grantMaximumAward=50000.0, grantTotalAwardAmount=1_000_000),
    ]
    silent, stated = (as_call(raw, "find-a-grant") for raw in only_calls(parsed("find-a-grant", grants(*rows))))
    assert silent.budget is None
    assert (stated.budget.grant.maximum, stated.budget.total.maximum) == (Decimal(50_000), Decimal(1_000_000))
    assert stated.budget.grant.currency == "GBP"


# ---------------------------------------------------------------- UKRI


def a_card(slug, *rows, title="Towns"):
    told = "".join(f'<div class="govuk-table__row"><dt>{name}: </dt><dd>{said}</dd></div>' for name, said in rows)
    link = f'<a class="ukri-funding-opp__link" href="/opportunity/{slug}/">{title}</a>'
    return f'<div class="opportunity"><h3 class="entry-header">{link}</h3><dl>{told}</dl></div>'


def cards(*rows, pager=""):
    return f"<!DOCTYPE html><html><body>{''.join(rows)}{pager}</body></html>"


def test_ukri_an_hour_of_uk_time_is_one_of_london():
    (raw,) = parsed("ukri", cards(a_card("a", ("Closing date", "14 May 2026 4:00pm UK time"))))
    (deadline,) = as_call(raw, "ukri").deadlines
    assert (deadline.day, deadline.time.isoformat("minutes"), deadline.zone) == (
        date(2026, 5, 14),
        "16:00",
        "Europe/London",
    )


def test_ukri_co_funders_are_not_the_funders():
    rows = (("Co-funders", "NICT"), ("Funders", "EPSRC"))
    (raw,) = parsed("ukri", cards(a_card("a", *rows)))
    assert raw.funder == "EPSRC"


def test_ukri_no_closing_date_is_an_answer():
    (raw,) = parsed("ukri", cards(a_card("a", ("Closing date", "Open - no closing date"))))
    assert understood(as_call(raw, "ukri")) == ["rolling unknown"]


def test_ukri_the_next_page_is_found_by_its_link_and_not_by_the_hidden_word_beside_its_number():
    hidden = '<span class="hidden">page </span>'
    pager = (
        f'<span class="page-numbers current">{hidden}2</span>'
        f'<a class="page-numbers" href="/opportunity/page/3/">{hidden}3</a>'
        f'<a class="prev page-numbers" href="/opportunity/">{hidden}</a>'
        '<a class="next page-numbers" href="/opportunity/page/3/">Next</a>'
    )
    *_, following = parsed("ukri", cards(a_card("a"), pager=pager))
    assert following == Request("https://www.ukri.org/opportunity/page/3/")


def test_ukri_the_last_page_leads_nowhere():
    pager = '<a class="prev page-numbers" href="/opportunity/">Previous</a>'
    assert len(parsed("ukri", cards(a_card("a"), pager=pager))) == 1


def rss(*items):
    told = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{told}</channel></rss>'


def an_item(link, title="Towns", text="", guid=""):
    ids = f"<guid>{guid}</guid>" if guid else ""
    return f"<title>{title}</title><link>{link}</link>{ids}<description><![CDATA[{text}]]></description>"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("<p><b>Closing date:</b> 14 May 2026 4:00pm UK time</p>", "2026-05-14 16:00 unknown stated"),
        ("Closing date: 14 May 2026", "2026-05-14 unknown date-only"),
        ("The call closes 14 May 2026 at 4:00pm UK time.", "2026-05-14 16:00 unknown stated"),
    ],
)
def test_ukri_feed_names_its_deadline_in_the_text_only(text, line):
    found = parsed("ukri-feed", rss(an_item("https://www.ukri.org/opportunity/a/", text=text)))
    assert [understood(as_call(raw, "ukri-feed")) for raw in found] == [[line]]


def test_ukri_feed_opening_and_publication_dates_are_no_deadlines():
    text = "Opening date: 2 March 2026. Published 1 March 2026."
    (raw,) = parsed("ukri-feed", rss(an_item("https://www.ukri.org/opportunity/a/", text=text)))
    assert raw.deadlines == ()


def test_ukri_feed_ids_are_links_whatever_the_tail():
    links = [f"https://www.ukri.org/opportunity/a/{tail}" for tail in ("", "?utm_source=rss", "?fbclid=1#:~:text=x")]
    found = [parsed("ukri-feed", rss(an_item(link.replace("&", "&amp;"), guid="other")))[0] for link in links]
    assert {raw.external_id for raw in found} == {"https://www.ukri.org/opportunity/a/"}


@pytest.mark.parametrize("order", [("ukri", "ukri-feed"), ("ukri-feed", "ukri")])
def test_ukri_a_call_of_list_and_feed_is_one_call_with_both_origins(tmp_path, order):
    with a_job(tmp_path, {**fixture("ukri"), **fixture("ukri-feed")}) as (read, store, _):
        for number, name in enumerate(order):
            assert read(number, name)[name].run.healthy
        shared = [stored for stored in store.crawl.calls() if len(stored.origins) > 1]
        assert len(store.crawl.calls()) == 3
        assert [stored.id for stored in shared] == [
            "ukri:https://www.ukri.org/opportunity/japan-uk/",
            "ukri:https://www.ukri.org/opportunity/towns-and-food/",
        ]
        assert list(store.crawl.changes()) == []


# ---------------------------------------------------------------- the Welsh government


def test_gov_wales_is_off_and_says_why():
    assert not SOURCES["gov-wales"].enabled
    text = (HERE.parents[1] / "sources.yaml").read_text("utf-8")
    assert "get a 403" in text.partition("  gov-wales:")[0].rpartition("\n\n")[2]


def test_gov_wales_a_refusal_is_a_blind_source_and_no_quiet_week(tmp_path):
    with a_job(tmp_path, {"https://www.gov.wales/announcements/rss": 403}) as (read, store, _):
        run = read(0, "gov-wales")["gov-wales"].run
        assert not run.healthy and "403" in str(run.error)
        assert store.crawl.calls() == []


def test_gov_wales_keeps_what_speaks_of_funding():
    items = [an_item(f"https://www.gov.wales/{n}", title=t) for n, t in enumerate(["A visit", "New grant", "Refunded"])]
    assert [raw.title for raw in parsed("gov-wales", rss(*items))] == ["New grant"]


# ---------------------------------------------------------------- incentivi.gov.it


def an_incentive(**given):
    return {
        "ID_Incentivo": "1",
        "Titolo": "Comuni contro lo spreco",
        "Tipologia_Soggetto": ["Ente Pubblico"],
        "Regioni": ["Lombardia"],
        "Link_istituzionale": "https://www.regione.lombardia.it/bando",
        "URL": "/it/catalogo/comuni",
        **given,
    }


def solr(*docs, found=None):
    return {"response": {"numFound": len(docs) if found is None else found, "start": 0, "docs": docs}}


def incentives(*docs, **given):
    return only_calls(parsed("incentivi-gov-it", solr(*docs, **given), kind="application/json"))


def test_incentivi_gov_it_a_byte_order_mark_does_no_harm():
    body = b"\xef\xbb\xbf" + json.dumps(solr(an_incentive())).encode()
    assert len(only_calls(parsed("incentivi-gov-it", body, kind="application/json"))) == 1


def test_incentivi_gov_it_absent_fields_are_silence():
    bare = {key: an_incentive()[key] for key in ("ID_Incentivo", "Titolo", "Tipologia_Soggetto", "Regioni", "URL")}
    (raw,) = incentives(bare)
    assert (raw.deadlines, raw.opens, raw.budget, raw.funder, raw.description) == ((), "", None, "", "")


def test_incentivi_gov_it_a_record_without_places_or_applicants_is_left_out_and_not_an_error():
    odd = [{"ID_Incentivo": "2", "Titolo": "B", "URL": "/b"}, {**an_incentive(ID_Incentivo="3"), "Regioni": None}]
    found = parsed("incentivi-gov-it", solr(an_incentive(), *odd), kind="application/json")
    assert [type(thing) for thing in found] == [RawCall, Announced]


@pytest.mark.parametrize(
    ("who", "where", "kept"),
    [
        (["Ente Pubblico"], ["Lombardia"], True),
        (["Impresa", "Ente Pubblico"], ["Veneto", "Estero"], True),
        (["Impresa"], ["Lombardia"], False),
        (["Ente Pubblico"], ["Sicilia"], False),
    ],
)
def test_incentivi_gov_it_keeps_what_public_bodies_may_ask_for_in_lombardy_or_abroad(who, where, kept):
    always = an_incentive(ID_Incentivo="0")
    found = incentives(always, an_incentive(Tipologia_Soggetto=who, Regioni=where))
    assert len(found) - 1 == kept


def test_incentivi_gov_it_a_comma_within_a_value_is_followed_by_a_space():
    (raw,) = incentives(
        an_incentive(Tipologia_Soggetto="Mobili, Legno e Carta,Ente Pubblico", Regioni="Lombardia,Veneto")
    )
    assert raw.eligible == ("Mobili, Legno e Carta", "Ente Pubblico")
    assert raw.areas == ("Lombardia", "Veneto")


def test_incentivi_gov_it_a_backslash_stays_a_backslash():
    (raw,) = incentives(an_incentive(Titolo="Bando \\ Comuni \\, enti"))
    assert as_call(raw, "incentivi-gov-it").title == "Bando \\ Comuni \\, enti"


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("15375383,50", Decimal("15375383.50")),
        ("18000000", Decimal(18_000_000)),
        ("1.500.000,00", Decimal(1_500_000)),
        ("0", None),
        ("Fino a esaurimento delle risorse", None),
    ],
)
def test_incentivi_gov_it_amounts_have_a_comma_or_are_prose(words, amount):
    (raw,) = incentives(an_incentive(Stanziamento_incentivo=words))
    budget = as_call(raw, "incentivi-gov-it").budget
    assert (budget and budget.total.maximum) == amount
    assert amount is None or budget.total.currency == "EUR"


def test_incentivi_gov_it_words_that_run_together_are_told_apart():
    text = "Cos'èavviso dell'Interreg A chi si rivolgeenti pubblici, PMICosa prevedeinterventi su clima"
    (raw,) = incentives(an_incentive(Descrizione=text))
    lines = ["Cos'è", "avviso dell'Interreg", "A chi si rivolge", "enti pubblici, PMI", "Cosa prevede"]
    assert raw.description.split("\n") == [*lines, "interventi su clima"]
    assert "rivolgeenti" not in as_call(raw, "incentivi-gov-it").description


def test_incentivi_gov_it_equal_titles_are_editions_of_other_years_and_stay_two_calls(tmp_path):
    docs = [
        an_incentive(
            ID_Incentivo=str(year), Data_chiusura=f"{year}-06-30T00:00:00", Link_istituzionale=f"https://x.it/{year}"
        )
        for year in (2026, 2027)
    ]
    body = json.dumps(solr(*docs)).encode()
    with a_job(tmp_path, lambda request: 404 if "robots" in str(request.url) else body) as (read, store, _):
        assert read(0, "incentivi-gov-it")["incentivi-gov-it"].run.healthy
        assert [stored.call.external_id for stored in store.crawl.calls()] == ["2026", "2027"]


def test_incentivi_gov_it_incentives_that_share_an_official_link_stay_several_calls(tmp_path):
    body = json.dumps(solr(an_incentive(ID_Incentivo="1"), an_incentive(ID_Incentivo="2", Titolo="Altro"))).encode()
    with a_job(tmp_path, lambda request: 404 if "robots" in str(request.url) else body) as (read, store, _):
        assert read(0, "incentivi-gov-it")["incentivi-gov-it"].run.healthy
        assert len(store.crawl.calls()) == 2


@pytest.mark.parametrize("link", ["", None, "www.comune.it", "vedi sito", "javascript:alert(1)"])
def test_incentivi_gov_it_without_an_official_link_leads_to_the_portal_s_own_page(link):
    (raw,) = incentives(an_incentive(Link_istituzionale=link))
    assert raw.url == "https://www.incentivi.gov.it/it/catalogo/comuni"


def test_incentivi_gov_it_has_no_status_so_the_dates_decide_and_have_no_hour():
    states = []
    for closing in ("2027-05-23T00:00:00", "2024-05-23T00:00:00"):
        (raw,) = incentives(an_incentive(Data_apertura="2024-02-23T00:00:00", Data_chiusura=closing))
        call = as_call(raw, "incentivi-gov-it")
        assert (call.said, call.deadlines[0].time, call.days[0].isoformat()) == (Status.UNKNOWN, None, closing[:10])
        states.append(status_on(call, TODAY))
    assert states == [Status.OPEN, Status.CLOSED]


def test_incentivi_gov_it_the_remark_on_closing_counts_only_where_no_day_is_given():
    note = "procedura a sportello"
    (dated,) = incentives(an_incentive(Data_chiusura="2027-05-23T00:00:00", Note_di_apertura_chiusura="31/12/2029"))
    (rolling,) = incentives(an_incentive(Note_di_apertura_chiusura=note))
    assert understood(as_call(dated, "incentivi-gov-it")) == ["2027-05-23 unknown date-only"]
    assert understood(as_call(rolling, "incentivi-gov-it")) == ["rolling unknown"]


def test_incentivi_gov_it_that_does_not_answer_is_blind_and_keeps_its_calls(tmp_path):
    body = json.dumps(solr(an_incentive())).encode()
    silent = []

    def answers(request):
        if silent:
            raise httpx.ReadTimeout("nothing comes", request=request)
        return 404 if "robots" in str(request.url) else body

    with a_job(tmp_path, answers) as (read, store, _):
        assert read(0, "incentivi-gov-it")["incentivi-gov-it"].run.healthy
        silent.append(True)
        for number in range(1, 6):
            assert not read(number, "incentivi-gov-it")["incentivi-gov-it"].run.healthy
        assert [stored.gone for stored in store.crawl.calls()] == [None]
        assert list(store.crawl.changes()) == []


def test_incentivi_gov_it_a_list_that_was_cut_short_asks_for_the_rest():
    *_, following = parsed("incentivi-gov-it", solr(an_incentive(), found=5896), kind="application/json")
    assert "start=1&rows=2000" in following.url


@needs_recorded
def test_incentivi_gov_it_reads_the_records_of_2026_09():
    body = (RECORDED / "partners" / "it" / "incentivi_gov_it_sample.EXCERPT.json").read_bytes()
    found = parsed("incentivi-gov-it", body, kind="application/json")
    second, first = (as_call(raw, "incentivi-gov-it") for raw in only_calls(found))
    assert (second.external_id, first.external_id) == ("1170", "790")
    assert (second.days, first.days) == ((date(2024, 5, 23),), (date(2023, 3, 30),))
    assert (second.opens, second.budget.total.maximum) == (date(2024, 2, 23), Decimal(18_000_000))
    assert "Estero" in first.areas and "Ente Pubblico" in first.eligible
    assert "rivolgeenti" in body.decode() and "rivolgeenti" not in first.description
    assert [thing.total for thing in found if isinstance(thing, Announced)] == [37]


# ---------------------------------------------------------------- Regione Lombardia


def a_bando(code, *, title="Comuni", closes="2026-12-31 16:00"):
    return (
        f'<div class="col-lg-6"><div class="card"><img alt="{title}"><h4>C...</h4><strong class="code">{code}</strong>'
        f'<p class="card-text"><svg data-content="Contributi"></svg></p><input class="checkCloseDate" value="{closes}">'
        f'<a class="text-decoration-none" href="/servizi/servizio/bandi/dettaglio/a/b-{code}">Vai</a></div></div>'
    )


def bandi(*cards, last=1):
    pages = "".join(f'<a class="page-num" data-page-num="{n}" href="#">{n}</a>' for n in range(1, last + 1))
    pager = f'<nav class="pagination-wrapper">{pages}</nav>'
    return f'<div class="results-block"><div class="row">{"".join(cards)}</div></div>{pager}'


def test_regione_lombardia_is_asked_by_a_form_as_its_script_asks(tmp_path):
    def answers(request):
        if "robots" in str(request.url):
            return 404
        page = 2 if b"pageNum=2" in request.content else 1
        return bandi(*(a_bando(f"RLA{page}{n}") for n in range(2)), last=2).encode()

    with a_job(tmp_path, answers) as (read, store, asked):
        assert read(0, "regione-lombardia")["regione-lombardia"].run.healthy
        assert [stored.call.external_id for stored in store.crawl.calls()] == ["RLA10", "RLA11", "RLA20", "RLA21"]
    first, second = (request for request in asked if request.method == "POST")
    assert first.headers["x-requested-with"] == second.headers["x-requested-with"] == "XMLHttpRequest"
    assert b"ricercaAvanzata=true" in first.content and b"stato%5B1%5D=IN+APERTURA" in first.content
    assert b"pageNum=1" in first.content and b"pageNum=2" in second.content


def test_regione_lombardia_the_title_is_that_of_the_picture_and_not_cut_short():
    (raw,) = only_calls(parsed("regione-lombardia", bandi(a_bando("R1", title="Comuni contro lo spreco"))))
    assert (raw.title, raw.description) == ("Comuni contro lo spreco", "Contributi")


def test_regione_lombardia_the_day_stands_in_a_hidden_field_with_its_hour():
    (raw,) = only_calls(parsed("regione-lombardia", bandi(a_bando("R1"))))
    assert understood(as_call(raw, "regione-lombardia")) == ["2026-12-31 16:00 unknown stated"]
    (rolling,) = only_calls(parsed("regione-lombardia", bandi(a_bando("R1", closes=""))))
    assert as_call(rolling, "regione-lombardia").deadlines == ()


@pytest.mark.parametrize(
    ("outer", "inner"),
    [("col-lg-6", "card"), ("col-lg-6", "card card-bg card-big"), ("col", "card card-bg card-big")],
)
def test_regione_lombardia_a_card_is_one_call_whichever_of_the_two_known_frames_it_has(outer, inner):
    card = a_bando("R1").replace('"col-lg-6"', f'"{outer}"').replace('class="card"', f'class="{inner}"')
    assert [raw.external_id for raw in only_calls(parsed("regione-lombardia", bandi(card)))] == ["R1"]


def test_regione_lombardia_whose_second_page_fails_changes_no_call(tmp_path):
    broken = []

    def answers(request):
        if "robots" in str(request.url):
            return 404
        if b"pageNum=2" in request.content and broken:
            return 500
        page = 2 if b"pageNum=2" in request.content else 1
        return bandi(a_bando(f"RLA{page}"), last=2).encode()

    with a_job(tmp_path, answers) as (read, store, _):
        assert read(0, "regione-lombardia")["regione-lombardia"].run.healthy
        assert read(1, "regione-lombardia")["regione-lombardia"].run.healthy  # the same answers once more
        broken.append(True)
        for number in range(2, 7):
            run = read(number, "regione-lombardia")["regione-lombardia"].run
            assert not run.healthy and "500" in str(run.error)
        assert [stored.gone for stored in store.crawl.calls()] == [None, None]
        assert list(store.crawl.changes()) == []


def test_regione_lombardia_rebuilt_is_an_error():
    with pytest.raises(ParseError, match="results-block"):
        parsed("regione-lombardia", "<html><body><app-root></app-root></body></html>")


# ---------------------------------------------------------------- Czechia


NS = "https://ms21xsd.mssf.cz/OpenData/v_1"


def a_vyzva(kod="05_26_107", stav="Otevřená", **given):
    told = {
        "KOD": kod,
        "NAZEV": "Obce proti plýtvání",
        "STAV": stav,
        "DATUMOTEVRENI": "2026-10-14T00:00:00.000+02:00",
        "DATUMUKONCENI": "2027-11-25T00:00:00.000+01:00",
        **given,
    }
    return "<VYZVA>" + "".join(f"<{name}>{words}</{name}>" for name, words in told.items()) + "</VYZVA>"


def export(*rows, xmlns=f' xmlns="{NS}"'):
    told = f'<EXPORT{xmlns} DATE="2026-11-21T20:45:00.000+01:00">{"".join(rows)}</EXPORT>'
    return f'<?xml version="1.0" encoding="utf-8"?>{told}'


def vyzvy(*rows, **given):
    return only_calls(parsed("ms2021", export(*rows, **given), kind="application/xml"))


def test_ms2021_drops_its_test_rows():
    far = "2099-12-31T00:00:00.000+01:00"
    tests = [
        a_vyzva(kod, "Rozpracovaná", NAZEV=name, DATUMOTEVRENI=far, DATUMUKONCENI=far)
        for kod, name in (("03_00_094", "Testovací (1)"), ("03_00_095", "Testovací (2)"), ("03_00_096", "Jiné"))
    ]
    assert [raw.external_id for raw in vyzvy(a_vyzva(), *tests)] == ["05_26_107"]


@pytest.mark.parametrize("xmlns", [f' xmlns="{NS}"', "", ' xmlns="urn:other"'])
def test_ms2021_is_read_whatever_its_namespace(xmlns):
    assert len(vyzvy(a_vyzva(), xmlns=xmlns)) == 1


def test_ms2021_two_days_of_suspension_are_told_neither_as_closed_nor_as_opened_again():
    days = [[as_call(raw, "ms2021") for raw in vyzvy(a_vyzva("06_22_070", stav))] for stav in FLIP]
    assert over_days("ms2021", *days) == []
    assert "Pozastavená" in days[1][0].description  # the reader sees the word


FLIP = ("Otevřená", "Pozastavená", "Pozastavená", "Otevřená", "Otevřená")


def test_ms2021_compares_the_fields_and_not_the_codes():
    moved = a_vyzva(DATUMUKONCENI="2027-12-31T00:00:00.000+01:00")
    days = [
        vyzvy(a_vyzva(stav="Plánovaná")),
        vyzvy(a_vyzva(stav="Otevřená")),
        vyzvy(moved),
        vyzvy(moved),
    ]
    told = over_days("ms2021", *([as_call(raw, "ms2021") for raw in day] for day in days))
    assert told == [ChangeKind.STATUS, ChangeKind.DEADLINE]


@pytest.mark.parametrize(("opens", "status"), [("2026-10-14", Status.OPEN), ("2026-12-14", Status.FORTHCOMING)])
def test_ms2021_an_announced_call_is_open_from_the_day_that_it_names(opens, status):
    (raw,) = vyzvy(a_vyzva(stav="Vyhlášená", DATUMOTEVRENI=f"{opens}T00:00:00.000+01:00"))
    assert status_on(as_call(raw, "ms2021"), TODAY) is status


def test_ms2021_a_word_for_the_state_that_nobody_knows_is_named_and_the_others_are_read():
    found = parsed("ms2021", export(a_vyzva(), a_vyzva("06_26_119", "Odložená")), kind="application/xml")
    assert [type(thing) for thing in found] == [RawCall, Skipped]
    assert "Odložená" in found[1].reason


def test_ms2021_with_other_names_than_those_guessed_is_broken_and_not_empty():
    with pytest.raises(ParseError, match="none of 1 rows is a call"):
        vyzvy(a_vyzva().replace("NAZEV", "JMENO"))
    assert SOURCES["ms2021"].expect.filled["deadlines"] == 0.5  # for a closing day of another name


def test_ms2021_leaves_out_what_is_no_city_s_business():
    kept = [f"{programme}_26_001" for programme in ("01", "02", "03", "04", "05", "06", "10", "11", "12")]
    others = [f"{programme}_26_001" for programme in ("07", "08", "13", "14")]
    assert [raw.external_id for raw in vyzvy(*map(a_vyzva, [*kept, *others]))] == kept


@needs_recorded
def test_ms2021_reads_the_calls_of_2026_09_03_by_code_and_day():
    path = RECORDED / "partners" / "cz" / "ms21_new_calls_2026-09-03.TRANSCRIBED.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    made = [
        a_vyzva(
            row["KOD"],
            DATUMOTEVRENI=f"{row['opened'][:10]}T00:00:00.000+02:00",
            DATUMUKONCENI=f"{row['closes']}T00:00:00.000+01:00",
            ALOKACE=row["allocation"].removesuffix(" CZK").replace(",", ""),
        )
        for row in rows
    ]
    found = {raw.external_id: as_call(raw, "ms2021") for raw in vyzvy(*made)}
    assert len(rows) == 11 and set(found) == {row["KOD"] for row in rows} - {"13_26_020"}
    assert found["01_26_091"].days == (date(2027, 2, 1),)
    assert found["04_26_044"].opens == date(2026, 9, 14)
    assert found["01_26_086"].budget.total.maximum == Decimal(345_000_000)
    assert found["01_26_086"].budget.total.currency == "CZK"


def test_dotaceeu_reads_czech_days_of_a_term_as_its_last_day():
    first, second = from_pages("dotaceeu")
    assert first.days == (date(2027, 12, 31),)
    assert second.deadlines == ()


def test_dotaceeu_finds_the_number_of_a_call_whatever_the_markup_of_its_page():
    assert [call.identifiers for call in from_pages("dotaceeu")] == [("06_22_070",), ("11_26_022",)]


def test_dotaceeu_shows_the_newest_only_so_what_leaves_it_is_not_gone():
    calls = from_pages("dotaceeu")
    assert over_days("dotaceeu", calls, calls[:1], calls[:1], calls[:1], calls[:1]) == []


def test_dotaceeu_links_keep_their_case():
    row = "<li class='js-ajax-item'><a href='/cs/Vyzvy-2021-2027/Vyzvy/70vyzvaIROP'><h3>70. výzva</h3></a></li>"
    raw = parsed("dotaceeu", f"<html><body><ul>{row}</ul></body></html>")[0]
    assert raw.url == "https://www.dotaceeu.cz/cs/Vyzvy-2021-2027/Vyzvy/70vyzvaIROP"


@pytest.mark.parametrize("order", [("dotaceeu", "ms2021"), ("ms2021", "dotaceeu")])
def test_dotaceeu_and_ms2021_join_a_call_by_its_number(tmp_path, order):
    with a_job(tmp_path, {**fixture("dotaceeu"), **fixture("ms2021")}) as (read, store, _):
        for number, name in enumerate(order):
            assert read(number, name)[name].run.healthy
        (one,) = (stored for stored in store.crawl.calls() if len(stored.origins) > 1)
        assert {source for source, _url in one.origins} == {"dotaceeu", "ms2021"}
        assert "06_22_070" in one.call.identifiers


def test_dotaceeu_rss_reads_11_10_2022_as_the_eleventh_of_october():
    text = "Ukončení příjmu žádostí: 11. 10. 2022"
    (raw,) = parsed("dotaceeu-rss", rss(an_item("https://www.dotaceeu.cz/a", text=text)))
    assert as_call(raw, "dotaceeu-rss").days == (date(2022, 10, 11),)


# ---------------------------------------------------------------- Ukraine


@pytest.mark.parametrize("source_id", ["gurt", "prostir"])
def test_gurt_and_prostir_are_off_while_the_contacts_rest(source_id):
    assert not SOURCES[source_id].enabled


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("ГРАНТ Молодь", True),
        ("[Грант] Молодь", True),
        ("ВАКАНСІЯ Менеджер грантів", False),
        ("ТЕНДЕР Послуги", False),
        ("МАТЕРІАЛ ГУРТА Як написати грант", False),
        ("Як написати грант", False),
    ],
)
def test_gurt_keeps_what_bears_the_badge_of_a_grant(title, kept):
    items = [an_item("https://gurt.org.ua/news/grants/1/", "ГРАНТ 0"), an_item("https://gurt.org.ua/news/2/", title)]
    assert len(parsed("gurt", rss(*items))) - 1 == kept


def test_gurt_a_badge_may_stand_in_the_category():
    item = an_item("https://gurt.org.ua/news/1/", "Молодь") + "<category>ГРАНТ</category>"
    assert len(parsed("gurt", rss(item))) == 1


PARTS = ("Грант на культуру для громад. Дедлайн: 01.02.2027", "Грант на довкілля для міст. Дедлайн: 01.03.2027")


@pytest.mark.parametrize("source_id", ["gurt", "prostir"])
@pytest.mark.parametrize("mark", ["&gt;&gt;", ">>>>", "››", "»»"])
def test_gurt_and_prostir_a_digest_of_several_grants_is_one_call_that_says_so(source_id, mark):
    item = an_item("https://www.example.org/1/", "ГРАНТ Тиждень", f"<p>{PARTS[0]}</p> {mark} <p>{PARTS[1]}</p>")
    (raw,) = parsed(source_id, rss(item))
    assert raw.title == "ГРАНТ Тиждень (дайджест)"
    assert raw.deadlines == ()  # each day is that of one grant, and none that of the entry
    assert as_call(raw, source_id).description.split("\n") == [f"- {part}" for part in PARTS]


@pytest.mark.parametrize(
    "text", ["Дедлайн: 01.02.2027. Детальніше &gt;&gt;", "Дедлайн: 01.02.2027. &gt;&gt; Читати далі"]
)
def test_gurt_an_arrow_that_leads_on_makes_no_digest(text):
    (raw,) = parsed("gurt", rss(an_item("https://gurt.org.ua/1/", "ГРАНТ Тиждень", text)))
    assert raw.title == "ГРАНТ Тиждень"
    assert as_call(raw, "gurt").days == (date(2027, 2, 1),)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Актуально до: 25.12.26.", "2026-12-25 unknown date-only"),
        ("Дедлайн подання заявок – до 15 січня 2027 року", "2027-01-15 unknown date-only"),
        ("Кінцевий термін: 1 лютого 2027, 18:00", "2027-02-01 18:00 unknown stated"),
        ("Термін подання: 31.12.2026", "2026-12-31 unknown date-only"),
    ],
)
def test_prostir_reads_the_days_that_it_writes(text, line):
    (raw,) = parsed("prostir", rss(an_item("https://www.prostir.ua/?grants=a", text=text)))
    assert understood(as_call(raw, "prostir")) == [line]


def test_prostir_drops_tenders_that_hide_behind_neutral_titles():
    hidden = an_item("https://www.prostir.ua/?grants=b", "Асоціація запрошує надати цінові пропозиції")
    found = parsed("prostir", rss(an_item("https://www.prostir.ua/?grants=a"), hidden))
    assert [raw.url for raw in found] == ["https://www.prostir.ua/?grants=a"]


def test_no_source_of_these_answers_an_error_with_an_empty_list():
    for source_id in (
        "find-a-grant",
        "ukri",
        "ukri-feed",
        "incentivi-gov-it",
        "regione-lombardia",
        "dotaceeu",
        "ms2021",
    ):
        with pytest.raises(ParseError):
            parsed(source_id, "<html><head><title>Just a moment...</title></head><body></body></html>")
