"""Where files lie that no web server ever serves."""

from django.conf import settings
from django.core.files.storage import FileSystemStorage


def private_storage() -> FileSystemStorage:
    """This function will give the storage of files that no web server ever serves."""
    return FileSystemStorage(location=settings.BEFFROI_PRIVATE_FILES)
