from django.core.management.base import BaseCommand

from commons_directory.catalogues import LOCALES, compile_catalogues, is_translated, update


class Command(BaseCommand):
    help = "Brings the message catalogues up to date with code and templates, and says what is left to translate."
    requires_system_checks = ()

    def handle(self, **_options: object) -> None:
        for source in sorted(LOCALES.glob("*/LC_MESSAGES/django.po")):
            catalogue = update(source)
            empty = sum(1 for message in catalogue if message.id and not is_translated(message))
            self.stdout.write(f"{source.parent.parent.name}: {len(catalogue)} messages, {empty} without translation")
        compile_catalogues()
