"""The audit, sealed: batches in a chain, signed checkpoints outside the database (docs/decisions/0108-sealed-audit.md)."""
