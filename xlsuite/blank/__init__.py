"""Building workbooks from a profile's ``[form]`` table: blank forms, and blank forms filled with given entries."""
