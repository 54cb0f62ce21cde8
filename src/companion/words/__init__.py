"""Code and facts in, a sentence out: what a person reads is made here or in a template."""
