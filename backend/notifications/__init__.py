"""Messages in the recipient's language and their delivery."""
