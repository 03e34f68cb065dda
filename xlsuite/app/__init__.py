"""The use cases: the only place that joins hosts, forms, scoring, rules, prose and reports."""
