"""Calls to meetings, minutes, the own pages. No search text or name stands in any address."""

from django.urls import path

from samband.meetings.views import agenda, answers, call, lists, meeting, minutes, own

app_name = "meetings"
urlpatterns = [
    path("meetings/", lists.listing, name="meetings"),
    path("meetings/search/", lists.search, name="search"),
    path("persons/<uuid:person>/meetings/new/", call.new, name="new"),
    path("persons/<uuid:person>/meetings/fit/", call.fit, name="fit"),
    path("meetings/<uuid:meeting>/", meeting.page, name="meeting"),
    path("meetings/<uuid:meeting>/print/", meeting.paper, name="print"),
    path("meetings/<uuid:meeting>/move/", call.move, name="move"),
    path("meetings/<uuid:meeting>/cancel/", call.cancel, name="cancel"),
    path("meetings/<uuid:meeting>/again/", call.again, name="again"),
    path("meetings/<uuid:meeting>/invite/", call.invite, name="invite"),
    path("meetings/<uuid:meeting>/agenda/", agenda.add, name="agenda"),
    path("meetings/<uuid:meeting>/agenda/refresh/", agenda.refresh, name="agenda_refresh"),
    path("agenda/<uuid:agendaitem>/do/", agenda.do, name="item_do"),
    path("agenda/<uuid:agendaitem>/notes/", minutes.notes, name="notes"),
    path("meetings/<uuid:meeting>/start/", minutes.start, name="start"),
    path("meetings/<uuid:meeting>/start/undo/", minutes.start_undo, name="start_undo"),
    path("meetings/<uuid:meeting>/minutes/", minutes.page, name="minutes"),
    path("meetings/<uuid:meeting>/live/", minutes.live, name="live"),
    path("meetings/<uuid:meeting>/decided/", minutes.decided, name="decided"),
    path("meetings/<uuid:meeting>/decide/", minutes.decide, name="decide"),
    path("meetings/<uuid:meeting>/finish/", minutes.finish, name="finish"),
    path("meetings/<uuid:meeting>/correct/", minutes.correct, name="correct"),
    path("decisions/<uuid:decision>/undo/", minutes.undo, name="decision_undo"),
    path("attendees/<uuid:attendee>/answer/", answers.answer, name="answer"),
    path("attendees/<uuid:attendee>/undo/", answers.undo, name="answer_undo"),
    path("attendees/<uuid:attendee>/edit/", answers.edit, name="attendee_edit"),
    path("attendees/<uuid:attendee>/there/", answers.there, name="there"),
    path("attendees/<uuid:attendee>/calendar/", answers.calendar, name="calendar"),
    path("my/meetings/", own.listing, name="my_meetings"),
    path("my/meetings/<uuid:meeting>/", own.page, name="my_meeting"),
    path("my/meetings/<uuid:meeting>/talk/", own.talk, name="my_talk"),
]
