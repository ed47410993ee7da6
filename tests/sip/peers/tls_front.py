#!/usr/bin/env python3
"""TLS in front of a peer that knows TCP only: takes connections, and relays each to 127.0.0.1:PORT.

  tls_front.py --certificate PEM --to PORT

The file holds certificate and key. Prints "port N" first, then one line per connection: "connected", or
"refused" with what OpenSSL says when the handshake does not come about.
"""
import argparse
import selectors
import socket
import ssl
import sys
import threading


def relay(tls, plain):
    """Copies both ways until either side closes."""
    selector = selectors.DefaultSelector()
    selector.register(tls, selectors.EVENT_READ, plain)
    selector.register(plain, selectors.EVENT_READ, tls)
    while True:
        for key, _ in selector.select():
            data = key.fileobj.recv(65536)
            if not data:
                return
            key.data.sendall(data)
            while key.fileobj is tls and tls.pending():
                plain.sendall(tls.recv(65536))


def serve(connection, context, to):
    try:
        tls = context.wrap_socket(connection, server_side=True)
        tls.settimeout(None)
    except OSError as error:
        print("refused", error, flush=True)
        return
    print("connected", flush=True)
    with tls, socket.create_connection(("127.0.0.1", to)) as plain:
        try:
            relay(tls, plain)
        except OSError:
            pass


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--certificate", required=True)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--to", type=int, required=True)
    args = parser.parse_args()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(args.certificate)
    with socket.create_server(("127.0.0.1", args.port)) as server:
        print("port", server.getsockname()[1], flush=True)
        while True:
            connection, _ = server.accept()
            threading.Thread(target=serve, args=(connection, context, args.to), daemon=True).start()


if __name__ == "__main__":
    sys.exit(main())
