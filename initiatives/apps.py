from django.apps import AppConfig
from django.db.models.signals import post_migrate


class InitiativesConfig(AppConfig):
    name = "initiatives"
    verbose_name = "Commons Directory"

    def ready(self) -> None:
        from initiatives.models.remembering import installing

        post_migrate.connect(installing.install, sender=self)
