"""Many workbooks: local worker processes with limits per file, a journal to resume from, or a Dask cluster."""
