"""Data: numbers of the law with their source, by region and year; and how forms name their fields."""
