import os
from threading import Thread

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commons_directory.settings")

application = get_wsgi_application()


def warm_up() -> None:
    """Read what means what, and the outlines of the continents, before the first reader has to wait for them."""
    from initiatives.drawing.atlas import atlas
    from initiatives.overlap.encoder import default_encoder

    atlas()
    default_encoder()


Thread(target=warm_up, daemon=True).start()
