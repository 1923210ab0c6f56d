"""What people said of rules, and from when on their words count. No scrape writes here, and no word is ever deleted."""

from __future__ import annotations

import json
from datetime import datetime

from sqlite_utils import Database

from tracker.records import Forgetting, RuleWord
from tracker.values import moment


class LessonTables:
    """Words on rules and forgettings; both only grow."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def add_word(self, profile: str, given: RuleWord) -> None:
        """Store that a rule was accepted or dropped."""
        self.db.execute(
            "insert into rule_words (profile, rule, keys, word, by, at) values (?, ?, ?, ?, ?, ?)",
            [profile, given.rule, json.dumps(given.keys, ensure_ascii=False), given.word, given.by, moment(given.at)],
        )

    def words(self, profile: str) -> dict[str, RuleWord]:
        """The newest word on each rule, by the rule's id, in the order in which they were said; none forgotten."""
        forgotten = self.forgotten(profile)
        sql = "select rule, keys, word, by, at from rule_words where profile = ? and no > ? order by no"
        found: dict[str, RuleWord] = {}
        for row in self.db.query(sql, [profile, forgotten.last_word if forgotten else 0]):
            found.pop(row["rule"], None)
            found[row["rule"]] = RuleWord(
                rule=row["rule"],
                keys=tuple(json.loads(row["keys"])),
                word=row["word"],
                at=datetime.fromisoformat(row["at"]),
                by=row["by"],
            )
        return found

    def forgotten(self, profile: str) -> Forgetting | None:
        """Up to where nothing counts; None where nothing is forgotten."""
        sql = """select last_tag, last_word, by, at from forgettings
                 where profile = ? and undone_at is null order by no desc limit 1"""
        rows = self.db.query(sql, [profile])
        return next((Forgetting(**{**row, "at": datetime.fromisoformat(row["at"])}) for row in rows), None)

    def forget(self, profile: str, *, by: str | None, at: datetime) -> None:
        """From now on only new tags teach, and no rule is accepted."""
        self.db.execute(
            """insert into forgettings (profile, last_tag, last_word, by, at) values (?,
               (select coalesce(max(no), 0) from tags), (select coalesce(max(no), 0) from rule_words), ?, ?)""",
            [profile, by, moment(at)],
        )

    def remember(self, profile: str, *, at: datetime) -> bool:
        """Take the newest forgetting back. False where nothing is forgotten."""
        cursor = self.db.execute(
            """update forgettings set undone_at = ? where no =
               (select max(no) from forgettings where profile = ? and undone_at is null)""",
            [moment(at), profile],
        )
        return cursor.rowcount == 1
