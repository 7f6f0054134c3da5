# SPDX-License-Identifier: MIT
"""stream.py ADDRESS PORT: takes one XML stream on an address, of IPv6 alone if it is one of that,
answers its header, and prints what comes."""

import socket
import sys

address, port = sys.argv[1], int(sys.argv[2])
family = socket.AF_INET6 if ":" in address else socket.AF_INET
with socket.socket(family, socket.SOCK_STREAM) as listening:
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if family == socket.AF_INET6:
        listening.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    listening.bind((address, port))
    listening.listen()
    print("listening", flush=True)
    stream = listening.accept()[0]
    stream.sendall(b"<stream:stream xmlns='jabber:client' from='romeo@romeo' "
                   b"xmlns:stream='http://etherx.jabber.org/streams'>")
    while True:
        data = stream.recv(4096)
        if not data:
            break
        print(data.decode("utf-8", "replace"), flush=True)
