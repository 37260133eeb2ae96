"""Drafts, answers, attachments, submission, status and messages of online applications."""
