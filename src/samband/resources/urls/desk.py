"""The planner's desk."""

from django.urls import URLPattern, path

from samband.resources.views import desk, desk_moves, desk_plans, happenings

urlpatterns: list[URLPattern] = [
    path("visits/", desk.index, name="desk"),
    path("visits/pools/<uuid:pool>/", desk.day, name="desk_day"),
    path("visits/pools/<uuid:pool>/draft/", desk_plans.draft, name="desk_draft"),
    path("visits/plans/<uuid:dayplan>/", desk.page, name="desk_plan"),
    path("visits/plans/<uuid:dayplan>/data/", desk.data, name="desk_data"),
    path("visits/plans/<uuid:dayplan>/bar/", desk.bar, name="desk_bar"),
    path("visits/plans/<uuid:dayplan>/list/", desk.listing, name="desk_list"),
    path("visits/plans/<uuid:dayplan>/visits/<uuid:visit>/", desk_moves.visit, name="desk_visit"),
    path("visits/plans/<uuid:dayplan>/visits/<uuid:visit>/nearest/", desk_moves.nearest, name="desk_nearest"),
    path("visits/plans/<uuid:dayplan>/move/", desk_moves.move, name="desk_move"),
    path("visits/plans/<uuid:dayplan>/unplace/", desk_moves.unplace, name="desk_unplace"),
    path("visits/plans/<uuid:dayplan>/lock/", desk_moves.lock, name="desk_lock"),
    path("visits/plans/<uuid:dayplan>/other-day/", desk_moves.other_day, name="desk_other_day"),
    path("visits/plans/<uuid:dayplan>/undo/", desk_moves.undo, name="desk_undo"),
    path("visits/plans/<uuid:dayplan>/late/", happenings.late, name="desk_late"),
    path("visits/plans/<uuid:dayplan>/search/", desk_plans.search, name="desk_search"),
    path("visits/plans/<uuid:dayplan>/stop/", desk_plans.stop, name="desk_stop"),
    path("visits/plans/<uuid:dayplan>/compare/", desk_plans.compare, name="desk_compare"),
    path("visits/plans/<uuid:dayplan>/publish/", desk_plans.publish, name="desk_publish"),
    path("visits/plans/<uuid:dayplan>/unpublish/", desk_plans.unpublish, name="desk_unpublish"),
    path("visits/plans/<uuid:dayplan>/drop/", desk_plans.drop, name="desk_drop"),
    path("visits/plans/<uuid:dayplan>/keep/", desk_plans.keep, name="desk_keep"),
]
