"""The sample company: people, customers, calendars and a past year, made from a seed and a date and nothing else."""
