"""Form packages: loading, versions, validation, visibility and rules; no person's data."""
