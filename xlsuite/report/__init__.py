"""The narrative report: what may be said, the templates, and the fast path from form to Word."""
