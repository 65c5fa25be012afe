"""What of this module is a person's own (core/extract.py)."""
