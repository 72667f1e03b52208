"""Settings as an operator meets them: variables in the environment, one sentence when one is wrong."""

import pytest

from tests.processes import manage, python


def setting(name: str, **environment: str) -> str:
    """Return what a process started with the given variables has as the setting."""
    process = python("-c", f"from opsqa import settings; print(settings.{name})", **environment)
    assert process.stderr == ""
    return process.stdout.removesuffix("\n")


@pytest.mark.parametrize(
    "name, value, problem",
    [
        ("OPSQA_DEBUG", "maybe", "Not a valid boolean"),
        ("OPSQA_HTTPS", "2", "Not a valid boolean"),
        ("OPSQA_TRUST_PROXY", "nginx", "Not a valid boolean"),
        ("OPSQA_REQUIRE_TWO_FACTOR", "staff", "Not a valid boolean"),
        ("OPSQA_LANGUAGE", "fr", "Must be one of: zh-hans, en"),
        ("OPSQA_SITE_URL", "ftp://qa.example.com", "Not an address such as https://qa.example.com"),
        ("OPSQA_SITE_URL", "https://qa.example.com/blog", "Not an address such as https://qa.example.com"),
        ("OPSQA_SITE_URL", "https://[qa", "Not an address such as https://qa.example.com"),
        ("OPSQA_SITE_URL", "https://editor:secret@qa.example.com", "Not an address such as https://qa.example.com"),
        ("OPSQA_SITE_URL", "qa.example.com", "Not an address such as https://qa.example.com"),
        ("OPSQA_TOPICS", "closed", "Must be one of: free, controlled"),
        ("DATABASE_URL", "foo", "Not a valid database URL"),
        ("DATABASE_URL", "postgres://user@host:port/name", "Not a valid database URL"),
    ],
)
def test_a_wrong_value_stops_the_start_with_one_sentence(name, value, problem):
    process = manage("check", **{name: value})
    assert process.stderr == f'opsqa: Environment variable "{name}" invalid: {problem}.\n'
    assert process.stdout == ""
    assert process.returncode == 1


def test_a_database_of_another_kind_stops_the_start_with_one_sentence():
    process = manage("check", DATABASE_URL="mysql://user@host/name")
    assert process.stderr == 'opsqa: Environment variable "DATABASE_URL" must begin with sqlite:/// or postgres://.\n'
    assert process.returncode == 1


def test_a_folder_that_cannot_be_used_stops_the_start_with_one_sentence(tmp_path):
    (tmp_path / "file").touch()
    process = manage("check", OPSQA_VAR=f"{tmp_path}/file/var")
    assert process.stderr == (
        'opsqa: Environment variable "OPSQA_VAR" names a folder that cannot be used: '
        f"Not a directory ({tmp_path}/file/var/secret_key).\n"
    )
    assert process.returncode == 1


def test_an_empty_key_file_stops_the_start_with_one_sentence(tmp_path):
    (tmp_path / "secret_key").touch()
    process = manage("check", OPSQA_VAR=str(tmp_path))
    assert process.stderr == f"opsqa: The secret key is empty; delete {tmp_path}/secret_key and start again.\n"
    assert process.returncode == 1


def test_the_secret_key_is_made_once_for_its_owner_only(tmp_path):
    var = tmp_path / "new" / "var"
    first = setting("SECRET_KEY", OPSQA_VAR=str(var))
    assert len(first) == 50
    assert setting("SECRET_KEY", OPSQA_VAR=str(var)) == first == (var / "secret_key").read_text()
    assert (var / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_given_secret_key_is_used_and_none_is_made(tmp_path):
    assert setting("SECRET_KEY", OPSQA_VAR=str(tmp_path), OPSQA_SECRET_KEY="given") == "given"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name, variable, value",
    [
        ("LANGUAGE_CODE", "OPSQA_LANGUAGE", "zh-hans"),
        ("ALLOWED_HOSTS", "OPSQA_ALLOWED_HOSTS", "['localhost', '127.0.0.1', '[::1]']"),
        ("SITE_URL", "OPSQA_SITE_URL", ""),
        ("DEBUG", "OPSQA_DEBUG", "False"),
    ],
)
def test_an_empty_variable_counts_as_unset(name, variable, value):
    assert setting(name, **{variable: ""}) == value


@pytest.mark.parametrize("value, is_controlled", [("", "False"), ("free", "False"), ("controlled", "True")])
def test_the_vocabulary_is_free_unless_it_is_said_to_be_controlled(value, is_controlled):
    assert setting("CONTROLLED_TOPICS", OPSQA_TOPICS=value) == is_controlled


@pytest.mark.parametrize(
    "value, address",
    [
        ("https://qa.example.com", "https://qa.example.com"),
        ("https://qa.example.com/", "https://qa.example.com"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://[::1]:8000/", "http://[::1]:8000"),
    ],
)
def test_the_address_of_the_site_is_kept_without_a_closing_slash(value, address):
    assert setting("SITE_URL", OPSQA_SITE_URL=value) == address


def test_the_database_lies_in_the_var_folder_whatever_its_name(tmp_path):
    var = tmp_path / "问答 50%20 #1?"
    assert setting("DATABASES['default']['NAME']", OPSQA_VAR=str(var)) == f"{var}/opsqa.sqlite3"


@pytest.mark.parametrize("https", ["true", "false"])
def test_one_variable_turns_everything_that_https_needs_on(https):
    names = ["SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_INCLUDE_SUBDOMAINS"]
    values = setting(", settings.".join(names), OPSQA_HTTPS=https)
    assert values == " ".join([https.capitalize()] * len(names))


def test_the_policy_allows_no_inline_script_or_style():
    policy = setting("CONTENT_SECURITY_POLICY")
    assert "unsafe" not in policy
    assert "'default-src': [\"'none'\"]" in policy


def test_the_preload_list_is_joined_on_request_only():
    names = "SECURE_HSTS_PRELOAD, settings.SECURE_HSTS_SECONDS"
    assert setting(names, OPSQA_HTTPS="true") == "False 63072000"
    assert setting(names, OPSQA_HTTPS="true", OPSQA_HSTS_PRELOAD="true") == "True 63072000"
    assert setting(names, OPSQA_HSTS_PRELOAD="true") == "False 0"


def test_cookies_belong_to_this_host_alone_under_https():
    names = "SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME"
    assert setting(names, OPSQA_HTTPS="true") == "__Host-sessionid __Host-csrftoken"
    assert setting(names) == "sessionid csrftoken"


@pytest.mark.parametrize("https", ["true", "false"])
def test_what_a_page_loads_is_fetched_over_https_where_the_page_is(https):
    value = setting("CONTENT_SECURITY_POLICY['DIRECTIVES']['upgrade-insecure-requests']", OPSQA_HTTPS=https)
    assert value == https.capitalize()
