import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createBot } from '../../../src/bot.ts';
import { openKeeper } from '../../../src/keeper.ts';
import { conversation } from '../../../src/platforms/teams/conversations.ts';
import { commands, knowledge } from '../../ask.ts';
import { createTime } from '../slack/time.ts';
import { silent } from '../slack/workspace.ts';
import { cardOf } from './connector.ts';
import { openTeams, payload } from './workspace.ts';

/* The whole way in Teams, from the message to the posted card: the real adapter, the real storage, and time that is moved. */

const HOUR = 3_600_000;
const CHANNEL = '19:hyperv@thread.tacv2';
let dataDir: string;
let time: ReturnType<typeof createTime>;
let teams: Awaited<ReturnType<typeof open>>;

async function open() {
  const settings = { dataDir, timeZone: 'UTC', remindersChangedBy: 'everyone' as const, admins: [] };
  const keeper = await openKeeper({ ...settings, commands, knowledge, log: silent, clock: time });
  const bot = createBot({ commands, knowledge, log: silent, kept: keeper.kept });
  const now = {
    ...bot,
    ask: (request: Parameters<typeof bot.ask>[0]) => bot.ask({ ...request, now: new Date(time.now()) }),
  };
  const conversations = keeper.collection('conversations', conversation);
  const workspace = await openTeams({ bot: now, clock: time, conversations, suspend: keeper.suspend });
  await keeper.start(bot, new Map([['teams', workspace.teams.poster]]));
  let ids = 0;
  return {
    ...workspace,
    keeper,
    say: (text: string) => {
      ids += 1;
      return workspace.send(payload('channel', { text: `<at>Clusterwise</at> ${text}`, id: `m${ids}` }));
    },
    press: (ask: string) => {
      ids += 1;
      const value = { action: { type: 'Action.Execute', verb: 'ask', data: { ask } }, trigger: 'manual' };
      return workspace.send(payload('button', { value, id: `p${ids}` }));
    },
    /** Lets happen what is due until there are so many calls of a kind. */
    async until(kind: 'create' | 'post' | 'edit', count = 1) {
      for (;;) {
        const found = workspace.connector.calls.filter((call) => call.kind === kind);
        const last = found[count - 1];
        if (last) return last;
        await time.pass(0);
      }
    },
    async close() {
      await workspace.close();
      await keeper.close();
    },
  };
}

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'clusterwise-teams-'));
  time = createTime();
  teams = await open();
});

afterEach(async () => {
  await teams.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const listed = () => teams.keeper.kept.reminders.list({ platform: 'teams', address: CHANNEL });

describe('a reminder in Teams', () => {
  test('is posted as a new thread, done on its card, and shown as done', async () => {
    await teams.say('reminder save defrag every day 10:00 for CSV1');
    await time.pass(HOUR);
    const posted = await teams.until('create');
    expect(posted.body.channelData?.channel?.id).toBe(CHANNEL);
    expect(JSON.stringify(cardOf(posted))).toContain('CSV defrag for CSV1: ');
    expect(JSON.stringify(cardOf(posted))).toContain('"/reminder done 1 2026-11-22T10:00"');
    const pressed = await Promise.all([1, 2].map(() => teams.press('/reminder done 1 2026-11-22T10:00')));
    expect(pressed.map(({ status }) => status)).toEqual([200, 200]);
    const edited = await teams.until('edit');
    expect(JSON.stringify(cardOf(edited))).toContain('Ann Archer, Sunday 22 November 2026 10:00 (UTC)');
    await time.pass(HOUR);
    expect(teams.connector.calls.filter(({ kind }) => kind === 'edit')).toHaveLength(1);
    expect((await listed())[0]?.last).toMatchObject({ state: 'done', by: { name: 'Ann Archer' } });
  });

  test('is paused when the conversation forbids it, and others go on', async () => {
    await teams.say('reminder save defrag every day 10:00');
    teams.connector.refuse('create', { status: 403, code: 'BotNotInConversationRoster' });
    await time.pass(HOUR);
    for (let tries = 1; tries <= 5; tries += 1) {
      await teams.until('create', tries);
      for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
      await time.pass(60_000);
    }
    while ((await listed())[0]?.reminder.state !== 'paused') await time.pass(1000);
    expect((await listed())[0]?.reminder.why).toMatch(/\.$/);
  });

  test('is paused when the bot is taken out of its team', async () => {
    await teams.say('reminder save defrag every day 10:00');
    await teams.send(payload('team-removed'));
    expect((await listed())[0]?.reminder).toMatchObject({ state: 'paused' });
    await time.pass(2 * HOUR);
    expect(teams.connector.calls.filter(({ kind }) => kind === 'create')).toEqual([]);
  });
});
