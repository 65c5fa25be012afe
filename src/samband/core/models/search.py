"""The search's index (core/search): what can be found, the words of it, and which word stands in what.

Ours rather than the databases' own, so that SQLite and PostgreSQL find the same (docs/search.md). It is made from other
rows and can be made again: nothing is kept here alone.
"""

from django.db import models


class SearchEntry(models.Model):
    """One thing that can be found: `kind` names whose it is ("guideline"), `object_id` its key there.

    The text is kept for the sentence that is shown; `length`: its words.
    """

    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    length = models.PositiveIntegerField(default=0)
    title = models.TextField(blank=True)
    heading = models.TextField(blank=True)
    tags = models.TextField(blank=True)
    text = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="core_search_one_entry")]
        verbose_name_plural = "search entries"

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class SearchWord(models.Model):
    """A word, folded (core/letters.py), and its stem."""

    word = models.CharField(max_length=80, unique=True)
    stem = models.CharField(max_length=80, db_index=True)

    def __str__(self) -> str:
        return self.word


class SearchPosting(models.Model):
    """That a word stands in an entry. `impact`: how much that says of the entry, 0 to 1000 (core/search/ranking.py).

    Millions of rows that only core/search/store.py writes, entries and all in one transaction: the database is not asked
    to check the keys one by one.
    """

    word = models.ForeignKey(SearchWord, models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    entry = models.ForeignKey(SearchEntry, models.CASCADE, related_name="+", db_constraint=False)
    impact = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [models.Index(fields=["word", "entry", "impact"], name="core_search_word")]

    def __str__(self) -> str:
        return f"{self.word_id} {self.entry_id}"
