import pytest

from tests.people.files import use_folder


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    """Files of a test lie in the test's own folder."""
    use_folder(settings, tmp_path)
    return tmp_path / "uploads"
