from samband.meetings.models.meeting import Attendee, Meeting, MeetingEvent
from samband.meetings.models.minutes import AgendaItem, Correction, Decision, NoteVersion

__all__ = ["AgendaItem", "Attendee", "Correction", "Decision", "Meeting", "MeetingEvent", "NoteVersion"]
