"""Word lists that the reading of reports uses, each a TOML file."""
