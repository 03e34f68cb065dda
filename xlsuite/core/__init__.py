"""The pure domain: the typed form, values, findings, scorecards, profiles and the rule registry."""
