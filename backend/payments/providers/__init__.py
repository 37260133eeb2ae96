"""Ways to have a fee paid: a payment service (XBezahldienste), an invoice, the counter of the office."""
