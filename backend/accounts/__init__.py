"""Citizens, staff, roles and sessions; signs in at two OIDC issuers."""
