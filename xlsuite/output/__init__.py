"""Formats of results: text, JSON, tables, SARIF, JUnit, workbook, HTML; all of the one record of a file."""
