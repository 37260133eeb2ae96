"""Ways to a person: mail now; SMS and postbox get a module each with the same protocol."""
