"""The plan's addresses. Ids are public; nothing that was searched for or written stands in one."""

from django.urls import path

from samband.plans.views import actions, day, history, marks, merge, parties, parts, person, plain, prints, together

app_name = "plans"
urlpatterns = [
    path("persons/<uuid:person>/", person.page, name="person"),
    path("persons/<uuid:person>/print/", prints.staff, name="print"),
    path("plain/", plain.page, name="plain"),
    path("my/print/", prints.own, name="my_print"),
    path("persons/<uuid:person>/history/", history.page, name="history"),
    path("persons/<uuid:person>/plan/new/", parties.start, name="start"),
    path("persons/<uuid:person>/parties/", parties.page, name="parties"),
    path("persons/<uuid:person>/capacity/", parties.capacity, name="capacity"),
    path("persons/<uuid:person>/words/", parts.words, name="words"),
    path("persons/<uuid:person>/story/", parts.story, name="story"),
    path("persons/<uuid:person>/goals/new/", parts.goal_new, name="goal_new"),
    path("persons/<uuid:person>/situations/new/", parts.situation_new, name="situation_new"),
    path("persons/<uuid:person>/follow-ups/new/", parts.follow_up_new, name="follow_up_new"),
    path("persons/<uuid:person>/events/new/", parts.event_new, name="event_new"),
    path("persons/<uuid:person>/actions/new/", actions.new, name="action_new"),
    path("parties/<uuid:party>/withdraw/", parties.withdraw, name="withdraw"),
    path("goals/<uuid:goal>/", parts.goal, name="goal"),
    path("situations/<uuid:situation>/", parts.situation, name="situation"),
    path("situations/<uuid:situation>/edit/", parts.situation_edit, name="situation_edit"),
    path("situations/<uuid:situation>/now/", parts.situation_now, name="situation_now"),
    path("follow-ups/<uuid:followup>/", parts.follow_up, name="follow_up"),
    path("follow-ups/<uuid:followup>/edit/", parts.follow_up_edit, name="follow_up_edit"),
    path("actions/preview/", actions.preview, name="preview"),
    path("actions/<uuid:action>/", actions.page, name="action"),
    path("actions/<uuid:action>/edit/", actions.edit, name="action_edit"),
    path("actions/<uuid:action>/together/", together.page, name="together"),
    path("actions/<uuid:action>/together/undo/<int:number>/", together.undo, name="together_undo"),
    path("actions/<uuid:action>/propose/", actions.propose, name="propose"),
    path("actions/<uuid:action>/at/<str:stamp>/", marks.page, name="occurrence"),
    path("actions/<uuid:action>/at/<str:stamp>/undo/<int:version>/", marks.undo, name="undo"),
    path("proposals/<uuid:proposal>/", actions.answer, name="proposal"),
    path("merge/", merge.save, name="merge"),
    path("day/", day.page, name="day"),
]
