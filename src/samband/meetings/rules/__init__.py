"""Pure rules of meetings: who may, which times fit, the agenda from the plan, two who write at once, iCalendar. No Django."""
