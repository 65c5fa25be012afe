"""What is worth a second look in the log, how a sample is drawn, how a check moves. Pure: no Django, no database."""
