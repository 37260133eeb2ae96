"""Amtsweg: the JSON backend of the citizen-service portal."""
