"""Persons, units, staff and imports. No search text or identity number stands in any of these addresses."""

from django.urls import path

from samband.people.views import contacts, flags, imports, persons, relatives, search, staff, starts, units

app_name = "people"
urlpatterns = [
    path("search/", search.search, name="search"),
    path("persons/", persons.listing, name="persons"),
    path("persons/export/", persons.export, name="export"),
    path("persons/start/", starts.start, name="start"),
    path("persons/start/confirm/", starts.confirm, name="start_confirm"),
    path("persons/start/new/", starts.new, name="person_new"),
    path("persons/<uuid:person>/facts/", persons.edit, name="person_edit"),
    path("persons/<uuid:person>/facts/flag/", flags.add, name="flag_add"),
    path("flags/<uuid:flag>/end/", flags.end, name="flag_end"),
    path("flags/<uuid:flag>/revive/", flags.revive, name="flag_revive"),
    path("persons/<uuid:person>/relatives/", relatives.listing, name="relatives"),
    path("persons/<uuid:person>/relatives/new/", relatives.new, name="relative_new"),
    path("relatives/<uuid:relative>/", relatives.edit, name="relative_edit"),
    path("relatives/<uuid:relative>/end/", relatives.end, name="relative_end"),
    path("persons/<uuid:person>/contacts/", contacts.listing, name="contacts"),
    path("persons/<uuid:person>/contacts/<slug:contact_kind>/", contacts.appoint, name="contact_appoint"),
    path("contacts/<uuid:contact>/end/", contacts.end, name="contact_end"),
    path("units/", units.listing, name="units"),
    path("units/new/", units.new, name="unit_new"),
    path("units/<uuid:unit>/", units.page, name="unit"),
    path("units/<uuid:unit>/edit/", units.edit, name="unit_edit"),
    path("organizations/", units.organizations, name="organizations"),
    path("organizations/new/", units.organization_new, name="organization_new"),
    path("organizations/<uuid:organization>/", units.organization_edit, name="organization_edit"),
    path("staff/", staff.listing, name="staff_list"),
    path("staff/new/", staff.new, name="staff_new"),
    path("staff/<uuid:staff>/", staff.page, name="staff"),
    path("staff/<uuid:staff>/assignments/new/", staff.assignment_new, name="assignment_new"),
    path("assignments/<uuid:assignment>/", staff.assignment_edit, name="assignment_edit"),
    path("import/", imports.listing, name="imports"),
    path("import/template/<slug:import_kind>/", imports.template, name="import_template"),
    path("import/<uuid:run>/", imports.page, name="import"),
    path("import/<uuid:run>/commit/", imports.commit, name="import_commit"),
    path("import/<uuid:run>/again/", imports.again, name="import_again"),
    path("import/<uuid:run>/drop/", imports.drop, name="import_drop"),
]
