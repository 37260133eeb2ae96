"""Use-cases of booking, one file each; they flush and never commit."""
