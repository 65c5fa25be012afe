"""The check digit of personnummer and organisation numbers. Pure: rules ask it too."""


def luhn(digits: str) -> bool:
    """The check digit of the ten last digits of a personnummer or of an organisation number."""
    total = 0
    for place, char in enumerate(digits):
        value = int(char) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
