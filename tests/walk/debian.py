"""A fresh Debian 12 that boots: its own systemd, users, network and ports, in a folder."""

import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

RELEASE = "bookworm"
MIRROR = "http://deb.debian.org/debian"
SECURITY = "http://deb.debian.org/debian-security"
# What the installer of Debian brings, and debootstrap leaves out.
INSTALLER = "systemd-sysv,dbus,libpam-systemd,ca-certificates"
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
# Certificates that the machine which walks trusts besides Debian's, such as those of a proxy.
TRUSTED = Path("/usr/local/share/ca-certificates")
BUNDLE = "/etc/ssl/certs/ca-certificates.crt"
NEEDED = {"debootstrap": "debootstrap", "systemd-nspawn": "systemd-container", "slirp4netns": "slirp4netns"}


class CommandFailed(Exception):
    """A command on the machine ended with another code than 0, with all that it said."""


class Debian:
    """The machine. `folder` keeps a base, for the next walk, and `machine`, which begins anew each time."""

    def __init__(self, folder: Path) -> None:
        missing = [package for program, package in NEEDED.items() if shutil.which(program) is None]
        if os.geteuid() != 0 or missing:
            sys.exit(f"A walk needs root and Debian's packages: apt install {' '.join(NEEDED.values())}")
        self._base, self.root = folder / "base", folder / "machine"
        self._console = folder / "console.log"
        self._programs: list[subprocess.Popen[bytes]] = []
        self._leader = ""

    def start(self) -> None:
        """Make it, and boot it."""
        if not self._base.exists():
            self._bootstrap()
        shutil.rmtree(self.root, ignore_errors=True)
        subprocess.run(["cp", "--archive", self._base, self.root], check=True)
        self.write("/etc/hostname", "gym\n")
        # The name that people type, which nobody else has, is this machine's.
        self.write("/etc/hosts", "127.0.0.1 localhost gym gym.example\n")
        # slirp4netns answers there.
        self.write("/etc/resolv.conf", "nameserver 10.0.2.3\n")
        for certificate in TRUSTED.glob("*.crt"):
            self.write(str(certificate), certificate.read_text())
        self._boot()
        self._connect()
        self.run("update-ca-certificates")

    def close(self) -> None:
        """End it, orderly if it was booted."""
        for program in reversed(self._programs):
            program.send_signal(signal.SIGTERM)
            program.wait(90)

    def run(self, commands: str, stdin: str = "", user: str = "root") -> str:
        """What they say on standard output; each has to work. Raises CommandFailed."""
        program = [*self._inside(), "bash", "-euo", "pipefail", "-c", commands]
        if user != "root":
            program = [*self._inside(), "sudo", "-u", user, "bash", "-euo", "pipefail", "-c", commands]
        ended = subprocess.run(program, input=stdin, capture_output=True, text=True, timeout=1200, check=False)
        if ended.returncode != 0:
            raise CommandFailed(f"{commands}\nended with {ended.returncode}:\n{ended.stdout}{ended.stderr}")
        return ended.stdout

    def write(self, path: str, text: str) -> None:
        """A file of root's that everybody may read."""
        there = self.root / path.lstrip("/")
        there.parent.mkdir(parents=True, exist_ok=True)
        there.unlink(missing_ok=True)
        there.write_text(text)

    def read(self, path: str) -> str:
        """A file."""
        return (self.root / path.lstrip("/")).read_text()

    def _bootstrap(self) -> None:
        fresh = self._base.with_name("base.new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        command = ["debootstrap", "--variant=minbase", f"--include={INSTALLER}", RELEASE, str(fresh), MIRROR]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        lines = [
            f"deb {MIRROR} {RELEASE} main",
            f"deb {MIRROR} {RELEASE}-updates main",
            f"deb {SECURITY} {RELEASE}-security main",
        ]
        (fresh / "etc/apt/sources.list").write_text("\n".join(lines) + "\n")
        fresh.rename(self._base)

    def _boot(self) -> None:
        # Without a systemd that runs here nobody can keep a list of machines.
        alone = [] if Path("/run/systemd/system").exists() else ["--register=no", "--keep-unit"]
        command = ["systemd-nspawn", *alone, "--quiet", "--private-network", "--resolv-conf=off", "--timezone=off"]
        command += ["--link-journal=no", "--console=pipe", "--boot", f"--directory={self.root}"]
        with self._console.open("wb") as console:
            booted = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=console, stderr=subprocess.STDOUT)
        self._programs.append(booted)
        children = Path(f"/proc/{booted.pid}/task/{booted.pid}/children")
        for _ in range(600):
            if booted.poll() is not None:
                raise CommandFailed(self._console.read_text(errors="replace"))
            self._leader = (children.read_text().split() or [""])[0]
            if self._leader and self._is_running():
                return
            time.sleep(0.2)
        raise CommandFailed(f"it does not boot: {self._console}")

    def _is_running(self) -> bool:
        try:
            asked = subprocess.run(
                [*self._inside(), "systemctl", "is-system-running"],
                capture_output=True,
                text=True,
                check=False,
                timeout=10,
            )
        except subprocess.TimeoutExpired:
            return False
        return asked.stdout.strip() in ("running", "degraded")

    def _connect(self) -> None:
        """Let it reach what is outside; nothing of this machine, and nobody reaches it."""
        reading, writing = os.pipe()
        command = ["slirp4netns", "--configure", "--mtu=65520", "--disable-host-loopback", f"--ready-fd={writing}"]
        with self._console.open("ab") as console:
            program = subprocess.Popen(
                [*command, self._leader, "tap0"], stdout=console, stderr=console, pass_fds=[writing]
            )
        self._programs.append(program)
        os.close(writing)
        os.read(reading, 1)
        os.close(reading)

    def _inside(self) -> list[str]:
        variables = {"HOME": "/root", "PATH": PATH, "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}
        if any(TRUSTED.glob("*.crt")):
            # pip and Node trust nobody that Debian trusts, unless they are told.
            variables |= dict.fromkeys(("PIP_CERT", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS"), BUNDLE)
        # With its working directory, which is the root of the machine.
        entered = ["nsenter", f"--target={self._leader}", "--all", "--root", "--wd"]
        return [*entered, "env", "-i", *(f"{name}={value}" for name, value in variables.items())]


def quoted(*words: str) -> str:
    """A command of these words."""
    return shlex.join(words)
