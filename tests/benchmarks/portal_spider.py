"""What we measure against: a Scrapy spider with default settings that reads the EU portal into SQLite.

    scrapy runspider portal_spider.py -a base=http://127.0.0.1:8901 -a database=calls.db

It stores the columns that tracker stores, reads a details page for each topic without a text, checks that every row
obeys the filter, and commits once at the end. It keeps no history, compares nothing and archives nothing.
"""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from math import ceil

import scrapy
from bs4 import BeautifulSoup

SIZE = 50
BOUNDARY = "tracker-benchmark"
FILTER = {
    "bool": {
        "must": [
            {"terms": {"type": ["1", "2", "8"]}},
            {"terms": {"status": ["31094501", "31094502"]}},
            {"term": {"DATASOURCE": "SEDIA"}},
        ]
    }
}
PARTS = {"query": FILTER, "languages": ["en"], "sort": {"field": "identifier", "order": "ASC"}}
COLUMNS = (
    "external_id", "title", "url", "language", "programme", "said", "opens", "first_day", "last_day", "call",
    "description", "html",
)  # fmt: skip


def first(metadata, name):
    return (metadata.get(name) or [""])[0]


def words(markup):
    return BeautifulSoup(markup, "lxml").get_text(" ", strip=True)


class PortalSpider(scrapy.Spider):
    """One pass over the portal's list."""

    name = "portal"

    async def start(self):
        yield self.page(1)

    def page(self, number):
        parts = "".join(
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="blob"\r\n'
            f"Content-Type: application/json\r\n\r\n{json.dumps(value)}\r\n"
            for name, value in PARTS.items()
        )
        return scrapy.Request(
            f"{self.base}/search-api/prod/rest/search?apiKey=SEDIA&text=***&pageSize={SIZE}&pageNumber={number}",
            method="POST",
            body=f"{parts}--{BOUNDARY}--\r\n",
            headers={"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"},
            cb_kwargs={"number": number},
        )

    def parse(self, response, number):
        answer = json.loads(response.body)
        if number == 1:
            self.rows = {}
            yield from (self.page(n) for n in range(2, ceil(answer["totalResults"] / SIZE) + 1))
        for row in answer["results"]:
            yield from self.store(row)

    def store(self, row):
        metadata = row["metadata"]
        if first(metadata, "type") not in {"1", "2", "8"} or first(metadata, "DATASOURCE") != "SEDIA":
            return
        key = first(metadata, "identifier") if first(metadata, "type") == "1" else row["reference"]
        days = sorted(date.fromisoformat(moment[:10]).isoformat() for moment in metadata.get("deadlineDate", []))
        markup = first(metadata, "descriptionByte")
        self.rows[key] = {
            "external_id": key,
            "title": first(metadata, "title"),
            "url": row["url"],
            "language": row["language"],
            "programme": first(metadata, "frameworkProgramme"),
            "said": first(metadata, "status"),
            "opens": first(metadata, "startDate")[:10],
            "first_day": days[0] if days else None,
            "last_day": days[-1] if days else None,
            "call": json.dumps({name: value for name, value in metadata.items() if name != "descriptionByte"}),
            "description": words(markup),
            "html": markup,
        }
        if not markup and first(metadata, "type") == "1":
            yield scrapy.Request(
                f"{self.base}/info/funding-tenders/opportunities/data/topicDetails/{key.lower()}.json",
                callback=self.details,
                cb_kwargs={"key": key},
            )

    def details(self, response, key):
        markup = json.loads(response.body)["TopicDetails"]["description"]
        self.rows[key] |= {"description": words(markup), "html": markup}

    def closed(self, reason):
        database = sqlite3.connect(self.database)
        database.execute(f"create table calls ({', '.join(COLUMNS)}, primary key (external_id))")
        marks = ", ".join(f":{name}" for name in COLUMNS)
        database.executemany(f"insert into calls values ({marks})", self.rows.values())
        database.commit()
        database.close()
