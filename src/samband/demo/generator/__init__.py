"""Generated persons: any number, the same for the same seed. See README.md of the module."""

from samband.demo.generator.run import generate

__all__ = ["generate"]
