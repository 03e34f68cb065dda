"""Errors that say why the program could not work. A finding is the user's business; an error is ours to explain.

    XlsuiteError
    ├── UnreadableFile      the bytes are not a workbook or report that can be read
    │   └── ProtectedFile   encrypted, signed or otherwise closed to us
    ├── UnknownForm         a readable file, but no 自评表 in it
    ├── LimitExceeded       larger than one file may be
    ├── ProfileError        a profile file is wrong, or has no value for this year
    ├── TemplateError       a Word template cannot be used
    ├── HostUnavailable     the spreadsheet program does not answer, or is busy
    ├── StaleCell           the workbook changed since it was read; nothing was written
    ├── UnsafeWrite         writing would lose something; nothing was written
    └── UsageError          the request itself cannot be carried out

Every message is one plain Chinese sentence: what is wrong, where, and what to do next.
"""

from __future__ import annotations


class XlsuiteError(Exception):
    """Base of every error the product raises on purpose; ``str(error)`` may be shown to a clerk as it is."""


class UnreadableFile(XlsuiteError):
    """The file is not what its name says, is damaged, or cannot be opened."""


class ProtectedFile(UnreadableFile):
    """The file is encrypted or signed, so it can be neither read nor changed safely."""


class LimitExceeded(UnreadableFile):
    """The file is larger than the limits in ``hosts/limits.py``."""


class UnknownForm(XlsuiteError):
    """The workbook was read, but no visible sheet holds a self-evaluation form."""


class ProfileError(XlsuiteError):
    """A profile is unknown, ill-formed, or states no value for the form's year."""


class TemplateError(XlsuiteError):
    """A Word template has errors; ``problems`` lists all of them."""

    def __init__(self, message: str, problems: tuple[object, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems


class HostUnavailable(XlsuiteError):
    """A spreadsheet program or converter is missing, busy or does not answer."""


class StaleCell(XlsuiteError):
    """A cell no longer holds what was read from it; nothing was written."""


class UnsafeWrite(XlsuiteError):
    """The change cannot be made without risking other content; nothing was written."""


class UsageError(XlsuiteError):
    """The request names something that does not exist or cannot be combined."""
