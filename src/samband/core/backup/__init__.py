"""Backup and restore: one encrypted file with the database and the uploads, built beside and put in place whole.

| file | what it is |
|---|---|
| `keys` | the key, in a file of its own |
| `sealed` | the form of the file: a readable header, then authenticated parts |
| `records` | what lies within: pieces of the database, uploads with their digests, an end |
| `places` | where a Samband lives: its database, its uploads |
| `sqlite`, `postgres` | one moment of a database read out; a database built from it |
| `uploads` | the files that belong to the moment |
| `making`, `restoring` | the two use cases (`samband backup`, `samband restore`) |
"""
