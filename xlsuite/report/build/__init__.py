"""Building the Word templates from the outlines: ``python -m xlsuite.report.build`` writes ``templates/*.docx``.

The layout follows GB/T 9704-2012. The same sources give the same bytes.
"""
