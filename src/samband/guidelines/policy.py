"""Who reads and keeps the common routines, registered with the decision point."""
