"""The same checks for other programs: CDS Hooks, a JSON API and a page,
in one process that keeps nothing and logs no content.
"""
