"""Pure rules of resources: no Django, no database."""
