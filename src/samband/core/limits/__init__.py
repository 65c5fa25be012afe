"""How often: one table of limits (settings.LIMITS), counted in the database, so that all processes count together.

`counting`: `allowed`, `once`, `take_back`; `middleware`: which views are counted; `rules`: how limits are written (settings read
it before there is a database, so nothing is imported here).
"""
