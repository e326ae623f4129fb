import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createBot } from '../../../src/bot.ts';
import { openKeeper } from '../../../src/keeper.ts';
import { commands, knowledge } from '../../ask.ts';
import { createTime } from './time.ts';
import { openWorkspace, silent } from './workspace.ts';

/* The whole way, from the slash command to the history: the real Bolt, the real storage, and time that is moved. */

const HOUR = 3_600_000;
let dataDir: string;
let time: ReturnType<typeof createTime>;
let slack: Awaited<ReturnType<typeof open>>;

async function open() {
  const settings = { dataDir, timeZone: 'Europe/Dublin', remindersChangedBy: 'everyone' as const, admins: [] };
  const keeper = await openKeeper({ ...settings, commands, knowledge, log: silent, clock: time });
  const bot = createBot({ commands, knowledge, log: silent, timeZone: 'Europe/Dublin', kept: keeper.kept });
  const workspace = await openWorkspace({ bot, clock: time });
  await keeper.start(bot, new Map([['slack', workspace.slack.poster]]));
  let calls = 0;
  return {
    ...workspace,
    /** What Slack was sent since this was asked last, once there is a call of a method. */
    async next(method: string) {
      for (;;) {
        const found = workspace.stub.calls.slice(calls).findIndex((call) => call.method === method);
        if (found >= 0) {
          calls += found + 1;
          return workspace.stub.calls[calls - 1];
        }
        // What is due at once, such as the edit of a card.
        await time.pass(0);
      }
    },
    close: async () => {
      await workspace.close();
      await keeper.close();
    },
  };
}

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'clusterwise-slack-'));
  time = createTime();
  slack = await open();
});

