"""What a spreadsheet program loads: macros and ribbon for Excel, the extension and an xlwings engine for LibreOffice."""
