"""Hosts: where a workbook comes from and where changes go, behind one snapshot type (``forms.grid.Book``)."""
