"""Invented people and figures for the living page. Nobody here exists; numbers are from ranges kept for fiction."""

from samband.ui.design_data.board import board
from samband.ui.design_data.ground import COLOURS, OWN_PLACES, PLACES
from samband.ui.design_data.own import day, own
from samband.ui.design_data.parts import parts
from samband.ui.design_data.people import person_page

SCREENS = {"board": board, "person": person_page, "own": own, "day": day}

__all__ = ["COLOURS", "OWN_PLACES", "PLACES", "SCREENS", "parts"]
