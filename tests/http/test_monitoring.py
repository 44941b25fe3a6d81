"""Alerts and dashboard ask for what `/metrics` has, in Prometheus' language, and operations.md says what to do."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import promql_parser
import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from server.realtime.protocol.errors import Code
from tests.support.environment import ROOT
from tests.support.http import ask
from tests.support.server import Server
from tests.support.socketio_client import Client

ALERTS = ROOT / "deploy" / "prometheus" / "alerts.yaml"
SCRAPE = ROOT / "deploy" / "prometheus" / "scrape.yaml"
DASHBOARD = ROOT / "deploy" / "grafana" / "spotter.json"
PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
CLIENT = ROOT / "client"
# Grafana's own types of a dashboard and of the one kind of panel that there is. Its enums are JSON's strings.
TYPED = """
import type { Dashboard, Panel } from "@grafana/schema";
import type { FieldConfig, Options }
  from "@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen";

type Written<T> = T extends string ? `${T}` : T extends object ? { [K in keyof T]: Written<T[K]> } : T;
type TimeSeries = Omit<Written<Panel<Partial<Options>, FieldConfig>>, "options" | "type"> & {
  type: "timeseries";
  options: Written<Partial<Options>>;
};
export default %s satisfies Omit<Written<Dashboard>, "panels"> & { panels: TimeSeries[] };
"""
COMPILER = {
    "strict": True,
    "noEmit": True,
    "skipLibCheck": True,
    "types": [],
    "module": "esnext",
    "moduleResolution": "bundler",
}
# What Prometheus itself knows of what it scrapes.
ITS_OWN = {"up"}


def rules() -> list[dict[str, Any]]:
    """All alerts."""
    return [rule for group in yaml.safe_load(ALERTS.read_text())["groups"] for rule in group["rules"]]


def expressions() -> dict[str, str]:
    """Every expression, by the alert or the panel that has it."""
    panels = json.loads(DASHBOARD.read_text())["panels"]
    found = {f"{panel['title']} {target['refId']}": target["expr"] for panel in panels for target in panel["targets"]}
    return found | {rule["alert"]: rule["expr"] for rule in rules()}


def metrics_of(expression: str) -> set[str]:
    """The names in it."""
    return set(re.findall(r"\b(?:spotter|process)_\w+|\bup\b", expression))


@pytest.fixture(scope="module")
def samples(server: Server) -> dict[str, set[str]]:
    """What a server that was asked something tells: names of samples, with their labels."""
    client = Client(server.port)
    client.call("list_coaches", {})
    client.close()
    families = text_string_to_metric_families(ask(server, "/metrics")[2].decode())
    return {sample.name: set(sample.labels) for family in families for sample in family.samples}


@pytest.mark.parametrize("name", expressions())
def test_an_expression_is_one_and_asks_for_what_there_is(name: str, samples: dict[str, set[str]]) -> None:
    expression = expressions()[name]
    promql_parser.parse(expression)
    asked = metrics_of(expression)
    assert asked, "it asks for nothing"
    assert asked - ITS_OWN <= samples.keys()
    # What Prometheus adds to each sample, and what the samples have.
    labels = {"instance", "job"}.union(*(samples[one] for one in asked - ITS_OWN))
    for group in re.findall(r"\b(?:by|on) ?\(([^)]+)\)", expression):
        assert {label.strip() for label in group.split(",")} <= labels


def test_the_codes_that_alarm_are_some() -> None:
    [asked] = re.findall(r'code=~"([^"]+)"', expressions()["SpotterErrors"])
    assert set(asked.split("|")) <= {code.value for code in Code}


def test_each_alert_has_its_paragraph_and_each_paragraph_its_alert() -> None:
    section = PAGE[PAGE.index("## Alerts") :].split("\n## ")[0]
    paragraphs = dict(re.findall(r"^\*\*(Spotter\w+)\*\* \((\w+)\):", section, re.MULTILINE))
    assert paragraphs == {rule["alert"]: rule["labels"]["severity"] for rule in rules()}
    assert all(rule["annotations"]["summary"] for rule in rules())


def test_the_job_is_the_one_that_is_scraped() -> None:
    [job] = yaml.safe_load(SCRAPE.read_text())["scrape_configs"]
    asked = {name for one in expressions().values() for name in re.findall(r'job="(\w+)"', one)}
    assert asked == {job["job_name"]}


def test_the_dashboard_is_one() -> None:
    board = json.loads(DASHBOARD.read_text())
    panels = board["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels) and board["uid"] == "spotter"
    places = {(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in panels}
    assert len(places) == len(panels) and all(panel["gridPos"]["x"] + panel["gridPos"]["w"] <= 24 for panel in panels)
    [variable] = board["templating"]["list"]
    assert {panel["datasource"]["uid"] for panel in panels} == {"${" + variable["name"] + "}"}


def wrong_for_grafana(board: dict[str, Any], folder: Path) -> str:
    """What the compiler says of the dashboard under Grafana's types: nothing if it is one."""
    (folder / "board.ts").write_text(TYPED % json.dumps(board, indent=2))
    (folder / "tsconfig.json").write_text(json.dumps({"compilerOptions": COMPILER, "files": ["board.ts"]}))
    (folder / "node_modules").symlink_to(CLIENT / "node_modules")
    tsc = CLIENT / "node_modules" / ".bin" / "tsc"
    ended = subprocess.run([tsc, "-p", folder], capture_output=True, text=True, timeout=120, check=False)
    return ended.stdout


def test_the_dashboard_is_one_by_grafanas_own_schema(tmp_path: Path) -> None:
    assert wrong_for_grafana(json.loads(DASHBOARD.read_text()), tmp_path) == ""


@pytest.mark.parametrize(
    ("place", "wrong"),
    [
        (("refresh",), 30),
        (("panels", 0, "type"), "graph"),
        (("panels", 0, "gridPos", "w"), "8"),
        (("panels", 0, "fieldConfig", "defaults", "units"), "short"),
        (("panels", 0, "fieldConfig", "defaults", "custom"), {"drawStyle": "dots"}),
        (("templating", "list", 0, "type"), "source"),
    ],
)
def test_grafanas_schema_refuses(place: tuple[str | int, ...], wrong: Any, tmp_path: Path) -> None:
    board = json.loads(DASHBOARD.read_text())
    inside = board
    for step in place[:-1]:
        inside = inside[step]
    inside[place[-1]] = wrong
    assert "board.ts" in wrong_for_grafana(board, tmp_path)


def test_promtool_takes_the_alerts() -> None:
    promtool = shutil.which("promtool")
    if promtool is None:
        pytest.skip("NOT TESTED HERE: promtool (Debian's prometheus); promql_parser reads the same expressions")
    ended = subprocess.run(
        [promtool, "check", "rules", ALERTS], capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode == 0, ended.stderr
