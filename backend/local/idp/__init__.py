"""The local OpenID Connect provider: stands in for the accounts of citizens and of staff. Never in production."""
