"""Signing in at Microsoft: the browser, the code, the certificate, and tokens that renew themselves."""
