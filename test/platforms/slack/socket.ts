import { createHash } from 'node:crypto';
import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';

/** What RFC 6455 adds to the client's key to show that the server speaks WebSocket. */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const TEXT = 0x81;
const CLOSE = 0x88;

/**
 * The server side of one WebSocket, as much of it as Socket Mode needs: text both ways and the closing handshake. A
 * frame is taken to come in one piece, which is so for the small ones on loopback.
 */
export function acceptSocket(server: Server) {
  const received: unknown[] = [];
  const waiting: ((message: unknown) => void)[] = [];
  let open: (socket: Duplex) => void = () => {};
  const opened = new Promise<Duplex>((resolve) => (open = resolve));

  server.on('upgrade', ({ headers }, socket) => {
    const accept = createHash('sha1').update(`${headers['sec-websocket-key']}${GUID}`).digest('base64');
    const lines = ['101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade'];
    socket.write(`HTTP/1.1 ${lines.join('\r\n')}\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
    socket.on('error', () => {});
    socket.on('data', (chunk: Buffer) => {
      for (const { kind, text } of framesOf(chunk)) {
        if (kind === CLOSE) socket.end(frame('', CLOSE));
        if (kind !== TEXT) continue;
        const message: unknown = JSON.parse(text);
        const next = waiting.shift();
        if (next) next(message);
        else received.push(message);
      }
    });
    open(socket);
  });

  return {
    send: async (message: object) => (await opened).write(frame(JSON.stringify(message), TEXT)),
    next: (): Promise<unknown> =>
      received.length > 0 ? Promise.resolve(received.shift()) : new Promise((resolve) => waiting.push(resolve)),
    opened,
  };
}

function frame(text: string, kind: number): Buffer {
  const data = Buffer.from(text);
  if (data.length < 126) return Buffer.concat([Buffer.from([kind, data.length]), data]);
  const head = Buffer.from([kind, 126, 0, 0]);
  head.writeUInt16BE(data.length, 2);
  return Buffer.concat([head, data]);
}

/** The frames of a client, which masks them. */
function framesOf(chunk: Buffer): { kind: number; text: string }[] {
  const frames = [];
  for (let at = 0; at < chunk.length; ) {
    const kind = chunk[at] ?? 0;
    const short = (chunk[at + 1] ?? 0) & 0x7f;
    const length = short === 126 ? chunk.readUInt16BE(at + 2) : short;
    const mask = at + (short === 126 ? 4 : 2);
    const data = chunk.subarray(mask + 4, mask + 4 + length).map((byte, i) => byte ^ (chunk[mask + (i % 4)] ?? 0));
    frames.push({ kind, text: Buffer.from(data).toString() });
    at = mask + 4 + length;
  }
  return frames;
}
