#!/usr/bin/env python3
"""Puts a network between a client and a server on this machine.

    delay_proxy.py PORT-OF-SERVER ROUND-TRIP-MS FILE

Prints its own port, then relays: a connection takes one round trip to open, and what is sent takes half of one in
either direction. FILE always holds the number of requests to AWS that went through.
"""

import asyncio
import sys


async def relay(reader, writer, delay, seen):
    loop = asyncio.get_running_loop()
    pieces = asyncio.Queue()

    async def late():
        while (piece := await pieces.get()) is not None:
            due, data = piece
            await asyncio.sleep(due - loop.time())
            writer.write(data)
            await writer.drain()
        if writer.can_write_eof():
            writer.write_eof()

    sending = asyncio.create_task(late())
    while data := await reader.read(65536):
        seen(data)
        await pieces.put((loop.time() + delay, data))
    await pieces.put(None)
    await sending


async def main(port, round_trip, file):
    requests = 0

    def count(data):
        nonlocal requests
        found = data.lower().count(b"x-amz-target:")
        if found:
            requests += found
            with open(file, "w") as out:
                out.write(str(requests))

    async def connected(reader, writer):
        await asyncio.sleep(round_trip)
        try:
            there, back = await asyncio.open_connection("127.0.0.1", port)
            half = round_trip / 2
            await asyncio.gather(relay(reader, back, half, count), relay(there, writer, half, lambda _: None))
            back.close()
        except OSError:
            pass
        writer.close()

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main(int(sys.argv[1]), float(sys.argv[2]) / 1000, sys.argv[3]))
