"""What the tests are written with. Nothing here imports the server: the contract is written down a second time."""
