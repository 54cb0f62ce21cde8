"""What was heard, told: compose, audience, deliveries, channels and readers' answers."""
