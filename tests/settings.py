"""The server's own settings, on the tests' database."""

import os

from tests import database

os.environ["ANLAN_HOME"] = str(database.home().folder)
os.environ["ANLAN_DATABASE"] = database.prepare(os.environ.get("PYTEST_XDIST_WORKER", "main"))
os.environ.pop("DATABASE_URL", None)

from anlan.project.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # argon2 is slow on purpose
