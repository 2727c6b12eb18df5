"""Settings, one file for every place: what differs between places comes from the environment.

docs/operating.md lists the variables.
"""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from commons_directory import environment
from commons_directory.database import data_folder, databases
from commons_directory.mailing import mail_from, mailers

BASE_DIR = Path(__file__).resolve().parent.parent

DEBUG = environment.flag("DEBUG")
# Whether this is the demonstration, on somebody's own machine (checks.py). `./run` alone sets it.
DEMO = environment.flag("DEMO")
DATA_DIR = data_folder()

SECRET_KEY = environment.text("SECRET_KEY")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY is missing or short: set it to at least 50 random characters.")
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS is “*”: name the hosts that this site answers to, separated by commas.")
# Where the site stands for people: links in mails, feeds and exports begin with it.
BASE_URL = environment.text("BASE_URL", "http://localhost:8000").rstrip("/")
if not BASE_URL.startswith(("http://", "https://")):
    raise ImproperlyConfigured(
        f"BASE_URL is “{BASE_URL}”: write the site's whole address, such as https://example.org."
    )
HTTPS = BASE_URL.startswith("https://")
# Who answers for this site towards the people in it: pages and mails name them.
OPERATOR = {
    "name": environment.text("OPERATOR_NAME") or "Commons Directory",
    "address": environment.text("OPERATOR_ADDRESS"),
    "email": environment.text("OPERATOR_EMAIL"),
}

INSTALLED_APPS = [
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_filters",
    "taggit",
    "initiatives",
    "commons_directory",
]

MIDDLEWARE = [
    # First: what the others refuse passes through these two.
    "commons_directory.headers.SecurityHeaders",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # A list of ninety kilobytes travels in ten. Static files lie there compressed already.
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "initiatives.views.network.AskedBy",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "commons_directory.urls"
WSGI_APPLICATION = "commons_directory.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
FORM_RENDERER = "initiatives.forms.renderer.FormRenderer"

DATABASES = databases()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "initiatives.User"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "my-listings"
# Nobody has a password: people sign in by a mailed code or a passkey (views/signing_in.py), which open the session
# themselves. This one only finds who a session belongs to, and what Django's admin lets them do.
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "initiatives.views.adapters.AccountAdapter"
# Five tries at each code of eight digits, and five codes an hour for one address: guessing takes centuries.
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "30/h/ip,5/h/key",
    "login_failed": "20/m/ip,5/300s/key",
    "passkey": "20/m/ip",
}
MFA_ADAPTER = "initiatives.views.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
# A clock may be half a minute wrong.
MFA_TOTP_TOLERANCE = 1
# Our own views ask again who it is, of everybody and not only of those with a second factor (views/bounds.py).
MFA_REAUTHENTICATION_REQUIRED = False
# Messages after a deed travel in the session of who did it, so that no other cookie is needed.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# What is counted to slow down guessing is counted once for all web processes.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

MAILERS = mailers(DATA_DIR)
DEFAULT_FROM_EMAIL = mail_from(BASE_URL)
# How many mails an hour go to addresses that never took part, from all forms together (models/admission.py). Three
# cities that each open their directory with a workshop of thirty at the same time stay below.
MAILS_TO_STRANGERS = environment.number("MAILS_TO_STRANGERS", 100, least=0, most=100_000)

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("nl", _("Dutch"))]
LOCALE_PATHS = [BASE_DIR / "initiatives" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
FORMAT_MODULE_PATH = ["commons_directory.formats"]
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "commons_directory.stylesheets.BundledStaticFilesStorage"},
}

TAGGIT_CASE_INSENSITIVE = True

# Nothing is allowed but what the pages use: our own styles, images and forms. A view with a script says so itself.
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.NONE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "connect-src": [CSP.NONE],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "initiatives.views.errors.forged"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
# Asked from inside, without a proxy.
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
BEHIND_PROXY = environment.flag("BEHIND_PROXY")
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

# One line an event on the console, where whoever started the site looks. It names nobody and opens nothing.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "commons_directory.logs.DiscreetFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # Every page that is not there and every name that is not ours would be a line.
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
