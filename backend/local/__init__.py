"""The local machine: embedded PostgreSQL, processes and mail catcher for development and tests."""
