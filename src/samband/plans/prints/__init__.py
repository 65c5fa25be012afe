"""The plan on paper: tagged PDF in three layouts, a sheet for the refrigerator door and a wallet card."""

from samband.plans.prints.typeset import LAYOUTS, pdf

__all__ = ["LAYOUTS", "pdf"]
