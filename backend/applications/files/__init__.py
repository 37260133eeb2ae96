"""Attachments: received in pieces, stored encrypted, scanned, rewritten, and never handed out before they are clean."""
