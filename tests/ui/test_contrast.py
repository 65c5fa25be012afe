"""Every colour pair of the stylesheet is told apart well enough, light and dark (WCAG 1.4.3, 1.4.6, 1.4.11)."""

import pytest

from samband.ui import colour

THEMES = colour.themes()


def test_the_stylesheet_has_its_three_sets():
    assert set(THEMES) == {"light", "system-dark", "dark"}
    assert THEMES["dark"] == THEMES["system-dark"]
    assert set(THEMES["light"]) == set(THEMES["dark"])


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ground", colour.GROUNDS)
@pytest.mark.parametrize("text", colour.TEXTS)
def test_text(theme, ground, text):
    target = {"ink": 7, "ink-2": 6.8}.get(text, 4.5)
    assert colour.contrast(THEMES[theme][text], THEMES[theme][ground]) >= target


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ground", colour.GROUNDS)
@pytest.mark.parametrize("shape", colour.SHAPES)
def test_shapes_and_control_edges(theme, ground, shape):
    assert colour.contrast(THEMES[theme][shape], THEMES[theme][ground]) >= 3


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), [("on-spruce", "spruce"), ("paper", "ink"), ("paper", "red")])
def test_text_on_a_filled_ground(theme, text, ground):
    assert colour.contrast(THEMES[theme][text], THEMES[theme][ground]) >= 4.5


def test_the_values_are_those_of_the_design():
    """A slip of the hand in one digit shows here."""
    light = {name: THEMES["light"][name] for name in ("paper", "ink", "spruce", "red", "slate")}
    assert light == {"paper": "#F7F3EA", "ink": "#17211D", "spruce": "#1C5A46", "red": "#9E2418", "slate": "#41586A"}


def test_contrast_knows_the_ends_of_the_scale():
    assert colour.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert colour.contrast("#777777", "#777777") == 1
