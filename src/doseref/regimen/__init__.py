"""Regimens: items as written → what they deliver → how that stands against each limit."""
