"""When a notice goes where, to whom next, and how long it is kept: pure rules. No Django, no database."""
