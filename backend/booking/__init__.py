"""Availability, holds and appointments: one stock of slots for every channel."""
