"""What dialogue hangs on the frame."""


def fill() -> None:
    """Called once, when the application is ready."""
