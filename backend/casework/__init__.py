"""Staff work list, assignment, review, requests for more, decisions with four eyes: what the office does with cases."""
