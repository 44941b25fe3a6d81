"""Who may sign in, how a token proves it, and what each role may do."""
