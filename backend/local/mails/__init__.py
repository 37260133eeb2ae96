"""Mails that were caught on this machine: kept as files, shown in the browser. Development and tests only."""
