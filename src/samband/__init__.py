"""Samband: one plan around each person, and the people who keep it."""
