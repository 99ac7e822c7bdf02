"""BLAKE2b (RFC 7693), with which content and keys are hashed."""

try:
    from _blake2 import blake2b as blake2b  # hashlib, its home, loads OpenSSL first, which takes longer than most rules
except ImportError:  # another Python than CPython
    from hashlib import blake2b as blake2b

__all__ = ["blake2b"]
