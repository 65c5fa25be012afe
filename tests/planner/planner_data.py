"""Small files of the three formats, and bad inputs: a name, the file, and words that the message must hold."""

import copy
import json

HHCRSP = {
    "patients": [
        {"id": "p1", "location": [0, 0], "time_window": [30, 90], "required_caregivers": [{"service": "s1"}]},
        {
            "id": "p2",
            "location": [3, 4],
            "time_window": [60, 120],
            "required_caregivers": [{"service": "s1"}, {"service": "s2", "duration": 15}],
            "synchronization": {"type": "sequential", "distance": [5, 20]},
        },
    ],
    "services": [{"id": "s1", "default_duration": 20}, {"id": "s2", "default_duration": 10}],
    "caregivers": [{"id": "c1", "abilities": ["s1"]}, {"id": "c2", "abilities": ["s1", "s2"]}],
    "central_offices": [{"id": "d", "location": [1, 1]}],
    "distances": [[0, 5, 7], [5, 0, 5], [7, 5, 0]],
}
UHHC = {
    "metadata": {
        "origin": "generated",
        "horizon": 600,
        "time_window_met": "at_service_end",
        "cost_components": {
            "travel_time": 2,
            "total_tardiness": 3,
            "total_waiting_time": 1,
            "max_idle_time": 4,
            "total_extra_time": 5,
            "optional_patients": 90,
            "missed_lunch_break": 40,
            "caregiver_preferences": 7,
        },
    },
    "distances": [[0, 5, 7], [6, 0, 5], [7, 5, 0]],
    "terminal_points": [{"id": "t", "distance_matrix_index": 0}],
    "services": [{"id": "s1", "default_duration": 20}, {"id": "s2", "default_duration": 10}],
    "caregivers": [
        {
            "id": "c1",
            "abilities": ["s1"],
            "departing_point": "t",
            "working_shift": {"start": 0, "end": 400},
            "lunch_break": True,
        },
        {"id": "c2", "abilities": ["s1", "s2"], "departing_point": "t", "working_shift": {"start": 60, "end": 500}},
    ],
    "patients": [
        {
            "id": "p1",
            "distance_matrix_index": 1,
            "time_windows": [{"start": 30, "end": 90}, {"start": 300, "end": 360}],
            "required_services": [{"service": "s1"}],
            "optional": True,
            "preferred_caregivers": ["c1"],
        },
        {
            "id": "p2",
            "distance_matrix_index": 2,
            "time_windows": [{"start": 100, "end": 190}],
            "required_services": [{"service": "s1"}, {"service": "s2"}],
            "synchronization": {"type": "simultaneous"},
            "incompatible_caregivers": [],
        },
    ],
    "lunch_breaks": {"start": 180, "end": 300, "min_duration": 30},
}
DAY = {
    "format": "visit-planner/1",
    "places": [{"id": "office", "position": [0, 0]}, {"id": "a", "position": [1, 2]}, {"id": "b"}],
    "travel": {"car": [[0, 5, 7], [5, 0, 4], [7, 4, 0]], "bike": [[0, 9, 14], [9, 0, 8], [14, 8, 0]]},
    "workers": [
        {
            "id": "w1",
            "competences": ["care", "nurse"],
            "means": "car",
            "employer": "town",
            "languages": ["fi"],
            "shifts": [
                {"start": 0, "end": 240, "from": "office"},
                {"start": 300, "end": 480, "from": "office", "to": "a"},
            ],
        },
        {
            "id": "w2",
            "competences": ["care"],
            "means": "bike",
            "employer": "region",
            "shifts": [{"start": 0, "end": 480, "from": "office", "break": {"start": 120, "end": 240, "duration": 30}}],
        },
    ],
    "visits": [
        {
            "id": "v1",
            "place": "a",
            "person": "anna",
            "parts": [{"competence": "care", "duration": 30}],
            "windows": [{"start": 30, "end": 60}],
            "hard": True,
            "preferred": ["w1"],
            "employer": "town",
        },
        {
            "id": "v2",
            "place": "b",
            "person": "anna",
            "sync": "simultaneous",
            "parts": [{"competence": "nurse", "duration": 20}, {"competence": "care", "duration": 20}],
            "windows": [{"start": 100, "end": 160}, {"start": 320, "end": 400}],
            "languages": ["fi"],
        },
        {
            "id": "v3",
            "place": "a",
            "parts": [{"competence": "care", "duration": 15}],
            "windows": [{"start": 0, "end": 400}],
            "optional": True,
            "price": 50,
            "priority": 2,
            "unwanted": ["w2"],
        },
    ],
    "prices": {
        "travel": 1,
        "tardiness": 5,
        "overtime": 3,
        "preferences": 10,
        "unwanted": 20,
        "language": 5,
        "crossing": 8,
        "waiting": 0.5,
        "unserved": 1,
        "missed_breaks": 30,
        "same_worker": 4,
    },
}


def changed(base, change):
    data = copy.deepcopy(base)
    change(data)
    return data


