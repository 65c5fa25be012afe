"""Forms of the module, a file for each part."""
