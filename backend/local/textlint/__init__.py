"""Checks every text a person reads: Leichte Sprache, plain German, and the faults each translation is prone to.

A clean run never makes a text "Leichte Sprache": people from the target group do. It only saves their time.
"""
