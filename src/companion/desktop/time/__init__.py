"""My time with customers: private, and plain."""
