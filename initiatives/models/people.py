from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import IntegrityError, models, transaction
from django.db.models import Exists
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from initiatives.models.budgets import MailAddress
from initiatives.models.mail import Mail
from initiatives.models.posting import write_to
from initiatives.models.refusals import IllegalDeed
from initiatives.models.roles import Appointment, Role

# No mail reaches an address that ends so, and nobody can have one.
DEMONSTRATION = "@commons.example"


class UserQuerySet(models.QuerySet["User"]):
    def with_email(self, email: str) -> "UserQuerySet":
        return self.filter(email__iexact=email)

    def of_demonstration(self) -> "UserQuerySet":
        """The people whom everybody may become there (fixtures/samples.toml)."""
        return self.filter(email__endswith=DEMONSTRATION).order_by("pk")

    def called(self, words: str) -> "UserQuerySet":
        """Whose name or address has these words in it."""
        return self.filter(models.Q(name__icontains=words) | models.Q(email__icontains=words)).order_by("name", "pk")

    def with_a_role(self) -> "UserQuerySet":
        appointed = Exists(Appointment.objects.in_force().filter(person=models.OuterRef("pk")))
        return self.filter(appointed).order_by("name", "pk")

    def with_roles(self) -> "UserQuerySet":
        """Each with its `roles_held`."""
        held = Appointment.objects.in_force().select_related("city")
        return self.prefetch_related(models.Prefetch("appointments", held, to_attr="roles_held"))

    def active_with_key(self, key: int) -> "User | None":
        return self.filter(is_active=True, pk=key).first()

    def keeping(self, listings: Iterable[int]) -> "UserQuerySet":
        """The stewards of these listings, each once."""
        return self.filter(is_active=True, stewardships__initiative__in=list(listings)).distinct().order_by("pk")


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, *, password: str | None = None, **fields: object) -> "User":
        """Somebody who signs in by mailed code or passkey; a password is rarely set."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def ready(self, email: str) -> "User":
        """Who has this address, or will have signed in with it once: for whoever runs the site."""
        return self.with_email(email).first() or self.create_user(email)

    def at(self, email: str, *, language: str) -> "User":
        """Who has this address; whoever has just shown that it is theirs has an account from then on."""
        MailAddress.objects.took_part(email)
        if found := self.with_email(email).first():
            return found
        try:
            with transaction.atomic():
                return self.create_user(email, language=language)
        except IntegrityError:  # the same code, typed in two windows
            return self.with_email(email).get()

    def create_superuser(self, email: str, *, password: str | None = None, **fields: object) -> "User":
        return self.create_user(email, password=password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who keeps or curates listings. Readers need no account."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    language = models.CharField(_("language of mails"), max_length=10, default="en")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = (models.UniqueConstraint(Lower("email"), name="user_email_unique"),)

    def __str__(self) -> str:
        return self.name or self.email

    @transaction.atomic
    def move(self, *, to: str) -> None:
        """To another address, which they have shown to be theirs; the old one is told."""
        if User.objects.with_email(to).exclude(pk=self.pk).exists():
            raise IllegalDeed(_("Somebody signs in with this address already."))
        MailAddress.objects.took_part(to)
        was, self.email = self.email, to
        self.save(update_fields=["email"])
        key = f"address-changed:{self.pk}:{timezone.now().isoformat()}"
        context = {"was": was, "to": to}
        Mail.objects.post("address-changed", to=was, key=key, context=context, language=self.language, person=self)

    # What they may do. Read once for each request.

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles that they were given and still have."""
        return frozenset(role for role, _city in self._appointed)

    @cached_property
    def cities_curated(self) -> frozenset[int]:
        """The cities that they are an officer of."""
        return frozenset(city for _role, city in self._appointed if city)

    @property
    def is_administrator(self) -> bool:
        return Role.ADMINISTRATOR in self.roles

    @property
    def is_broker(self) -> bool:
        return Role.BROKER in self.roles

    @property
    def is_curator(self) -> bool:
        """Whether a desk is theirs: an officer's, or an administrator's."""
        return self.is_administrator or bool(self.cities_curated)

    def may_curate(self, city: int | None) -> bool:
        """The listings of a city, by its primary key; those without a city belong to administrators."""
        return self.is_active and (self.is_administrator or city in self.cities_curated)

    @transaction.atomic
    def forget_factors(self) -> None:
        """Of somebody who lost phone and recovery codes, for whoever runs the site and knows that it is them."""
        self.authenticator_set.all().delete()
        self.tell_of_changed_factors()

    def tell_of_changed_factors(self) -> None:
        """Whoever did not do that should know. One mail a minute says it, however many were changed in it."""
        key = f"factors-changed:{self.pk}:{timezone.now():%Y-%m-%d %H:%M}"
        write_to(self, "factors-changed", key=key, name=self.name, path=("account",))

    # How they sign in, besides by a mailed code.

    @cached_property
    def factors(self) -> list[Authenticator]:
        """Their app and their passkeys, oldest first."""
        return [each for each in self._authenticators if each.type != Authenticator.Type.RECOVERY_CODES]

    @cached_property
    def recovery_codes(self) -> Authenticator | None:
        codes = (each for each in self._authenticators if each.type == Authenticator.Type.RECOVERY_CODES)
        return next(codes, None)

    @cached_property
    def _authenticators(self) -> list[Authenticator]:
        return list(self.authenticator_set.order_by("pk"))

    @property
    def appointments_in_force(self) -> models.QuerySet:
        return self.appointments.in_force().select_related("city")

    @cached_property
    def _appointed(self) -> list[tuple[str, int | None]]:
        return list(self.appointments.in_force().values_list("role", "city")) if self.is_active else []
