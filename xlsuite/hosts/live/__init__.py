"""An open workbook as a host, through xlwings' public objects and any of its desktop engines.

host = LiveHost(xw.Book.caller())
book = host.snapshot()
host.mark(marks, findings)
"""

from xlsuite.hosts.live.host import LiveHost

__all__ = ["LiveHost"]
