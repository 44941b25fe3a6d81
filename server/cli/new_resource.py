"""`flask --app server new-resource`: writes the file of a resource, and its migration."""

import tempfile
from pathlib import Path

import click

from server.cli.command import run_beside
from server.cli.resource_file import Refused, Target, class_of, plan, source
from server.config import ROOT
from server.realtime.resource.resource import Resource

_FOLDER = ROOT / "server/resources"


@click.command("new-resource")
@click.argument("name")
@click.argument("fields", nargs=-1, required=True, metavar="FIELD:KIND...")
@click.option("--plural", help="Its channel and table, if the plural is not the usual one.")
def new_resource(name: str, fields: tuple[str, ...], plural: str | None) -> None:
    """Write a resource's file and its migration: new-resource member name:text age:whole? coach:ref."""
    targets = {resource.name: _target(resource) for resource in Resource.registry.values()}
    try:
        channel, parsed = plan(name, fields, plural, targets)
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    file = _FOLDER / f"{channel}.py"
    if file.exists():
        raise click.ClickException(f"There is a file {file.relative_to(ROOT)} already.")
    file.write_text(source(name, channel, parsed, targets), encoding="utf-8")
    migration = _migration(channel, file)
    click.echo(f"Written: {file.relative_to(ROOT)}\n         {migration.relative_to(ROOT)}")
    click.echo("Read both: limits of text and numbers, who may write (by default only admins), what it is called.")
    click.echo("The next start of the server migrates, and serves it:")
    click.echo(f"    new_{name}, update_{name}, delete_{name}, get_{name}, list_{channel}, and the channel {channel}")
    click.echo("For the types of the React client, while the server runs: cd client && npm run protocol")


def _target(resource: Resource) -> Target:
    # What not everybody may read is shown by its id alone.
    shown = ("id", "name") if "name" in resource.schema.fields and resource.read is None else ("id",)
    return Target(resource.channel, class_of(resource.name), shown)


def _migration(channel: str, file: Path) -> Path:
    """The migration that makes the table. Removes the file, and raises ClickException, if there can be none.

    It is made by comparing with a database of its own, so that it matters to nobody what state the gym's is in.
    """
    versions = ROOT / "migrations/versions"
    before = set(versions.glob("*.py"))
    try:
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite:///{folder}/compared.db"
            run_beside(url, "db", "upgrade")
            run_beside(url, "db", "migrate", "-m", channel)
    except click.ClickException as failed:
        for made in (file, *set(versions.glob("*.py")) - before):
            made.unlink()
        raise click.ClickException(f"It was not written: {failed.message}") from None
    (made,) = set(versions.glob("*.py")) - before
    return made
