import { createServer, type IncomingMessage } from 'node:http';
import { parse } from 'node:querystring';
import { close, listen } from '../../../src/server.ts';

/** One request that the bot made to Slack: `method` is the last part of its path, such as `chat.postMessage`. */
export type Call = {
  method: string;
  body: {
    text?: string;
    response_type?: string;
    thread_ts?: string;
    replace_original?: boolean;
    user?: string;
    trigger_id?: string;
    view?: { private_metadata: string; blocks: { block_id: string }[] };
  };
  raw: string;
};

/** A stand-in for Slack's Web API and for `response_url`, on loopback. It records calls and says yes. */
export async function createSlackStub() {
  const calls: Call[] = [];
  const waiting = new Set<() => void>();
  const refusing = new Map<string, { status: number; body: unknown; retryAfter?: number }>();
  const held = new Map<string, Promise<void>>();
  const answers: Record<string, (body: Call['body']) => unknown> = {
    'auth.test': () => ({ ok: true, user_id: 'UBOT', bot_id: 'BBOT' }),
    'conversations.open': () => ({ ok: true, channel: { id: 'D9' } }),
    'conversations.info': () => ({ ok: true, channel: { is_archived: false, is_member: true } }),
    'users.info': ({ user }) => ({ ok: true, user: { name: `name-of-${user}` } }),
    'files.getUploadURLExternal': () => ({ ok: true, upload_url: `${url}/upload`, file_id: 'F1' }),
    'files.completeUploadExternal': () => ({ ok: true, files: [] }),
    'apps.connections.open': () => ({ ok: true, url: `${url.replace('http', 'ws')}/socket` }),
  };

  const server = createServer(async (request, response) => {
    const raw = await read(request);
    const method = (request.url ?? '').split('/').at(-1) ?? '';
    const body = bodyOf(request.headers['content-type'], raw);
    calls.push({ method, body, raw });
    for (const check of waiting) check();
    await held.get(method);
    const { status = 200, retryAfter, body: refused } = refusing.get(method) ?? {};
    const after = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
    if (retryAfter !== undefined) refusing.delete(method);
    response.writeHead(status, { 'content-type': 'application/json', ...after });
    response.end(JSON.stringify(refused ?? answers[method]?.(body) ?? { ok: true, ts: '9.9' }));
  });
  const url = `http://127.0.0.1:${await listen(server, 0, '127.0.0.1')}`;

  return {
    url,
    server,
    calls,
    /** What was posted: all calls that show or change a message. */
    posts: () => calls.filter(({ method }) => method === 'respond' || method.startsWith('chat.')),
    refuse: (method: string, status: number, body: unknown = { ok: false, error: 'refused' }) =>
      refusing.set(method, { status, body }),
    /** Puts off the next call of a method, by so many seconds. */
    putOff: (method: string, retryAfter: number) =>
      refusing.set(method, { status: 429, body: { ok: false, error: 'ratelimited' }, retryAfter }),
    /** Keeps the calls of a method waiting until what it returns is called. */
    hold(method: string): () => void {
      let release: () => void = () => {};
      held.set(method, new Promise((resolve) => (release = resolve)));
      return () => {
        held.delete(method);
        release();
      };
    },
    /** Resolves with the first `count` calls of a method, once there are so many. */
    called: (method: string, count = 1): Promise<Call[]> =>
      new Promise((resolve) => {
        const check = () => {
          const found = calls.filter((call) => call.method === method);
          if (found.length < count) return;
          waiting.delete(check);
          resolve(found.slice(0, count));
        };
        waiting.add(check);
        check();
      }),
    close: () => close(server),
  };
}

export type SlackStub = Awaited<ReturnType<typeof createSlackStub>>;

async function read(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}

/** JSON as it is; a form with its `blocks` and `files` read, as the Web API client sends them. */
function bodyOf(type = '', raw: string): Call['body'] {
  if (type.includes('json')) return JSON.parse(raw);
  if (!type.includes('urlencoded')) return {};
  const form = Object.entries(parse(raw));
  return Object.fromEntries(
    form.map(([key, value]) => [key, /^[[{]/.test(`${value}`) ? JSON.parse(`${value}`) : value]),
  );
}
