"""Readers and writers: our own day format and the two public benchmark families."""
