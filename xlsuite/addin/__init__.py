"""What a spreadsheet program loads: macros and ribbon for Excel, extension and xlwings engine for LibreOffice."""
