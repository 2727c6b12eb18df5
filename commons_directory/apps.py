from django.apps import AppConfig


class MachineRoomConfig(AppConfig):
    name = "commons_directory"
    verbose_name = "Machine room"

    def ready(self) -> None:
        from commons_directory import checks

        checks.register()
