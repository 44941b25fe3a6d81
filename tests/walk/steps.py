"""What is done with each block of the page, and what has to be so afterwards."""

import json
import re
import secrets
from collections.abc import Callable

from tests.walk.operator import PASSWORD, POSTGRESQL, SETTINGS, SQLITE, Operator
from tests.walk.page import TEXT, parts, said_after, with_date

Step = Callable[[Operator, str], None]
# The beginning of each block, in the order of the page.
STEPS: list[tuple[str, Step]] = []


def of(beginning: str) -> Callable[[Step], Step]:
    """The step of the block that begins so."""

    def named(step: Step) -> Step:
        STEPS.append((beginning, step))
        return step

    return named


def yes(commands: str) -> str:
    """Answers for each question that apt asks."""
    return "y\n" * commands.count("apt install")


@of("apt update && apt install python3-venv")
def the_machine(gym: Operator, block: str) -> None:
    packages, node, project = parts(block)
    gym.run(packages, yes(packages))
    gym.put_node()
    gym.run(f"cd /root\n{node}")
    gym.put_project()
    gym.run(project)
    gym.run("systemd-analyze verify /etc/systemd/system/spotter@.service")
    assert gym.run("stat -c '%U %G %a' /etc/spotter/spotter.env") == "root spotter 640\n"


@of("systemctl enable --now spotter@5555 ")
def one_process(gym: Operator, block: str) -> None:
    gym.use(SQLITE)
    # As it is shipped it does not start, and says so.
    gym.run("systemctl start spotter@5555")
    gym.run("until journalctl -u 'spotter@*' | grep -q SECRET_KEY; do sleep 0.2; done; systemctl stop spotter@5555")
    gym.edit(SETTINGS, "^SECRET_KEY=", f"SECRET_KEY={secrets.token_hex(32)}")
    [answer] = re.findall(r"/readyz +# (.*)$", block, re.MULTILINE)
    assert gym.run(block) == f"{answer}\n"
    assert gym.run("stat -c '%U %a' /var/lib/spotter /var/lib/spotter/gym.db") == "spotter 700\nspotter 600\n"
    [first] = re.findall(r"Sign in as 'admin' with the password '([^']+)'", gym.log())
    own = {"password": first, "new_password": PASSWORD}
    gym.done("set_password", own, who=("admin", first))
    gym.done("new_coach", {"name": "Ann Lee", "age": 30}, who=("admin", PASSWORD))
    gym.run("systemctl restart spotter@5555")
    gym.wait_until_ready(5555)
    assert gym.coaches(who=("admin", PASSWORD)) == ["Ann Lee"]


@of("apt install postgresql redis-server")
def several_processes(gym: Operator, block: str) -> None:
    installed, started = parts(block)
    gym.run("systemctl stop spotter@5555")
    gym.run(installed, yes(installed))
    gym.edit("/etc/redis/spotter.conf", "^requirepass ", "requirepass a-password-of-ours")
    gym.edit(SETTINGS, "^#REDIS_URL=", 'REDIS_URL="redis://:a-password-of-ours@127.0.0.1:6379"')
    gym.use(POSTGRESQL)
    gym.run(started)
    gym.wait_until_ready(5555, 5556)
    for port in (5555, 5556):
        assert "spotter_bus_up 1.0" in gym.run(f"curl --silent http://127.0.0.1:{port}/metrics"), gym.log()


@of("certbot certonly")
def nginx(gym: Operator, block: str) -> None:
    certbot, rest = block.splitlines()
    gym.run(f"certbot certonly --help all | grep -q -- --deploy-hook; test -d /var/www/html; : {certbot!r}")
    folder = "/etc/letsencrypt/live/gym.example"
    gym.run(
        f"mkdir -p {folder}; openssl req -x509 -nodes -days 2 -newkey rsa:2048 -subj /CN=gym.example "
        f"-addext subjectAltName=DNS:gym.example -out {folder}/fullchain.pem -keyout {folder}/privkey.pem; "
        f"cp {folder}/fullchain.pem /usr/local/share/ca-certificates/gym.crt; update-ca-certificates"
    )
    gym.run(rest)
    # nginx reloads after systemctl has said so.
    gym.run("until curl --silent --fail https://gym.example/ --output /dev/null; do sleep 0.2; done")
    page = gym.run("curl --silent --fail --location http://gym.example/")
    assert "<title>Iron Temple</title>" in page, page
    assert gym.run("curl --silent --output /dev/null --write-out '%{http_code}' https://gym.example/metrics") == "404"


