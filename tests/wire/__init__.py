"""The contract, asked of a real server process over real sockets."""
