"""The tables of authenticator apps stay out of the admin: whoever sees a secret can sign in as its owner."""

from django.contrib import admin
from django_otp.plugins.otp_static.admin import StaticDevice
from django_otp.plugins.otp_totp.admin import TOTPDevice

admin.site.unregister([StaticDevice, TOTPDevice])