@of("sudo -u spotter bash")
def accounts(gym: Operator, block: str) -> None:
    _, folder, settings, *lines = block.splitlines()
    assert folder.startswith("cd /srv/spotter") and settings.startswith(f"set -a; . {SETTINGS}")
    for line in lines:
        asked = any(f"account {name} " in line for name in ("add", "password"))
        said = gym.in_shell(line, f"{PASSWORD}\n" if asked else "")
        if "account list" in line:
            assert re.findall(r"^(\w+) +(\w+)", said, re.MULTILINE) == [("ada", "admin"), ("grace", "viewer")], said
    # Through nginx, to either process.
    gym.done("new_coach", {"name": "Of PostgreSQL", "age": 30}, url="https://gym.example")
    for _ in range(2):
        assert gym.coaches(url="https://gym.example") == ["Of PostgreSQL"]
    refused = gym.asked("list_coaches", {}, who=("grace", PASSWORD))
    assert not refused["ok"], "her account was removed"


@of("umask 077")
def backup_of_sqlite(gym: Operator, block: str) -> None:
    gym.run("systemctl stop 'spotter@*'")
    gym.use(SQLITE)
    gym.run("systemctl start spotter@5555")
    gym.wait_until_ready(5555)
    gym.in_shell(".venv/bin/flask --app server account add ada --role admin", f"{PASSWORD}\n")
    gym.run(block)
    assert gym.run("stat -c '%U %a' /var/backups/gym-*.db") == "root 600\n"
    gym.done("new_coach", {"name": "After The Backup", "age": 30})


@of("systemctl stop spotter@5555")
def restore_of_sqlite(gym: Operator, block: str) -> None:
    gym.run(with_date(block, today(gym)))
    gym.wait_until_ready(5555)
    assert gym.coaches() == ["Ann Lee"]


@of("install -d -m 700 -o postgres")
def backup_of_postgresql(gym: Operator, block: str) -> None:
    gym.run("systemctl stop spotter@5555")
    gym.use(POSTGRESQL)
    gym.run("systemctl start spotter@5555 spotter@5556")
    gym.wait_until_ready(5555, 5556)
    gym.run(block)
    [(user, command)] = re.findall(
        r"^10 3 \* \* \*  (\w+)  (.*)$", gym.machine.read("/etc/cron.d/spotter"), re.MULTILINE
    )
    # What cron makes of it.
    gym.run(command.replace(r"\%", "%"), user=user)
    gym.run("systemctl is-active cron")


@of("cd /var/backups/spotter")
def restore_of_postgresql(gym: Operator, block: str) -> None:
    gym.done("new_coach", {"name": "After The Dump", "age": 30})
    assert gym.coaches() == ["Of PostgreSQL", "After The Dump"]
    gym.run(with_date(block, today(gym)))
    gym.run("sleep 2")
    assert gym.coaches() == ["Of PostgreSQL"]


@of("systemctl stop 'spotter@*'\nsudo -u postgres psql")
def restore_into_another(gym: Operator, block: str) -> None:
    gym.done("new_coach", {"name": "After The Dump", "age": 30})
    gym.run(f"cd /var/backups/spotter\n{with_date(block, today(gym))}")
    gym.wait_until_ready(5555, 5556)
    assert gym.coaches() == ["Of PostgreSQL"]
    gym.done("new_coach", {"name": "Of The New One", "age": 30})
    names = gym.run('sudo -u postgres psql --tuples-only --no-align -c "SELECT datname FROM pg_database"')
    assert {"spotter", "spotter_before"} <= set(names.split())


@of('sqlite3 /var/lib/spotter/gym.db "ATTACH')
def one_record(gym: Operator, block: str) -> None:
    gym.run("systemctl stop 'spotter@*'")
    gym.use(SQLITE)
    gym.run("systemctl start spotter@5555")
    gym.wait_until_ready(5555)
    gym.done("delete_coach", {"id": 1})
    assert gym.coaches() == []
    # It has one coach, whose number is another.
    gym.run(with_date(block, today(gym)).replace("id = 7", "id = 1"))


@of(".venv/bin/flask --app server journal reconcile\n")
def one_record_is_seen(gym: Operator, block: str) -> None:
    assert gym.in_shell(block) == said_after(block)
    assert gym.coaches() == ["Ann Lee"]


@of(".venv/bin/flask --app server journal restored")
def restored(gym: Operator, block: str) -> None:
    gym.in_shell(block)
    assert gym.coaches() == ["Ann Lee"]


@of(".venv/bin/flask --app server database copy")
def from_sqlite_to_postgresql(gym: Operator, block: str) -> None:
    gym.run("systemctl stop 'spotter@*'")
    # The gym of before is of another one.
    for command in ("dropdb spotter", "createdb --owner=spotter --encoding=UTF8 --template=template0 spotter"):
        gym.run(f"sudo -u postgres {command}")
    said = gym.in_shell(block).splitlines()
    assert said[-1] == said_after(block).splitlines()[-1], said
    assert re.fullmatch(r"coaches +1 rows  [0-9a-f]{16}", next(line for line in said if line.startswith("coaches")))
    gym.use(POSTGRESQL)
    gym.run("systemctl start spotter@5555 spotter@5556")
    gym.wait_until_ready(5555, 5556)
    assert gym.coaches() == ["Ann Lee"]


