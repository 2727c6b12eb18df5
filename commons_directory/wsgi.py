import os
import signal
from threading import Thread

from django.core.wsgi import get_wsgi_application

from commons_directory.unprivileged import ask_for_signal_when_parent_dies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commons_directory.settings")

if "COMMONS_SUPERVISED" in os.environ:
    # The web server's processes would outlive it when it is killed, and hold the port. It leads their session.
    ask_for_signal_when_parent_dies(signal.SIGTERM, parent=os.getsid(0))

application = get_wsgi_application()


def warm_up() -> None:
    """Read what means what, where everybody stands, and the outlines of the continents, before the first reader has to
    wait for them: the encoder, and what knows languages, read their vocabularies when they are first asked, which takes
    seconds."""
    from django.db import DatabaseError, connection

    from initiatives.drawing.atlas import atlas
    from initiatives.importing.languages import detected
    from initiatives.models.finding import current_directory
    from initiatives.overlap.encoder import default_encoder

    atlas()
    if encoder := default_encoder():
        encoder.encode(["repair"])
    detected("repair")
    try:
        current_directory()
    except DatabaseError:
        pass  # Whoever asks later waits a moment, or is told what is wrong.
    finally:
        connection.close()


Thread(target=warm_up, daemon=True).start()
