"""Where passwords are: sealed with a key from the keyring or of a passphrase, else in memory. Never plain on disk."""
