"""The one door to the compiled kernels (imported with their cache in the right folder)."""

from .cache import compiled_in_cache

with compiled_in_cache():
    from . import kernel_cost, kernel_plain, kernel_ruin, kernel_scan, kernel_search, kernel_time

__all__ = ["kernel_cost", "kernel_plain", "kernel_ruin", "kernel_scan", "kernel_search", "kernel_time"]
