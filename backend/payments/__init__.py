"""Payment intents, receipts and refunds, with their providers."""
