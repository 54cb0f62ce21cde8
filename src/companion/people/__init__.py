"""Leaders, staff, hosts and their teams; whose address is whose."""
