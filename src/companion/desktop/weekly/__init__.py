"""The weekly mails on one page: who gets which, who gets none, and one button that sends them."""
