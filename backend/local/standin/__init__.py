"""What the pages of all stand-ins for outside systems share: loopback only, no script, own texts."""
