"""The tests mirror server/; those under wire/ drive a real process over real sockets."""
