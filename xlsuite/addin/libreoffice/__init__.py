"""LibreOffice: an xlwings engine over UNO, and the extension that hands the open document to Python.

Only BSD-licensed parts of xlwings are used. Outside LibreOffice's own Python nothing here is imported before it is
needed, because ``uno`` belongs to one exact Python version.
"""
