"""What a second answer tells of a call that the list only names: asked for once per call. Pure.

details:
  url: https://x.example/api/call/{}     {} is the id of the call
  body: {callId: "{}"}                   with a body it is a POST of JSON, {} is the id there
  numeric: true                          the id is a number in the body
  ok: errorcode == `0`                   what the answer must fulfil
  row: data.synopsis || data.forecast    the object that holds the fields; the whole answer unless given
  description, eligible, budget, …       fields as in the list, without title, link and id

They fill what the list leaves empty. Without them the call stands as listed, and they are asked for again next time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from tracker.connectors.asking import read_ask
from tracker.connectors.json_reading import json_path, read_json
from tracker.connectors.places import Find, read_path
from tracker.connectors.row_options import OPTIONAL, RowOptions, read_fields
from tracker.connectors.rows import values_of
from tracker.model import Login, RawCall, RawDocument, Request, Source, Supplement
from tracker.parsing import broken, unknown_keys

KIND = "detail"
FIELDS = tuple(name for name in OPTIONAL if name != "id")
PLAIN = ("url", "body", "numeric", "ok", "row")


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """How the details of a call are asked for, and where they stand in the answer."""

    url: str
    row: Find
    fields: RowOptions
    body: Mapping[str, Any] | None = None
    numeric: bool = False
    ok: Find | None = None
    ok_path: str = ""
    key_header: str = ""
    login: Login | None = None

    def request(self, call: RawCall) -> Request:
        """The page with the details of this call."""
        body = "" if self.body is None else json.dumps(self._filled(call.external_id), ensure_ascii=False)
        return Request(
            self.url.replace("{}", quote(call.external_id, safe="")),
            kind=KIND,
            json=body,
            note=(("external_id", call.external_id),),
            once=True,
            optional=True,
            key_header=self.key_header,
            login=self.login,
        )

    def _filled(self, external_id: str) -> dict[str, Any]:
        value = int(external_id) if self.numeric and external_id.isascii() and external_id.isdigit() else external_id
        return {name: value if given == "{}" else given for name, given in (self.body or {}).items()}

    def supplement(self, document: RawDocument, source: Source) -> Supplement:
        """What the answer adds to its call. ParseError for one that is not `ok`, or holds none of the fields."""
        answer = read_json(document, source)
        try:
            if self.ok is not None and not self.ok(answer):
                raise broken(document, source, f"the details are not as they must be: {self.ok_path}")
            values = values_of(self.row(answer), self.fields)
        except ValueError as error:
            raise broken(document, source, f"the details cannot be read: {error}") from None
        values = {name: value for name, value in values.items() if value}
        if not values:
            raise broken(document, source, f"the details hold none of {', '.join(self.fields.fields)}")
        return Supplement(dict(document.request.note)["external_id"], values)


def read_details(value: Any, source: Source) -> tuple[Details | None, tuple[str, ...]]:
    """The details that the option means, None where there is none; and one line for each mistake in it."""
    if value is None:
        return None, ()
    where = f"{source.id}.options.details"
    if not isinstance(value, Mapping):
        return None, (f"{where}: expected a mapping with url and fields, not {value!r}",)
    problems = [*unknown_keys(value, (*PLAIN, *FIELDS, "budget"), where), *_plain_problems(value, where)]
    fields, budget, lines = read_fields(value, FIELDS, where, json_path)
    problems += lines if fields or budget or lines else (f"{where}: names no field",)
    ask, _ = read_ask(source.options, source)  # its mistakes are told with the list
    row, told = read_path(value.get("row", "@"), f"{where}.row", json_path)
    ok, further = read_path(value["ok"], f"{where}.ok", json_path) if "ok" in value else (None, ())
    problems += (*told, *further)
    if problems or row is None:
        return None, tuple(problems)
    details = Details(
        url=value["url"],
        row=row,
        fields=RowOptions(fields=fields, budget=budget),
        body=value.get("body"),
        numeric=value.get("numeric", False),
        ok=ok,
        ok_path=value.get("ok", ""),
        key_header=ask.key_header,
        login=ask.login,
    )
    return details, ()


def _plain_problems(value: Mapping[str, Any], where: str) -> Iterator[str]:
    url, body = value.get("url"), value.get("body")
    if not isinstance(url, str) or urlsplit(url).scheme not in {"http", "https"} or "{" in urlsplit(url).netloc:
        yield f"{where}.url: expected a web address, not {url!r}"
    elif "{}" not in url and "body" not in value:
        yield f"{where}.url: {{}} must stand where the id of the call goes"
    if body is not None and not (isinstance(body, Mapping) and "{}" in body.values()):
        yield f"{where}.body: expected a mapping in which {{}} stands for the id of the call, not {body!r}"
    if not isinstance(value.get("numeric", False), bool):
        yield f"{where}.numeric: expected true or false, not {value['numeric']!r}"
