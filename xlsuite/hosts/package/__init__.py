"""Workbook packages (.xlsx and its kin): read fast, written back with every untouched byte kept."""
