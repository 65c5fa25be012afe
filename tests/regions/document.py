"""A small invented document of the shape: other order, missing parts, odd points. Nothing in it is true of any region."""

HEAD = "1\n\nPåhittat om regioner\n\n2021-03-01\n\n"
WEST = """Västra Götalandsregionen

Inriktning, målbild och målområden

- Arbetet utgår från strategin *Nära dig 2031*.
- Strategin beslutades av regionfullmäktige 2019.
 - Under den står en underpunkt

Exempel på prioriterade utvecklingsområden

- **Lånade cyklar** – Pilot i samverkan mellan Region Dalarna och Påhitts kommun.
1. Första
2) Andra
- Sista
fortsätter på nästa rad

Exempel på gemensamma satsningar i samverkan mellan region och kommuner

- Kafé på hjul – Startade 2018 tillsammans med länets kommuner.
"""
NORTH = """Region Dalarna

Organisation för att styra och leda omställningsarbetet mot en god och nära vård

- Hälsa- och sjukvårdsdirektören leder arbetet.

Målbild för allt

Samverkan inom Påhitt

- Kaffegruppen för vård, KGV, består av chefer från kommunerna.
- Det finns en styrgrupp för nära vård med representanter från kommunerna och regionen.

Inriktning och målområden

Ett stycke som slutar med punkt. Arbetet pågår fram till 2033.

Exempel på prioriterade utvecklingsområden

En bild

Region Dalarna

Exempel på gemensamma satsningar

Inget är bestämt.
"""
OTHER = """Region Påhitt

Inriktning, målbild och målområden

- En punkt.
"""
TEXT = HEAD + WEST + "\n" + NORTH + "\n" + OTHER
