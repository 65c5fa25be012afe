"""Rooms: in by a code without an account under `/r/`, led and read under `/dialogue/rooms/`."""

from django.urls import path

from samband.dialogue.views import room_join, room_lead, room_open, room_screen, room_seat

urlpatterns = [
    path("r/", room_join.enter, name="room_enter"),
    path("r/<str:room_code>/", room_join.join, name="room_join"),
    path("r/s/<uuid:room>/", room_seat.page, name="room_seat"),
    path("r/s/<uuid:room>/live/", room_seat.live, name="room_seat_live"),
    path("r/s/<uuid:room>/note/", room_seat.note, name="room_note"),
    path("r/s/<uuid:room>/back/", room_seat.take_back, name="room_take_back"),
    path("r/s/<uuid:room>/agree/", room_seat.agree, name="room_agree"),
    path("r/s/<uuid:room>/card/", room_seat.card, name="room_card"),
    path("r/s/<uuid:room>/leave/", room_seat.leave, name="room_leave"),
    path("dialogue/rooms/", room_open.listing, name="rooms"),
    path("dialogue/rooms/new/", room_open.new, name="room_new"),
    path("dialogue/rooms/<uuid:room>/", room_open.page, name="room"),
    path("dialogue/rooms/<uuid:room>/take-over/", room_open.take_over, name="room_take_over"),
    path("dialogue/rooms/<uuid:room>/lead/", room_lead.page, name="room_lead"),
    path("dialogue/rooms/<uuid:room>/lead/live/", room_lead.live, name="room_lead_live"),
    path("dialogue/rooms/<uuid:room>/do/", room_lead.do, name="room_do"),
    path("dialogue/rooms/<uuid:room>/edit/", room_lead.edit, name="room_edit"),
    path("dialogue/rooms/<uuid:room>/paper/", room_lead.paper, name="room_paper"),
    path("dialogue/rooms/<uuid:room>/leaders/", room_lead.leaders, name="room_leaders"),
    path("dialogue/rooms/<uuid:room>/screen/", room_screen.page, name="room_screen"),
    path("dialogue/rooms/<uuid:room>/screen/live/", room_screen.live, name="room_screen_live"),
]
