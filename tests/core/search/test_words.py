"""Words, stems and nearness, by tables."""

import pytest

from samband.core.search.near import nearest, slips, slips_allowed
from samband.core.search.words import folded, matches, stem, tokens

FORMS = [
    "vård vården vårdens vårds",
    "patientkontrakt patientkontraktet patientkontraktets patientkontrakten patientkontrakts",
    "plan planen planer planerna planernas plans",
    "handlingsplan handlingsplanen handlingsplaner handlingsplanernas",
    "kommun kommunen kommuner kommunerna kommunernas kommuns",
    "invånare invånaren invånarna invånarnas invånares",
    "medarbetare medarbetaren medarbetarna",
    "läkare läkaren läkarna läkares",
    "team teamet teamen teams",
    "program programmet programmen",
    "hem hemmet hemmen",
    "hälsa hälsan hälsans",
    "möte mötet möten mötena mötes",
    "arbete arbetet arbeten arbetets",
    "område områden området områdets områdena",
    "samverka samverkan samverkar",
    "samordna samordnar samordnade samordnad samordnat",
    "digital digitalt digitala",
    "gemensam gemensamt gemensamma",
    "viktig viktigt viktiga",
    "psykisk psykiskt psykiska",
    "kompetens kompetensen kompetenser kompetensens",
    "verksamhet verksamheten verksamheter verksamheternas",
    "överenskommelse överenskommelsen överenskommelser överenskommelserna",
    "region regionen regioner regionernas regions",
    "psykiatri psykiatrin psykiatrins",
    "vårdcentral vårdcentralen vårdcentraler vårdcentralerna",
    "sjukhus sjukhuset sjukhusen sjukhusens",
    "resurs resursen resurser resursernas",
    "process processen processer processens",
    "fråga frågan frågor frågorna",
    "bil bilen bilar bilarna",
    "barn barnet barnen barnens barns",
    "råd rådet råden rådets",
    "mål målet målen målets",
    "äldre äldres",
    "kommitté kommittén",
]
OTHERS = [
    "vård värd",
    "mål mal",
    "råd rad",
    "läkare läkemedel",
    "arbete arbiträr",
    "för får",
    "plan plats",
    "hem hen",
    "barn bar",
]


@pytest.mark.parametrize("line", FORMS, ids=lambda line: line.split()[0])
def test_forms_have_one_stem(line):
    assert len({stem(folded(word)) for word in line.split()}) == 1, {word: stem(folded(word)) for word in line.split()}


@pytest.mark.parametrize("line", OTHERS)
def test_other_words_have_another(line):
    one, other = line.split()
    assert stem(folded(one)) != stem(folded(other))


@pytest.mark.parametrize("line", FORMS, ids=lambda line: line.split()[0])
def test_a_stem_is_the_beginning_of_its_word_and_its_own_stem(line):
    for word in map(folded, line.split()):
        assert word.startswith(stem(word))
        assert stem(stem(word)) == stem(word)


MATCHES = [
    ("vård", "vård", "exact"),
    ("VÅRD", "vård", "exact"),
    ("vårdens", "vård", "form"),
    ("vård", "vårdens", "form"),
    ("värd", "vård", ""),
    ("vard", "vård", ""),
    ("hemsjukvården", "vård", "compound"),
    ("vårdcentral", "vård", "compound"),
    ("hemsjukvårdsteam", "vård", "compound"),
    ("hemmonitorering", "monitorering", "compound"),
    ("distansmonitoreringens", "monitorering", "compound"),
    ("hemmonitorering", "hemmon", "compound"),
    ("patientkontrakt", "patientkontraktet", "form"),
    ("ehälsa", "hälsa", "compound"),
    ("E-hälsa", "ehälsa", "exact"),
    ("ohälsa", "hälsa", "compound"),
    ("läkarbil", "läkare", "compound"),
    ("äldresjukvårdsteam", "team", "compound"),
    ("standard", "tand", ""),
    ("område", "råd", ""),
    ("samordning", "ord", ""),
    ("2035", "2035", "exact"),
    ("20351", "2035", ""),
    ("1177", "177", ""),
    ("Hélène", "helene", "exact"),
    ("sjukvård", "hemsjukvård", ""),
    ("målområdena", "område", "compound"),
]


@pytest.mark.parametrize(("word", "query", "answer"), MATCHES)
def test_matches(word, query, answer):
    assert matches(word, query) == answer


def test_words_of_a_text_stand_where_they_stand():
    text = "Hälso- och sjukvård, e-hälsa; SIP:ar år 2019–2022 (Å)."
    found = [(token.word, text[token.start : token.end]) for token in tokens(text)]
    assert [word for word, _ in found] == ["hälso", "och", "sjukvård", "ehälsa", "sip", "ar", "år", "2019", "2022", "å"]
    assert ("ehälsa", "e-hälsa") in found


@pytest.mark.parametrize("text", ["", " ", "—", "\x00", "́", "😀", "a" * 10_000, "'; DROP TABLE core_user; --", "%_\\"])
def test_odd_texts_have_words_or_none(text):
    assert all(0 < len(token.word) <= 80 for token in tokens(text))


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [
        ("vård", "vård", 0),
        ("vård", "vråd", 1),
        ("kontrakt", "kontrat", 1),
        ("kontrakt", "kontraktt", 1),
        ("abc", "xyz", 3),
        ("", "ab", 2),
    ],
)
def test_slips(one, other, far):
    assert slips(one, other, 3) == slips(other, one, 3) == far
    assert slips(one, other, 0) == min(far, 1)


@pytest.mark.parametrize(
    ("word", "words", "answer"),
    [
        ("patientkotrakt", "patientkontrakt patient partnerskap", ["patientkontrakt"]),
        ("patientkotrakt", "patientkontraktets patientkontraktet", ["patientkontraktet", "patientkontraktets"]),
        ("hemmonitorerng", "monitorering hemmonitorering", ["hemmonitorering"]),
        ("vrådplan", "vårdplan vårdplanen värdplan", ["vårdplan", "vårdplanen", "värdplan"]),
        ("vård", "värd vårt", []),
        ("2035", "2030", []),
        ("hälsa", "halsa hälsa", ["halsa"]),
    ],
)
def test_the_nearest_words(word, words, answer):
    assert nearest(word, {other: stem(other) for other in words.split()}) == answer


def test_short_words_and_numbers_have_no_slips():
    assert slips_allowed("2035") == slips_allowed("sip") == 0
