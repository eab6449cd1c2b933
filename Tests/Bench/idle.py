"""Opens idle keep-alive connections and prints the server's resident memory: idle.py PORT COUNT PID."""

import resource
import socket
import sys

port, count, pid = map(int, sys.argv[1:])
resource.setrlimit(resource.RLIMIT_NOFILE, (4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
connections = []
for number in range(count):
    # Loopback addresses of our own: one address may hold only so many connections.
    connection = socket.socket()
    connection.bind((f"127.0.1.{number % 200 + 1}", 0))
    connection.connect(("127.0.0.1", port))
    connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert connection.recv(4096).startswith(b"HTTP/1.1 200")
    connections.append(connection)
pages = int(open(f"/proc/{pid}/statm").read().split()[1])
print(f"{pages * 4096 / 1e6:.1f}")
