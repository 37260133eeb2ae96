"""Booking's commands: the stock, and whether everything that must hold does hold."""

from __future__ import annotations

from backend.booking import commands_stock

commands = (*commands_stock.commands,)
