#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""An HTTPS server that misbehaves on demand, for test-update.sh.

usage: https-server.py DIRECTORY PEM [LOG]     serves DIRECTORY with key and certificate in PEM
       https-server.py --proxy LOG             a proxy for CONNECT

Listens on a free port of 127.0.0.1, prints its number, and runs until it is killed. A path is
/HOW/FILE: HOW says what becomes of FILE. Each question goes to LOG, as path and headers.
"""
import gzip
import hashlib
import http.server
import os
import socket
import socketserver
import ssl
import sys
import threading
import time
import zlib

STALL = 60  # seconds; longer than any test waits
HTML = b"<!DOCTYPE html>\n<html><head><title>Log in</title></head><body>Hello</body></html>\n"


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass  # a client that hangs up is what many tests are about


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = STALL

    def setup(self):
        # here and not in the listening socket, so that one client's handshake keeps no other waiting
        if self.server.context is not None:
            self.request = self.server.context.wrap_socket(self.request, server_side=True)
        super().setup()

    def log_message(self, *_):
        pass

    def log_question(self):
        if self.server.log is None:
            return
        with open(self.server.log, "a", encoding="latin-1") as log:
            log.write(f"{self.command} {self.path}\n")
            for name, value in self.headers.items():
                log.write(f"    {name}: {value}\n")

    def head(self, status, *headers):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.flush()

    def answer(self, status, body, *headers):
        self.head(status, ("Content-Length", str(len(body))), *headers)
        self.wfile.write(body)

    def hang_up(self):
        """Ends TCP and not TLS, as a cable that is pulled."""
        self.wfile.flush()
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def chunk(self, data):
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))

    def do_GET(self):
        self.log_question()
        _, how, *rest = self.path.split("/", 2)
        method = getattr(self, "do_" + how.replace("-", "_"), None)
        if method is None:
            self.answer(404, b"nothing here\n")
            return
        data = b""
        if rest:
            with open(os.path.join(self.server.directory, rest[0]), "rb") as file:
                data = file.read()
        method(data)

    # ---- what is as it should be ----

    def conditional(self, data, etag, date):
        tag = '"' + hashlib.sha1(data).hexdigest() + '"'
        day = "Tue, 25 Feb 2025 %02d:00:00 GMT" % (len(data) % 24)
        headers = [("ETag", tag)] if etag else []
        headers += [("Last-Modified", day)] if date else []
        asked_tag = self.headers.get("If-None-Match")
        asked_day = self.headers.get("If-Modified-Since")
        same = asked_tag == tag if etag and asked_tag else date and asked_day == day
        if same:
            self.head(304, *headers)
        else:
            self.answer(200, data, *headers)

    def do_good(self, data):
        self.conditional(data, True, True)

    def do_etag(self, data):
        self.conditional(data, True, False)

    def do_date(self, data):
        self.conditional(data, False, True)

    def do_plain(self, data):
        self.answer(200, data)

    def do_gzip(self, data):
        self.answer(200, gzip.compress(data), ("Content-Encoding", "gzip"))

    def do_chunked(self, data):
        self.head(200, ("Transfer-Encoding", "chunked"))
        self.chunk(data)
        self.chunk(b"")

    def do_redirect(self, _):
        self.answer(302, b"", ("Location", "/plain/new.xml"), ("ETag", '"of-the-redirection"'))

    # ---- what is not ----

    def do_304(self, _):
        self.head(304)

    def do_204(self, _):
        self.head(204)

    def do_404(self, _):
        self.answer(404, HTML)

    def do_500(self, _):
        self.answer(500, HTML)

    def do_503(self, _):
        self.answer(503, HTML)

    def do_html(self, _):
        self.answer(200, HTML, ("Content-Type", "text/html"))

    def do_html_bare(self, _):
        self.answer(200, b"<html><body>Hello</body></html>")

    def do_empty(self, _):
        self.answer(200, b"")

    def do_escapes(self, _):
        self.answer(200, b"<\x1b[31mred/>")

    def do_etag_escapes(self, data):
        self.answer(200, data, ("ETag", '"\x1b[31mred\x9b"'), ("Last-Modified", "x" * 5000))

    def do_stall_head(self, _):
        time.sleep(STALL)

    def do_stall_body(self, data):
        self.head(200, ("Content-Length", str(len(data))))
        self.wfile.write(data[: len(data) // 2])
        self.wfile.flush()
        time.sleep(STALL)

    def do_drip(self, data):
        """Never stands still, and is never done."""
        self.head(200, ("Content-Length", str(len(data) + 1000000)))
        self.wfile.write(data)
        for _ in range(10 * STALL):
            self.wfile.write(b" " * 50)
            self.wfile.flush()
            time.sleep(0.1)

    def do_cut(self, data):
        self.head(200, ("Content-Length", str(len(data))))
        self.wfile.write(data[: len(data) // 2])
        self.hang_up()

    def do_cut_politely(self, data):
        """Ends TLS as it should be ended; only the length tells that something is missing."""
        self.head(200, ("Content-Length", str(len(data))))
        self.wfile.write(data[: len(data) // 2])
        self.close_connection = True
        self.connection.unwrap()

    def do_cut_chunked(self, data):
        self.head(200, ("Transfer-Encoding", "chunked"))
        self.chunk(data[: len(data) // 2])
        self.hang_up()

    def do_cut_gzip(self, data):
        packed = gzip.compress(data)
        packed = packed[: len(packed) // 2]
        self.answer(200, packed, ("Content-Encoding", "gzip"))

    def do_cut_unseen(self, data):
        """Nothing of HTTP or TLS tells that the second half is missing."""
        self.head(200, ("Connection", "close"))
        self.wfile.write(data[: len(data) // 2])
        self.close_connection = True
        self.connection.unwrap()

    def do_bomb(self, data):
        """Over 64 MiB when unpacked, and well formed: nothing but its size is wrong."""
        packer = zlib.compressobj(9, wbits=31)
        packed = packer.compress(data)
        for _ in range(65):
            packed += packer.compress(b"\n" * (1 << 20))
        packed += packer.flush()
        self.answer(200, packed, ("Content-Encoding", "gzip"))

    def do_big(self, _):
        """Says its size."""
        self.head(200, ("Content-Length", str(65 << 20)))

    def do_endless(self, data):
        """Does not."""
        self.head(200, ("Transfer-Encoding", "chunked"))
        self.chunk(data)
        while True:
            self.chunk(b"\n" * (1 << 20))

    def do_bad_gzip(self, data):
        self.answer(200, data, ("Content-Encoding", "gzip"))

    def do_to_http(self, _):
        """To a server that would answer."""
        port = self.server.plain.server_address[1]
        self.answer(302, b"", ("Location", f"http://localhost:{port}/good/new.xml"))

    def do_to_file(self, _):
        self.answer(302, b"", ("Location", "file://" + self.server.directory + "/new.xml"))

    def do_loop(self, _):
        self.answer(302, b"", ("Location", "/loop"))

    # ---- the proxy ----

    def do_CONNECT(self):
        self.log_question()
        port = self.path.rsplit(":", 1)[1]
        # the host is on loopback, whether the machine knows the name localhost or not
        with socket.create_connection(("127.0.0.1", int(port))) as there:
            self.send_response(200)
            self.end_headers()
            self.wfile.flush()
            threading.Thread(target=self.pump, args=(there, self.connection), daemon=True).start()
            self.pump(self.connection, there)
        self.close_connection = True

    @staticmethod
    def pump(here, there):
        try:
            while data := here.recv(1 << 16):
                there.sendall(data)
            there.shutdown(socket.SHUT_WR)
        except OSError:
            pass


def make_server(directory, log, context=None):
    server = Server(("127.0.0.1", 0), Handler)
    server.directory, server.log, server.context = directory, log, context
    return server


def main():
    if sys.argv[1] == "--proxy":
        server = make_server(None, sys.argv[2])
    else:
        directory, pem, log, *_ = *sys.argv[1:], None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)
        server = make_server(directory, log, context)
        server.plain = make_server(directory, log)
        threading.Thread(target=server.plain.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    server.serve_forever()


main()
