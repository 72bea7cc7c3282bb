"""Medication lists as they come in: text, tables, workbooks, JSON and FHIR → items as given, each with its place."""
