import os
import signal

from django.core.wsgi import get_wsgi_application

from commons_directory.unprivileged import ask_for_signal_when_parent_dies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commons_directory.settings")

if "COMMONS_SUPERVISED" in os.environ:
    # The web server's processes would outlive it when it is killed, and hold the port.
    ask_for_signal_when_parent_dies(signal.SIGTERM)

application = get_wsgi_application()
