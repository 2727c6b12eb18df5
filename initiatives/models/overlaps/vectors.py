from django.db import models

from initiatives.models.initiative import Initiative


class OverlapVector(models.Model):
    """What a listing says, as 256 signed bytes of the model that `model_version` names."""

    initiative = models.OneToOneField(Initiative, models.CASCADE, related_name="overlap_vector")
    model_version = models.CharField(max_length=100)
    vector = models.BinaryField()
    # The sentence vector alone, 512 signed bytes, to compare questions with; NULL where no encoder was installed.
    meaning = models.BinaryField(null=True)
