"""visit_planner: plans a day of home visits. Pure numpy and numba; knows neither Django nor samband."""