def bad_inputs():
    h, u, d = HHCRSP, UHHC, DAY
    return [
        ("broken JSON", '{"patients": [', ["line 1"]),
        ("not JSON numbers", json.dumps(h).replace("[0, 5, 7]", "[0, NaN, 7]"), ["NaN"]),
        ("a list", "[1, 2]", ["object"]),
        ("empty", "", ["JSON"]),
        ("nothing known", {"hello": 1}, ["HHCRSP"]),
        ("a solution", {"routes": []}, ["solution"]),
        ("other version", changed(d, lambda x: x.update(format="visit-planner/9")), ["visit-planner/1"]),
        ("no patients", changed(h, lambda x: x.update(patients=[])), ["patients"]),
        ("no caregivers", changed(h, lambda x: x.update(caregivers=[])), ["caregivers"]),
        (
            "unknown service",
            changed(h, lambda x: x["patients"][0]["required_caregivers"][0].update(service="s9")),
            ["p1", "s9"],
        ),
        ("unknown ability", changed(h, lambda x: x["caregivers"][0].update(abilities=["s9"])), ["c1", "s9"]),
        ("negative window", changed(h, lambda x: x["patients"][0].update(time_window=[-5, 20])), ["p1", "window"]),
        ("window backwards", changed(h, lambda x: x["patients"][0].update(time_window=[50, 20])), ["p1", "window"]),
        ("window past the day", changed(h, lambda x: x["patients"][0].update(time_window=[50, 5000])), ["p1"]),
        (
            "negative duration",
            changed(h, lambda x: x["patients"][0]["required_caregivers"][0].update(duration=-3)),
            ["p1", "duration"],
        ),
        ("matrix not square", changed(h, lambda x: x["distances"][1].pop()), ["distances", "row 1"]),
        ("matrix with a gap", changed(h, lambda x: x["distances"][1].__setitem__(2, None)), ["row 1, column 2"]),
        ("matrix negative", changed(h, lambda x: x["distances"][1].__setitem__(2, -4)), ["row 1, column 2"]),
        ("matrix too small", changed(h, lambda x: x.update(distances=[[0, 1], [1, 0]])), ["distances"]),
        ("nobody may", changed(h, lambda x: x["caregivers"][1].update(abilities=["s1"])), ["p2", "worker"]),
        ("one worker for two parts", changed(h, lambda x: x["caregivers"][0].update(abilities=[])), ["p2"]),
        (
            "same service twice",
            changed(h, lambda x: x["patients"][1].update(required_caregivers=[{"service": "s1"}, {"service": "s1"}])),
            ["p2"],
        ),
        ("id twice", changed(h, lambda x: x["patients"][1].update(id="p1")), ["p1", "once"]),
        ("gap backwards", changed(h, lambda x: x["patients"][1]["synchronization"].update(distance=[9, 2])), ["p2"]),
        ("no gap", changed(h, lambda x: x["patients"][1].update(synchronization={"type": "sequential"})), ["p2"]),
        ("unknown sync", changed(h, lambda x: x["patients"][1].update(synchronization={"type": "maybe"})), ["p2"]),
        ("patients not a list", changed(h, lambda x: x.update(patients={"a": 1})), ["patients"]),
        ("text as time", changed(h, lambda x: x["patients"][0].update(time_window=["9", 20])), ["p1"]),
        ("two offices", changed(h, lambda x: x["central_offices"].append({"id": "e"})), ["central_offices"]),
        ("unknown preferred", changed(u, lambda x: x["patients"][0].update(preferred_caregivers=["c9"])), ["p1", "c9"]),
        ("unknown terminal", changed(u, lambda x: x["caregivers"][0].update(departing_point="x")), ["c1"]),
        (
            "window past horizon",
            changed(u, lambda x: x["patients"][1].update(time_windows=[{"start": 700, "end": 900}])),
            ["p2"],
        ),
        (
            "shift backwards",
            changed(u, lambda x: x["caregivers"][0].update(working_shift={"start": 90, "end": 20})),
            ["c1"],
        ),
        ("unknown component", changed(u, lambda x: x["metadata"]["cost_components"].update(fun=3)), ["fun"]),
        ("index twice", changed(u, lambda x: x["patients"][0].update(distance_matrix_index=2)), ["matrix"]),
        ("lunch rule missing", changed(u, lambda x: x.pop("lunch_breaks")), ["lunch"]),
        (
            "incompatible with all",
            changed(u, lambda x: x["patients"][1].update(incompatible_caregivers=["c1", "c2"])),
            ["p2"],
        ),
        ("unknown place", changed(d, lambda x: x["visits"][0].update(place="moon")), ["v1", "moon"]),
        (
            "four parts",
            changed(d, lambda x: x["visits"][0].update(parts=[{"competence": "care", "duration": 5}] * 4)),
            ["v1", "three"],
        ),
        ("lock to unknown", changed(d, lambda x: x["visits"][0].update(locked_workers=["w9"])), ["v1", "w9"]),
        (
            "lock without competence",
            changed(d, lambda x: x["visits"][1].update(locked_workers=["w2"])),
            ["v2", "competence"],
        ),
        ("both parts locked to one", changed(d, lambda x: x["visits"][1].update(locked_workers=["w1", "w1"])), ["v2"]),
        ("locked out of a hard window", changed(d, lambda x: x["visits"][0].update(locked_start=200)), ["v1"]),
        ("unknown means", changed(d, lambda x: x["workers"][0].update(means="boat")), ["w1", "boat"]),
        ("shifts overlap", changed(d, lambda x: x["workers"][0]["shifts"][1].update(start=100)), ["w1"]),
        ("unknown price", changed(d, lambda x: x["prices"].update(joy=3)), ["joy"]),
        ("negative price", changed(d, lambda x: x["prices"].update(travel=-1)), ["prices.travel"]),
        ("day without visits", changed(d, lambda x: x.update(visits=[])), ["visits"]),
        ("day without workers", changed(d, lambda x: x.update(workers=[])), ["workers"]),
        ("promised to nobody", changed(d, lambda x: x.update(promised=[{"visit": "v1", "worker": "w9"}])), ["w9"]),
    ]
