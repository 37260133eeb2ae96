"""The ground floor: everything that knows no domain word."""
