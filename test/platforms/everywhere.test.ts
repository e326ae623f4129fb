import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBot } from '../../src/bot.ts';
import { askAs } from '../../src/platforms/terminal.ts';
import { renderText } from '../../src/platforms/text.ts';
import { commands, knowledge } from '../ask.ts';
import { openWorkspace, silent } from './slack/workspace.ts';
import { openTeams, payload } from './teams/workspace.ts';

/* Every example of every command, asked in the terminal, in Slack and in Teams, each over its real adapter. */

const now = new Date('2026-11-22T09:00:00Z');
const real = createBot({ commands, knowledge, log: silent });
/** The real bot at one moment, for dates in answers. */
const bot = { ...real, ask: (request: Parameters<typeof real.ask>[0]) => real.ask({ ...request, now }) };

let slack: Awaited<ReturnType<typeof openWorkspace>>;
let teams: Awaited<ReturnType<typeof openTeams>>;

beforeAll(async () => {
  slack = await openWorkspace({ bot });
  teams = await openTeams({ bot });
});

afterAll(async () => {
  await slack.close();
  await teams.close();
});

/** All texts that a payload shows, however deep they stand. */
function texts(value: unknown, key = ''): string[] {
  if (typeof value === 'string') return ['text', 'title', 'url', 'value'].includes(key) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => texts(inner, Array.isArray(value) ? key : name));
}

/** What reads the same however lines are broken, and with the blanks that keep code in shape. */
const plain = (text: string) => text.replace(/[\s\u00a0]+/g, ' ').replaceAll('\u2060', '');

const figures = (text: string) => new Set(text.match(/\d[\d,.]*\d|\d/g));

async function inSlack(ask: string): Promise<string> {
  const before = slack.stub.calls.length;
  // Slack keeps /help for itself: there the one name that takes all of them is used.
  await slack.slash(ask.replace(/^\/help/, '/clusterwise help'));
  // Resolves when all that was under way has been answered.
  await slack.slack.stop();
  const posts = slack.stub.calls.slice(before).filter(({ method }) => method === 'respond');
  return plain(posts.flatMap(({ raw }) => texts(JSON.parse(raw).blocks)).join(' '));
}

async function inTeams(ask: string): Promise<string> {
  const before = teams.connector.said().length;
  const id = `${before}-${ask}`;
  await teams.send(payload('personal', { text: ask, id }));
  const said = teams.connector.said().slice(before);
  return plain(said.flatMap(({ body }) => texts(body.attachments)).join(' '));
}

test.each(commands.flatMap(({ examples }) => examples))(
  '“$ask” is answered the same everywhere',
  async ({ ask, headline }) => {
    const answer = await askAs(bot, 'asker', ask);
    const everywhere = { terminal: plain(renderText(answer)), slack: await inSlack(ask), teams: await inTeams(ask) };
    // What a button asks is shown in the terminal alone.
    const expected = figures(plain(renderText({ ...answer, buttons: [] })));
    for (const [platform, said] of Object.entries(everywhere)) {
      expect([platform, said]).toEqual([platform, expect.stringContaining(plain(headline))]);
      const found = figures(said);
      expect([platform, [...expected].filter((figure) => !found.has(figure))]).toEqual([platform, []]);
    }
  },
);
