import { createServer, type IncomingMessage } from 'node:http';
import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import type { Card } from '../../../src/platforms/teams/message.ts';
import { close, listen } from '../../../src/server.ts';
import { createKeys, FixedCredentials } from './keys.ts';

/** The id of the bot’s app, and of the bot itself as a conversation knows it. */
export const APP = '11111111-2222-4333-8444-555555555555';
export const BOT = { id: `28:${APP}`, name: 'Clusterwise' };
export const TENANT = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';

/** What the stub is called for: a new conversation, a message of one, and a change or the end of a message. */
type Kind = 'create' | 'post' | 'edit' | 'delete';

/** The part of an activity, or of what makes a conversation, that tests look at. */
export type Sent = {
  type?: string;
  text?: string;
  summary?: string;
  textFormat?: string;
  replyToId?: string;
  attachments?: { contentType: string; content: Card }[];
  entities?: object[];
  isGroup?: boolean;
  tenantId?: string;
  bot?: object;
  members?: { id: string }[];
  channelData?: { channel?: { id: string }; tenant?: { id: string } };
  /** The first message of a conversation that is made. */
  activity?: Sent;
};

/** One request that the bot made to the Bot Connector; `conversation` and `activity` are those of its path, decoded. */
export type Call = {
  kind: Kind;
  conversation: string;
  activity: string;
  body: Sent;
  raw: string;
  authorization: string | undefined;
};

/** How a call is refused: `code` is the connector’s own word for it, `retryAfter` is in seconds. */
type Refusal = { status: number; code?: string; retryAfter?: number; times?: number };

/**
 * A stand-in for the Bot Connector of Teams on loopback: it records what the bot does and says yes. It also serves what
 * tokens are checked with, so that authentication is on and needs no network.
 */
export async function createConnector() {
  const keys = createKeys();
  const calls: Call[] = [];
  const waiting = new Set<() => void>();
  const refusing = new Map<Kind, Required<Pick<Refusal, 'status' | 'times'>> & Refusal>();
  const held = new Map<Kind, Promise<void>>();
  let metadataIsUp = true;
  let counted = 0;

  const server = createServer(async (request, response) => {
    const reply = (status: number, body: unknown, headers: Record<string, string> = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    const path = request.url ?? '';
    if (path === '/openid') return reply(metadataIsUp ? 200 : 500, { issuer: ISSUER, jwks_uri: `${url}/keys` });
    if (path === '/keys') return reply(200, { keys: keys.published });
    const [, member] = /\/members\/([^/?]+)/.exec(path) ?? [];
    if (member) return reply(member === 'nobody' ? 404 : 200, personOf(decodeURIComponent(member)));
    const raw = await read(request);
    const call = callOf(request, path, raw);
    if (!call) return reply(404, { error: { code: 'BadSyntax', message: path } });
    calls.push(call);
    for (const check of waiting) check();
    await held.get(call.kind);
    const refusal = refusing.get(call.kind);
    if (refusal && refusal.times > 0) {
      refusal.times -= 1;
      const { status, code = 'Refused', retryAfter } = refusal;
      const after = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
      return reply(status, { error: { code, message: 'refused by the test' } }, after);
    }
    counted += 1;
    if (call.kind !== 'create') return reply(200, { id: call.kind === 'post' ? `sent-${counted}` : call.activity });
    const channel = call.body.channelData?.channel?.id;
    const id = channel ? `${channel};messageid=sent-${counted}` : `a:made-${counted}`;
    return reply(201, { id, activityId: `sent-${counted}` });
  });
  const url = `http://127.0.0.1:${await listen(server, 0, '127.0.0.1')}`;
  /** The address of the service, as activities name it and tokens claim it. */
  const serviceUrl = `${url}/`;

  return {
    url,
    serviceUrl,
    calls,
    /** Authentication as it is on against Teams, with the keys of this stub and a fixed token for what the bot sends. */
    authentication: () =>
      new ConfigurationBotFrameworkAuthentication(
        {
          ToChannelFromBotLoginUrl: `${url}/login`,
          ToChannelFromBotOAuthScope: `${url}/scope`,
          ToBotFromChannelTokenIssuer: ISSUER,
          OAuthUrl: `${url}/oauth`,
          ToBotFromChannelOpenIdMetadataUrl: `${url}/openid`,
          ToBotFromEmulatorOpenIdMetadataUrl: `${url}/openid`,
          CallerId: 'urn:botframework:azure',
        },
        new FixedCredentials(APP),
      ),
    /** A token as Teams sends it, unless told otherwise. */
    token: (claims: object = {}, how: Parameters<typeof keys.token>[1] = {}) => {
      const now = Math.floor(Date.now() / 1000);
      const good = { iss: ISSUER, aud: APP, serviceurl: serviceUrl, nbf: now - 60, exp: now + 3600 };
      return keys.token({ ...good, ...claims }, how);
    },
    /** What was said: all messages, new or changed. */
    said: () => calls.filter(({ kind, body }) => kind !== 'delete' && (body.activity ?? body).type === 'message'),
    /** Refuses the calls of a kind; all that come, unless `times` says how many. */
    refuse: (kind: Kind, refusal: Refusal) =>
      void refusing.set(kind, { ...refusal, times: refusal.times ?? Number.POSITIVE_INFINITY }),
    accept: (kind: Kind) => void refusing.delete(kind),
    /** Keeps the calls of a kind waiting until what it returns is called. */
    hold(kind: Kind): () => void {
      let release: () => void = () => {};
      held.set(kind, new Promise((resolve) => (release = resolve)));
      return () => {
        held.delete(kind);
        release();
      };
    },
    /** Makes the metadata that keys are found by fail, which is read once by each stub and then kept. */
    hideMetadata() {
      metadataIsUp = false;
    },
    /** Resolves with the first `count` calls of a kind, once there are so many. */
    called: (kind: Kind, count = 1): Promise<Call[]> =>
      new Promise((resolve) => {
        const check = () => {
          const found = calls.filter((call) => call.kind === kind);
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

export type Connector = Awaited<ReturnType<typeof createConnector>>;

const ISSUER = 'https://api.botframework.test';

/** The real adapter against a stub, for what is tested without the whole platform. */
export const adapterOf = (connector: Connector): CloudAdapter => new CloudAdapter(connector.authentication());

/** The card of a message that was sent. */
export function cardOf({ body }: Call): Card {
  const [card] = (body.activity ?? body).attachments ?? [];
  if (!card) throw new Error('The message has no card.');
  return card.content;
}

async function read(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}

/** Somebody by the id that they write with, or by one of another kind. */
const personOf = (id: string) => ({ id: id.startsWith('29:') ? id : `29:1${id}`, name: `Name of ${id}` });

const KINDS: Record<string, Kind> = { POST: 'post', PUT: 'edit', DELETE: 'delete' };

function callOf({ method = '', headers }: IncomingMessage, path: string, raw: string): Call | undefined {
  const found = /^\/v3\/conversations(?:\/([^/?]+)\/activities(?:\/([^/?]+))?)?(?:\?.*)?$/.exec(path);
  const [, conversation = '', activity = ''] = found ?? [];
  const kind = conversation === '' ? ('create' as const) : KINDS[method];
  if (!found || !kind) return undefined;
  return {
    kind,
    conversation: decodeURIComponent(conversation),
    activity: decodeURIComponent(activity),
    body: raw === '' ? {} : JSON.parse(raw),
    raw,
    authorization: headers.authorization,
  };
}
