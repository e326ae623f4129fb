import type { IncomingMessage, RequestListener } from 'node:http';
import type { TurnContext } from 'botbuilder';
import type { Logger } from 'pino';
import { faultOf } from '../fault.ts';
import { type Inbound, inbound } from './activity.ts';
import { type Entrance, refusalOf } from './authentication.ts';

/** Bytes of a request at most; Teams’ own limit for a message is about 100 kB. */
const LARGEST = 256 * 1024;

/** What is done about an activity. `acknowledge` answers the request before the turn ends, which else does. */
export type Turn = (context: TurnContext, activity: Inbound, acknowledge: (body: object) => void) => Promise<void>;

/** Where Teams calls us. Whatever is wrong with a request is answered by a status alone. */
export function createEndpoint({ entrance, turn, log }: { entrance: Entrance; turn: Turn; log: Logger }) {
  const underWay = new Set<Promise<void>>();

  async function serve(request: IncomingMessage, end: (status: number, body?: object) => void): Promise<void> {
    if (request.method !== 'POST') return end(405);
    const body = await read(request);
    if (body === undefined) return end(413);
    const { success, data: activity } = inbound.safeParse(json(request, body));
    if (!success) return end(400);
    const { authorization = '' } = request.headers;
    const admitted = await entrance.admit(authorization, activity).catch((error: unknown) => {
      const { status, reason } = refusalOf(error);
      if (status === 503) log.error({ reason }, 'the keys of Teams could not be read: nothing it says can be checked');
      else log.warn({ reason }, 'a request was refused: it does not come from Teams');
      end(status);
    });
    if (!admitted) return;
    const taken = admitted((context) => turn(context, activity, (answer) => end(200, answer)))
      .then(() => end(200))
      .catch((error) => {
        log.error({ fault: faultOf(error), activity: activity.type }, 'an activity of Teams could not be answered');
        end(500);
      })
      .finally(() => underWay.delete(taken));
    underWay.add(taken);
    await taken;
  }

  const listener: RequestListener = (request, response) => {
    const end = (status: number, body?: object) => {
      if (response.headersSent) return;
      // What was not read of a request that is too large is thrown away, so that the answer can be read.
      request.resume();
      const headers = body ? { 'content-type': 'application/json' } : { 'content-length': 0 };
      response.writeHead(status, status === 405 ? { ...headers, allow: 'POST' } : headers);
      response.end(body && JSON.stringify(body));
    };
    serve(request, end).catch((error) => {
      log.warn({ fault: faultOf(error) }, 'a request of Teams broke off');
      end(400);
    });
  };

  return {
    listener,
    /** Resolves when no turn is under way. */
    idle: async () => void (await Promise.all(underWay)),
  };
}

/** The body, or undefined for one that is too large. */
async function read(request: IncomingMessage): Promise<string | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > LARGEST) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  // Destroyed, the request would take its answer with it.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > LARGEST) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** What a body says, or undefined when that is not JSON. */
function json({ headers }: IncomingMessage, body: string): unknown {
  if (!/^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '')) return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