@of(".venv/bin/flask --app server journal reconcile\n")
def rows_written_past_the_server(gym: Operator, block: str) -> None:
    gym.run("sudo -u postgres psql -d spotter -c \"UPDATE coaches SET name = 'By SQL'\"")
    assert gym.in_shell(block) == "1 records differed.\n"
    assert gym.in_shell(block) == "0 records differed.\n"
    assert gym.coaches() == ["By SQL"]


@of("for port in 5555 5556")
def upgrade(gym: Operator, block: str) -> None:
    version = "/srv/spotter/server/version.py"
    old = gym.machine.read(version)
    gym.edit(version, "^VERSION = ", 'VERSION = "1.0.1"')
    gym.run(f"cd /srv/spotter && make install\n{block}")
    for port in (5555, 5556):
        assert "1.0.1" in gym.run(f"curl --silent http://127.0.0.1:{port}/healthz")
    with_a_migration(gym)
    (gym.machine.root / version.lstrip("/")).write_text(old)


def with_a_migration(gym: Operator) -> None:
    """Upgrade, and back, as the paragraphs after the block have it."""
    stopped, started = "systemctl stop 'spotter@*'", "systemctl start spotter@5555 spotter@5556"
    dump = "/var/backups/spotter/before.dump"
    migration = "/srv/spotter/migrations/versions/9999_of_the_walk.py"
    newest = gym.in_shell(".venv/bin/flask --app server db heads").split()[0]
    gym.run(f"{stopped}; cd /var/backups/spotter; sudo -u postgres pg_dump -Fc --file={dump} spotter")
    gym.machine.write(
        migration,
        '"""of the walk"""\n\nimport sqlalchemy as sa\nfrom alembic import op\n\n'
        f'revision = "9999"\ndown_revision = "{newest}"\n\n\n'
        'def upgrade() -> None:\n    op.create_table("walked", sa.Column("id", sa.Integer(), primary_key=True))\n',
    )
    gym.run(started)
    gym.wait_until_ready(5555, 5556)
    gym.done("new_coach", {"name": "After The Upgrade", "age": 30})
    # Back.
    gym.run(f"{stopped}; rm {migration}; systemctl start spotter@5555")
    [said] = re.findall(r"the old version does not start \(`(.*)`\)", TEXT)
    gym.run(f"until journalctl -u 'spotter@*' | grep -qF '{said}'; do sleep 0.2; done")
    gym.run(
        f"{stopped}; cd /var/backups/spotter\n"
        'sudo -u postgres psql -c "ALTER DATABASE spotter RENAME TO spotter_newer"\n'
        "sudo -u postgres createdb --owner=spotter --encoding=UTF8 --template=template0 spotter\n"
        f"sudo -u postgres pg_restore --single-transaction --dbname=spotter {dump}"
    )
    gym.run(started)
    gym.wait_until_ready(5555, 5556)
    assert gym.coaches() == ["By SQL"]
    # So the same upgrade works once more.
    assert gym.run("sudo -u postgres psql -d spotter -Atc \"SELECT to_regclass('walked')\"") == "\n"


@of('sed -i "s/^SECRET_KEY')
def another_key(gym: Operator, block: str) -> None:
    before = gym.machine.read(SETTINGS)
    token = gym.asked("login", {"username": "ada", "password": PASSWORD})["token"]
    assert gym.whose(token)["username"] == "ada"
    gym.run(block)
    gym.wait_until_ready(5555, 5556)
    assert gym.machine.read(SETTINGS) != before and gym.whose(token) is None
    assert gym.run(f"stat -c '%U %G %a' {SETTINGS}") == "root spotter 640\n"
    assert gym.coaches() == ["By SQL"]


@of('sqlite3 /var/lib/spotter/gym.db "SELECT seq')
def growth(gym: Operator, block: str) -> None:
    assert re.fullmatch(r"\d+\|\d+\n", gym.run(block))


@of("journalctl -u 'spotter@*'")
def many_behind_one_address(gym: Operator, block: str) -> None:
    assert not gym.asked("list_coaches", {}, who=("ada", "not her password"))["ok"]
    gym.run("sleep 1")
    [line] = gym.run(block).splitlines()[-1:]
    assert json.loads(line[line.index("{") :])["address"] == "127.0.0.1"


def today(gym: Operator) -> str:
    """The day, as backups are named by it."""
    return gym.run("date +%F").strip()
