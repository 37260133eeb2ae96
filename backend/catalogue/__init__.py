"""Authorities, offices, services, fees and documents, with their texts in every language."""
