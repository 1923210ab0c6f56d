"""Vectors of texts by model and text, so that each text is embedded once. Made of texts alone: no profile owns them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from sqlite_utils import Database


class VectorTables:
    """One row per model and text; a vector is 768 bytes of float16."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def any(self, model: str) -> bool:
        """Whether this model has any vector here."""
        return bool(self.db.execute("select exists (select 1 from vectors where model = ?)", [model]).fetchone()[0])

    def get(self, model: str, text: str) -> bytes | None:
        """The vector of the text of that name."""
        sql = "select vector from vectors where model = ? and text = ?"
        row = self.db.execute(sql, [model, text]).fetchone()
        return bytes(row[0]) if row else None

    def names(self, model: str) -> set[str]:
        """The names of the texts that have a vector of this model."""
        return {row["text"] for row in self.db.query("select text from vectors where model = ?", [model])}

    def save(self, model: str, vectors: Mapping[str, bytes]) -> None:
        """Store vectors by the names of their texts."""
        rows = [(model, text, vector) for text, vector in vectors.items()]
        with self.db.atomic():
            self.db.conn.executemany("insert or replace into vectors values (?, ?, ?)", rows)

    def keep(self, model: str, texts: Iterable[str]) -> int:
        """Forget the vectors of other models and of texts that nobody has any more; how many they were."""
        sql = "delete from vectors where model <> ? or text not in (select value from json_each(?))"
        with self.db.atomic():
            return int(self.db.execute(sql, [model, json.dumps(sorted(set(texts)))]).rowcount)
