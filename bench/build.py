"""Makes what the benchmarks need besides Python: the load generator and the Feathers peer."""

import os
import shutil
import subprocess
from pathlib import Path

BENCH = Path(__file__).parent
BUILD = BENCH / ".build"
GENERATOR = BUILD / "load"
FEATHERS = BENCH / "peers" / "feathers"


class BenchError(Exception):
    """Something that makes the figures wrong or impossible; the text says what."""


def _command(*arguments: str | Path, cwd: Path, env: dict[str, str] | None = None) -> None:
    done = subprocess.run(
        [str(part) for part in arguments],
        cwd=cwd,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=600,
        check=False,
    )
    if done.returncode:
        raise BenchError(f"{arguments[0]} failed:\n{done.stdout[-2000:]}")


def _is_newer(product: Path, sources: list[Path]) -> bool:
    if not product.exists():
        return False
    made = product.stat().st_mtime
    return all(source.stat().st_mtime <= made for source in sources)


def build_generator() -> None:
    sources = sorted((BENCH / "generator").glob("*.[ch]"))
    if _is_newer(GENERATOR, sources):
        return
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        raise BenchError("the load generator needs a C compiler: install gcc")
    BUILD.mkdir(exist_ok=True)
    units = [source for source in sources if source.suffix == ".c"]
    _command(compiler, "-std=c11", "-O2", "-Wall", "-o", GENERATOR, *units, cwd=BENCH)


def _npm_environment() -> dict[str, str]:
    """better-sqlite3 compiles when npm finds no prebuilt copy. It then wants Node's headers from
    the network, unless it is told where the installed Node keeps its own."""
    environment = dict(os.environ)
    node = shutil.which("node")
    if node is not None:
        prefix = Path(node).resolve().parent.parent
        if (prefix / "include" / "node" / "node.h").exists():
            environment["npm_config_nodedir"] = str(prefix)
    return environment


def install_feathers() -> None:
    stamp = FEATHERS / "node_modules" / ".installed"
    if _is_newer(stamp, [FEATHERS / "package.json", FEATHERS / "package-lock.json"]):
        return
    npm = shutil.which("npm")
    if npm is None:
        raise BenchError("the Feathers peer needs Node 20 or newer with npm")
    _command(npm, "ci", cwd=FEATHERS, env=_npm_environment())
    stamp.touch()
