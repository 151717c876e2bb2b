"""The frame of an adapter for `ringfence conform`: fill in `run` for your implementation.

    deno task conform --exec "python3 examples/conform_adapter.py"

The protocol is told in docs/conformance.md. This one knows the blob whose code is empty, and says of
every other program that it is not supported.
"""

import json
import sys

HELLO = {
    "type": "hello",
    "protocol": "ringfence-conform",
    "version": 1,
    "name": "example in Python",
    "release": "1",
    "capabilities": {
        "families": ["pvm"],
        "dialects": ["gray-paper"],
        "gasModels": ["instruction"],
        "malformed": False,
    },
}


def run(request):
    """Runs a program; gives the fields of the answer, or None where it cannot."""
    program = bytes.fromhex(request["program"])
    if program != bytes(3):  # no jump table, no code
        return None
    gas = int(request["gas"])
    return {
        "status": "panic" if gas > 0 else "out-of-gas",
        "pc": request["pc"],
        "gas": str(max(0, gas - 1)),
        "registers": request["registers"],
        "memory": request["memory"],
        "pages": request["pages"],
    }


for line in sys.stdin:
    request = json.loads(line)
    if request["type"] == "hello":
        answer = HELLO
    else:
        result = run(request)
        if result is None:
            answer = {"type": "unsupported", "reason": "only empty programs"}
        else:
            answer = {"type": "result", **result}
        answer["id"] = request["id"]
    print(json.dumps(answer), flush=True)
