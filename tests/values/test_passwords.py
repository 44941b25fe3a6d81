"""What a hash of a password costs whoever guesses."""

from server.values.passwords import hash_password


def test_a_hash_is_argon2id_with_the_memory_and_passes_of_rfc_9106() -> None:
    assert hash_password("a password").startswith("$argon2id$v=19$m=65536,t=3,p=4$")
