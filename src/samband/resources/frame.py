"""What resources hangs on the frame."""


def fill() -> None:
    """Called once, when the application is ready."""
    from samband.resources import slots_today

    slots_today.fill()
