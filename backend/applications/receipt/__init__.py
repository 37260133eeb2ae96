"""Receipts and letters: what they say as data, and as PDF/UA."""
