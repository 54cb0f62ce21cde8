"""Plan: who could sit in the open reviews, and why; ops decide, then the hosts are asked."""
