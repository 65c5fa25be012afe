"""The URL table. Every module brings its own; a view without a policy decision is refused (core.middleware)."""

from importlib.util import find_spec

from django.urls import include, path

MODULES = (
    "web",
    "board",
    "meetings",
    "library",
    "resources",
    "dialogue",
    "regions",
    "guidelines",
    "plans",
    "contact",
    "notices",
    "records",
    "review",
    "people",
    "access",
    "ui",
)

urlpatterns = [path("", include(f"samband.{name}.urls")) for name in MODULES if find_spec(f"samband.{name}.urls")]

handler403 = "samband.core.errors.forbidden"
handler404 = "samband.core.errors.not_found"
handler500 = "samband.core.errors.broken"
