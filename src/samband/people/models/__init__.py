from samband.people.models.imports import ImportRun
from samband.people.models.organizations import Area, OpeningHours, Organization, Unit
from samband.people.models.persons import EarlierNumber, Flag, Person, Relative
from samband.people.models.staff import Assignment, ContactRole, Staff

__all__ = [
    "Area",
    "Assignment",
    "ContactRole",
    "EarlierNumber",
    "Flag",
    "ImportRun",
    "OpeningHours",
    "Organization",
    "Person",
    "Relative",
    "Staff",
    "Unit",
]
