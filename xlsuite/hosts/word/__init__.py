"""Word files (.docx): read as plain paragraphs and tables, and given comments without touching anything else."""