afterEach(async () => {
  await slack.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** The text that the button with a label asks. */
function button(raw: string | undefined, label: string): { action_id: string; value: string } {
  const blocks: { elements?: { action_id?: string; value?: string; text?: { text?: string } }[] }[] = /^\{/.test(
    raw ?? '',
  )
    ? JSON.parse(raw ?? '').blocks
    : JSON.parse(new URLSearchParams(raw).get('blocks') ?? '[]');
  const found = blocks.flatMap(({ elements = [] }) => elements).find((element) => element.text?.text === label);
  return { action_id: found?.action_id ?? '', value: found?.value ?? '' };
}

/** Adds a reminder as people do: the preview, then Save. */
async function add(words: string) {
  await slack.slash(`/reminder add ${words}`);
  const preview = await slack.next('respond');
  await slack.press(button(preview?.raw, 'Save'));
  return { preview, saved: await slack.next('respond') };
}

describe('a reminder in Slack', () => {
  test('is previewed, saved, posted, done by one of two who press at once, shown as done, and in the history', async () => {
    const { preview, saved } = await add('defrag every day 10:00 for CSV1');
    expect(preview?.body.response_type).toBe('ephemeral');
    expect(preview?.body.text).toContain('Sun 22 Nov 2026 10:00');
    expect(saved?.body).toMatchObject({ replace_original: true });
    expect(saved?.body.text).toContain('Saved as reminder 1: CSV defrag for CSV1 every day 10:00 in Europe/Dublin');
    expect(slack.stub.posts().filter(({ method }) => method === 'chat.postMessage')).toEqual([]);

    await time.pass(HOUR);
    const card = await slack.next('chat.postMessage');
    expect(card?.body).toMatchObject({ channel: 'C1' });
    expect(card?.body.text).toContain('CSV defrag for CSV1: ');
    expect(card?.raw).toContain(encodeURIComponent('"type":"user","user_id":"U1"'));

    const done = button(card?.raw, 'Done');
    expect(done.value).toBe('/reminder done 1 2026-11-22T10:00');
    const pressed = await Promise.all([slack.press(done, { ts: '9.9' }), slack.press(done, { ts: '9.9' })]);
    expect(pressed.map(({ status }) => status)).toEqual([200, 200]);
    const edited = await slack.next('chat.update');
    expect(edited?.body).toMatchObject({ channel: 'C1', ts: '9.9' });
    expect(edited?.body.text).toContain('Done: presser, Sunday 22 November 2026 10:00 (Europe/Dublin)');
    expect(button(edited?.raw, 'Done').value).toBe('');

    await slack.slash('/reminder history');
    let said = await slack.next('respond');
    if (!said?.body.text?.includes('came up')) said = await slack.next('respond');
    expect(said?.body.text).toContain('came up 1 time: 1 done');
    expect(slack.stub.calls.filter(({ method }) => method === 'chat.update')).toHaveLength(1);
    expect(slack.stub.calls.filter(({ body }) => body.text?.includes('That was already done by presser'))).toHaveLength(
      1,
    );
  });

  test('is there after a restart, with what was acknowledged', async () => {
    await add('defrag every day 10:00');
    await time.pass(HOUR);
    const card = await slack.next('chat.postMessage');
    await slack.press(button(card?.raw, 'Done'), { ts: '9.9' });
    await slack.close();
    slack = await open();
    await slack.slash('/reminder show 1');
    expect((await slack.next('respond'))?.body.text).toContain('done');
    await time.pass(24 * HOUR);
    expect((await slack.next('chat.postMessage'))?.body.text).toContain('CSV defrag');
  });

  test('is asked for in a form where nothing is said, and what is wrong with the form is said in it', async () => {
    await slack.slash('/reminder');
    const form = await slack.next('views.open');
    const view: { private_metadata: string } = JSON.parse(new URLSearchParams(form?.raw).get('view') ?? '{}');
    const chore = { selected_option: { value: 'defrag' } };
    const wrong = await slack.submit(view, { chore, when: { value: 'every 99th' } });
    expect(await wrong.json()).toMatchObject({ response_action: 'errors', errors: { when: expect.any(String) } });
    const right = await slack.submit(view, { chore, when: { value: 'every saturday 02:00' } });
    expect(right.status).toBe(200);
    const preview = await slack.next('chat.postEphemeral');
    expect(preview?.body.text).toContain('CSV defrag every Saturday 02:00 in Europe/Dublin');
    expect(button(preview?.raw, 'Save').value).toContain('/reminder save defrag');
  });

  test('that tells of a problem asks for a note, and the card shows it', async () => {
    await add('defrag every day 10:00');
    await time.pass(HOUR);
    const card = await slack.next('chat.postMessage');
    await slack.press(button(card?.raw, 'Problem'), { ts: '9.9' });
    const form = await slack.next('views.open');
    const view: { private_metadata: string } = JSON.parse(new URLSearchParams(form?.raw).get('view') ?? '{}');
    await slack.submit(view, { note: { value: 'CSV1 says "redirected" <!channel>' } });
    const edited = await slack.next('chat.update');
    expect(edited?.body.text).toContain("CSV1 says 'redirected' &lt;!channel&gt;");
  });

  test('is not offered to be saved in a channel that the bot is not in', async () => {
    slack.stub.refuse('conversations.info', 200, { ok: true, channel: { is_member: false } });
    await slack.slash('/reminder add defrag every saturday 02:00');
    const preview = await slack.next('respond');
    expect(preview?.body.text).toContain('type /invite @Clusterwise here');
    expect(button(preview?.raw, 'Save').value).toBe('');
  });

  test('of a channel that was archived is paused, and its owner told in a direct message', async () => {
    await add('defrag every day 10:00');
    slack.stub.refuse('chat.postMessage', 200, { ok: false, error: 'is_archived' });
    await time.pass(HOUR);
    for (let tries = 0; tries < 5; tries += 1) {
      await slack.next('chat.postMessage');
      for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
      await time.pass(60_000);
    }
    slack.stub.refuse('chat.postMessage', 200, { ok: true, ts: '9.9' });
    const told = await slack.next('conversations.open');
    expect(told?.body).toMatchObject({ users: 'U1' });
    await time.pass(HOUR);
    await slack.slash('/reminder list');
    let list = await slack.next('respond');
    if (!list?.body.text?.includes('paused')) list = await slack.next('respond');
    expect(list?.body.text).toContain('paused');
  });

  test('gives its history to an auditor as a file', async () => {
    await add('defrag every day 10:00');
    await time.pass(HOUR);
    await slack.next('chat.postMessage');
    await slack.slash('/reminder history csv');
    const [file] = await slack.stub.called('upload');
    expect(file?.raw).toContain('"Reminder","About"');
    expect(file?.raw).toContain('"2026-11-22T10:00:00Z"');
  });

  test('is kept in the zone that the channel has set', async () => {
    await slack.slash('/settings zone Asia/Tokyo');
    expect((await slack.next('respond'))?.body.text).toContain('Asia/Tokyo');
    const { saved } = await add('defrag every day 10:00');
    expect(saved?.body.text).toContain('every day 10:00 in Asia/Tokyo');
  });
});
