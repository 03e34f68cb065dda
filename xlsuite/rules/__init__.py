"""The checks, one module per family or part of a family; every module here is found by the registry."""
