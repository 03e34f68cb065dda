"""Reading narrative reports: from plain paragraphs to statements, relations and the audit built on them."""
