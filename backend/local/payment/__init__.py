"""The local payment service: speaks XBezahldienste 1.0 and moves no money. Never in production."""
