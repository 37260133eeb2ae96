"""Tools for authors of packages: lint, cases, preview, publishing. Nothing here runs for a citizen."""
