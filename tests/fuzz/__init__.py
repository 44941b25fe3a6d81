"""Random input: `make test` tries a little of it, `make fuzz` 100,000 inputs."""
