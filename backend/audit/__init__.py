"""Append-only, hash-chained record of who did or saw what, written in the caller's transaction."""
