"""How large a signature and what it carries may be. Whoever makes a file keeps to what a reader of it takes."""

MAX_REST_BYTES = 1024 * 1024
"""Of a signature without its revocation lists: certificates, time-stamp and the signature itself take some 20 KB."""
MAX_LISTS_BYTES = 32 * 1024 * 1024
"""Of the signatures of one package together, nearly all of it revocation lists: 800,000 revoked certificates."""
MAX_CMS_BYTES = MAX_LISTS_BYTES
MAX_EMBEDDED = 64
"""Certificates, and lists, in one signature: a million empty ones take a verifier many seconds."""
MAX_LIST_BYTES = 32 * 1024 * 1024
MAX_LIST_FRAME_BYTES = 64 * 1024
"""Of a revocation list without its entries: names and extensions are made into objects, entries are not."""
