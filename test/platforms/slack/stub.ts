import { createServer, type IncomingMessage } from 'node:http';
import { parse } from 'node:querystring';
import { close, listen } from '../../../src/server.ts';

/** One request that the bot made to Slack: `method` is the last part of its path, such as `chat.postMessage`. */
export type Call = {
  method: string;
  body: { text?: string; response_type?: string; thread_ts?: string; replace_original?: boolean };
  raw: string;
};

/** A stand-in for Slack's Web API and for `response_url`, on loopback. It records calls and says yes. */
export async function createSlackStub() {
  const calls: Call[] = [];
  const waiting = new Set<() => void>();
  const refusing = new Map<string, { status: number; body: unknown }>();
  const answers: Record<string, () => unknown> = {
    'auth.test': () => ({ ok: true, user_id: 'UBOT', bot_id: 'BBOT' }),
    'conversations.open': () => ({ ok: true, channel: { id: 'D9' } }),
    'files.getUploadURLExternal': () => ({ ok: true, upload_url: `${url}/upload`, file_id: 'F1' }),
    'files.completeUploadExternal': () => ({ ok: true, files: [] }),
    'apps.connections.open': () => ({ ok: true, url: `${url.replace('http', 'ws')}/socket` }),
  };

  const server = createServer(async (request, response) => {
    const raw = await read(request);
    const method = (request.url ?? '').split('/').at(-1) ?? '';
    calls.push({ method, body: bodyOf(request.headers['content-type'], raw), raw });
    const refused = refusing.get(method);
    response.writeHead(refused?.status ?? 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(refused?.body ?? answers[method]?.() ?? { ok: true, ts: '9.9' }));
    for (const check of waiting) check();
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
