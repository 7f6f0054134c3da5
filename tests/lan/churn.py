#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""churn.py SECONDS RATE FILE: services that come, change and go, RATE times a second, as commands
for `mdns.py serve` on standard output. Every fourth goes, the others come or change; what is there in
the end is written to FILE, an object {"name": ..., "state": ...} a line."""
import json
import random
import sys
import time

SERVICES = 200
TYPES = 5


def main():
    seconds, rate = float(sys.argv[1]), float(sys.argv[2])
    chance = random.Random(1)
    state = {}  # service: how often it has changed
    begin = time.monotonic()
    turn = 0
    while time.monotonic() - begin < seconds:
        service = chance.randrange(SERVICES)
        name, kind = f"Service {service}", f"_soak{service % TYPES}._tcp"
        if service in state and chance.random() < 0.25:
            command = {"do": "bye", "name": name, "type": kind}
            del state[service]
        else:
            # never again what was there before: a name that comes back has another state
            state[service] = turn
            command = {"do": "add", "name": name, "type": kind, "host": f"h{service % 20}.local",
                       "address": f"10.88.1.{service % 20 + 1}", "port": 1000 + service,
                       "txt": [f"state={turn}"]}
        print(json.dumps(command), flush=True)
        turn += 1
        time.sleep(max(0, begin + turn / rate - time.monotonic()))
    with open(sys.argv[3], "w", encoding="ascii") as out:
        for service in sorted(state):
            print(json.dumps({"name": f"Service {service}", "state": str(state[service])}), file=out)


if __name__ == "__main__":
    main()
