"""Calendar accounts, what a calendar tells, the privacy gate and the plan that takes it in."""
