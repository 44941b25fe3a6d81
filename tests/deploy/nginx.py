"""Debian's nginx with the configuration that is shipped, on ports of its own, and connections to it."""

import http.client
import os
import shutil
import socket
import ssl
import subprocess
from contextlib import closing
from pathlib import Path

from tests.support.environment import ROOT
from tests.support.http import Headers
from tests.support.ports import Port
from tests.support.requirements import skip_or_fail
from tests.support.waiting import wait_until

SHIPPED = ROOT / "deploy" / "nginx" / "spotter.conf"
NAME = "gym.example"
ORIGIN = f"https://{NAME}"

# What stands around the file in Debian's nginx.conf, with the paths of this instance.
AROUND = """
{user}
daemon off;
pid nginx.pid;
error_log error.log notice;
events {{ worker_connections 1024; }}
http {{
    ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3;
    ssl_prefer_server_ciphers on;
    gzip on;
    access_log access.log;
    client_body_temp_path temp;
    proxy_temp_path temp;
    fastcgi_temp_path temp;
    uwsgi_temp_path temp;
    scgi_temp_path temp;
    include spotter.conf;
}}
"""


def program() -> str:
    """Where nginx is; skips or fails where it is not."""
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    return found or skip_or_fail("nginx (apt-get install nginx)")


def certificate(directory: Path) -> tuple[Path, Path]:
    """A self-signed certificate for `NAME`, and its key."""
    paths = directory / "fullchain.pem", directory / "privkey.pem"
    command = ["openssl", "req", "-x509", "-nodes", "-days", "2", "-subj", f"/CN={NAME}"]
    command += ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-addext", f"subjectAltName=DNS:{NAME}"]
    subprocess.run([*command, "-out", paths[0], "-keyout", paths[1]], check=True, capture_output=True, timeout=30)
    return paths


def substituted(text: str, replacements: dict[str, str]) -> str:
    """The text with each of these replaced. Raises AssertionError if one is not in it."""
    for old, new in replacements.items():
        assert old in text, f"{SHIPPED} does not say {old!r}"
        text = text.replace(old, new)
    return text


class Nginx:
    """Stands before the processes on `ports`. As shipped but for ports and paths."""

    def __init__(self, directory: Path, ports: tuple[int, int]) -> None:
        self.directory = directory
        self._taken = [Port() for _ in range(4)]
        self.http, self.https, http6, https6 = (port.number for port in self._taken)
        chain, key = certificate(directory)
        text = substituted(
            SHIPPED.read_text(),
            {
                "127.0.0.1:5555": f"127.0.0.1:{ports[0]}",
                "127.0.0.1:5556": f"127.0.0.1:{ports[1]}",
                "listen 80;": f"listen 127.0.0.1:{self.http};",
                "listen 443 ": f"listen 127.0.0.1:{self.https} ",
                # A container may have no IPv6.
                "listen [::]:80;": f"listen 127.0.0.1:{http6};",
                "listen [::]:443 ": f"listen 127.0.0.1:{https6} ",
                f"/etc/letsencrypt/live/{NAME}/fullchain.pem": str(chain),
                f"/etc/letsencrypt/live/{NAME}/privkey.pem": str(key),
                "/var/www/html": str(directory / "html"),
            },
        )
        (directory / "spotter.conf").write_text(text)
        # Started by root it would give its workers to another user, who cannot enter pytest's directories.
        (directory / "nginx.conf").write_text(AROUND.format(user="user root;" if os.geteuid() == 0 else ""))
        self._command = [program(), "-p", f"{directory}/", "-c", "nginx.conf", "-e", "error.log"]
        self._tls = ssl.create_default_context(cafile=str(chain))
        self._process: subprocess.Popen[bytes] | None = None

    def check(self) -> str:
        """What `nginx -t` says. Raises AssertionError if it does not like the configuration."""
        ended = subprocess.run([*self._command, "-t"], capture_output=True, text=True, timeout=30, check=False)
        assert ended.returncode == 0, ended.stderr
        return ended.stderr

    def start(self) -> "Nginx":
        """Start it, and return when it takes connections."""
        with (self.directory / "output").open("wb") as output:
            self._process = subprocess.Popen(self._command, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        wait_until(self._listens, "nginx listens")
        return self

    def close(self) -> None:
        """End it, and give its ports back."""
        try:
            if self._process is not None:
                self._process.terminate()
                self._process.wait(10)
        finally:
            for port in self._taken:
                port.release()

    def errors(self) -> list[str]:
        """What it logged that is worse than a process that is away."""
        lines = (self.directory / "error.log").read_text().splitlines()
        return [line for line in lines if any(f"[{level}]" in line for level in ("crit", "alert", "emerg"))]

    def dial(self, source: str = "127.0.0.1", protocol: str = "http/1.1") -> ssl.SSLSocket:
        """A TLS connection from this address, the certificate checked."""
        plain = socket.create_connection(("127.0.0.1", self.https), 10, source_address=(source, 0))
        self._tls.set_alpn_protocols([protocol])
        return self._tls.wrap_socket(plain, server_hostname=NAME)

    def ask(self, path: str, headers: Headers | None = None, body: bytes | None = None) -> tuple[int, Headers, bytes]:
        """One request over TLS, a POST if it has a body: status, headers (names in lower case), body."""
        with closing(http.client.HTTPConnection(NAME)) as connection:
            connection.sock = self.dial()
            connection.request("GET" if body is None else "POST", path, body, headers or {})
            response = connection.getresponse()
            return response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()

    def _listens(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, (self.directory / "error.log").read_text()
        try:
            self.dial().close()
        except OSError:
            return False
        return True
