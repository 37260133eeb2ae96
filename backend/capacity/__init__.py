"""What an office can do in a day: opening periods, desks, breaks, closures, access needs."""
