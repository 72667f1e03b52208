"""Who failed to sign in, from where, in the last minutes."""

from django.db import models


class SignInFailure(models.Model):
    """One refused password or code. The name is a digest, because people type passwords into the wrong field."""

    name = models.CharField(max_length=64)
    address = models.CharField(max_length=45)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["address", "at"], name="signinfailure_address")]
        # Nobody gives rights to a row of seconds.
        default_permissions = ()

    def __str__(self):
        return f"{self.address} {self.at:%H:%M:%S}"
