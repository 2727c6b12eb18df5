import os
from threading import Thread

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commons_directory.settings")

application = get_wsgi_application()


def warm_up() -> None:
    """Read what means what into memory, so that the first who searches does not wait for it."""
    from initiatives.overlap.encoder import default_encoder

    default_encoder()


Thread(target=warm_up, daemon=True).start()
