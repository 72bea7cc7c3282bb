"""doseref: a medication and supplement reference checker."""
