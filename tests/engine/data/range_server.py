"""Serves the files of a folder on the loopback address, well or badly, as the first part of the path says.

/good/NAME     whole, or the range that is asked for
/whole/NAME    always whole, whatever range is asked for
/halves/NAME   breaks off after half of what is asked for, every time
/dies/NAME     gives the first 1000 bytes and breaks off; ranges get nothing
/log           the requests so far: path and range, one a line

Prints its port; ends when its standard input does.
"""

import http.server
import os
import sys
import threading

folder = sys.argv[1]
log = []


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        if self.path == "/log":
            return self.answer(200, "\n".join(log).encode() + b"\n")
        asked = self.headers.get("Range", "-")
        log.append(f"{self.path} {asked}")
        way, _, name = self.path[1:].partition("/")
        path = os.path.join(folder, os.path.basename(name))
        if way not in ("good", "whole", "halves", "dies") or not os.path.isfile(path):
            return self.answer(404, b"nothing here")
        with open(path, "rb") as file:
            content = file.read()
        start = 0
        if asked.startswith("bytes=") and way != "whole":
            start = int(asked[6:].split("-")[0])
            if start >= len(content):
                return self.answer(416, b"")
        body = content[start:]
        sent = len(body)
        if way == "halves":
            sent = max(1, len(body) // 2)
        elif way == "dies":
            sent = 1000 if start == 0 else 0
        self.answer(206 if start else 200, body, sent)

    def answer(self, status, body, sent=None):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[:sent])
        self.wfile.flush()
        if sent is not None and sent < len(body):
            self.close_connection = True


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.read()
