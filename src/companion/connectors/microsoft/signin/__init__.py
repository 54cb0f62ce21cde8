"""Signing in with MSAL: the browser, the listener, the tokens and why there are none."""
