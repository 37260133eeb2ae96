"""Serves the portal's static files and the page shell in the reader's language."""
