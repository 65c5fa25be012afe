"""What a search costs over ten thousand documents, and what it costs to index them.

    python -m benchmarks.search --engine both --documents 10000 --requests 40

Invented documents of 200 to 600 words from a vocabulary with compounds and forms, drawn so that few words are common and
many rare (Zipf). An empty database is made anew each time; PostgreSQL is a throw-away cluster, or what DATABASE_URL names.
Told for each kind of question: the median and 95th percentile on the wall, and this process's own processor time (the
database's part is on the wall only, for PostgreSQL).
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from benchmarks.pages import ROOT, _database

FIRST_PARTS = """
hem sjuk vård distans när barn patient folk mål läkar brukar närstående psykiatri rehab kommun region läns digital medicin
akut primär egen arbets ungdoms äldre tand livs smärt sår fall kost rörelse sömn läkemedels utskrivnings
"""
LAST_PARTS = """
vård värd team hälsa kontrakt plan bild monitorering möte samverkan mottagning område central behov stöd insats besök
program arbete kedja rutin samtal utredning bedömning planering grupp råd nämnd avtal genomgång
"""
SMALL_WORDS = "och i att som för med på av till den det är om en ett vid från ska kan"
FIRST, LAST, SMALL = FIRST_PARTS.split(), LAST_PARTS.split(), SMALL_WORDS.split()
ENDINGS = ("", "", "", "en", "et", "s", "er", "erna", "ens")
QUESTIONS = {
    "common word": "vård",
    "rare word": "sömnutredningen",
    "inside compounds": "monitorering",
    "two words": "utskrivningsplanering samverkan",
    "six words": "hemsjukvårdens team för äldre med smärtbedömning och digital plan",
    "synonyms": "distansmonitorering",
    "a slip": "utskrivningsplanerring",
    "nothing": "xylofonkvartett",
}
OTHER = {"distansmonitorering": ["hemmonitorering", "egenmonitorering", "monitorering digital"]}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", choices=("sqlite", "postgres", "both"), default="both")
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--requests", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.inside:
        return _measure(asked)
    for engine in ("sqlite", "postgres") if asked.engine == "both" else (asked.engine,):
        with tempfile.TemporaryDirectory(prefix="samband-search-") as folder, _database(engine, Path(folder)) as url:
            env = {**os.environ, "SAMBAND_VAR": folder, "DATABASE_URL": url}
            subprocess.run([sys.executable, "-m", "samband", "migrate", "-v", "0"], env=env, cwd=ROOT, check=True)
            print(
                f"\n{engine}, {asked.documents:,} documents, seed {asked.seed}, load {os.getloadavg()[0]:.1f}",
                flush=True,
            )
            subprocess.run(
                [sys.executable, "-m", "benchmarks.search", "--inside", *sys.argv[1:]], env=env, cwd=ROOT, check=True
            )
    return 0


def vocabulary(rng: random.Random) -> list[str]:
    """About forty thousand words, the commonest first: simple words, compounds of two and three parts, forms of each."""
    two = [a + b for a in FIRST for b in LAST]
    three = [a + b + c for a in FIRST[:18] for b in FIRST[:18] if a != b for c in LAST]
    rng.shuffle(two)
    rng.shuffle(three)
    words = [*LAST, *FIRST, *two, *three[:4000]]
    return list(dict.fromkeys(word + ending for word in words for ending in ENDINGS))


def documents(number: int, rng: random.Random) -> Iterator:
    from samband.core.search import Doc

    words = vocabulary(rng)
    weights = list(accumulate(1 / (rank + 8) for rank in range(len(words))))
    for key in range(1, number + 1):
        text = rng.choices(words, cum_weights=weights, k=rng.randrange(200, 600))
        for at in range(0, len(text), 3):
            text[at] = rng.choice(SMALL)
        for at in range(0, len(text), 14):
            text[at] = text[at].title() if at == 0 else "\n" + text[at].title()
        yield Doc(
            key,
            " ".join(rng.choices(words, cum_weights=weights, k=4)).capitalize(),
            " ".join(text),
            tags=rng.choice(words),
        )


def _measure(asked: argparse.Namespace) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samband.config.settings")
    import django

    django.setup()
    from django.db import connection

    from samband.core import search
    from samband.core.models import SearchEntry, SearchPosting, SearchWord

    docs = list(documents(asked.documents, random.Random(asked.seed)))
    wall, cpu = time.perf_counter(), time.process_time()
    search.index_many("text", docs)
    print(
        f"indexed in {time.perf_counter() - wall:.0f} s, {time.process_time() - cpu:.0f} s of them our own processor time"
    )
    print(
        f"{SearchWord.objects.count():,} words, {SearchPosting.objects.count():,} postings, {SearchEntry.objects.count():,} texts"
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
        if connection.vendor == "sqlite":
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        else:
            cursor.execute("SELECT pg_database_size(current_database())")
        size, letters = cursor.fetchone()[0], sum(len(doc.text) for doc in docs)
        print(f"{size / 1e6:.0f} MB on disk; the texts themselves {letters / 1e6:.0f} million letters")
    print(f"{'question':<20}{'found':>8}{'median ms':>11}{'p95 ms':>9}{'cpu ms':>9}{'queries':>9}")
    for name, question in QUESTIONS.items():
        print(_row(name, question, asked.requests))
    return 0


def _row(name: str, question: str, requests: int) -> str:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from samband.core import search

    ask = lambda: search.find(question, ["text"], synonyms=lambda word: OTHER.get(word, []))  # noqa: E731
    with CaptureQueriesContext(connection) as made:
        found = ask().total
    times = []
    cpu = time.process_time()
    for _ in range(requests):
        begun = time.perf_counter()
        ask()
        times.append((time.perf_counter() - begun) * 1000)
    each = (time.process_time() - cpu) / requests * 1000
    late = statistics.quantiles(times, n=20)[-1] if requests > 1 else times[0]
    return f"{name:<20}{found:>8,}{statistics.median(times):>11.1f}{late:>9.1f}{each:>9.1f}{len(made):>9}"


if __name__ == "__main__":
    raise SystemExit(main())
