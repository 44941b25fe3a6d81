"""deploy/ and docs/operations.md do what they say."""
