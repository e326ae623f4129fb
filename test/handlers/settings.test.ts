import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import settings from '../../handlers/settings.ts';
import { channelSettings, createChannels } from '../../src/channels.ts';
import { UserError } from '../../src/errors.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { systemClock } from '../../src/storage/storage.ts';
import { ask, commands, knowledge, request } from '../ask.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'clusterwise-settings-'));
const quiet = { info: () => {}, warn: () => {}, error: () => {} };
const storage = openSqlite({ dataDir, log: quiet, clock: systemClock });
afterAll(async () => {
  await storage.close();
  rmSync(dataDir, { recursive: true });
});
let collections = 0;

/** A channel of an installation, which is asked as the bot asks: its own settings go before those of the installation. */
function channel(installation: { timeZone: string; defaultRelease?: string } = { timeZone: 'UTC' }) {
  const collection = storage.collection(`channels-${collections++}`, channelSettings);
  const channels = createChannels({ collection, installation, log: quiet });
  return async (text: string) => {
    const asked = request(text);
    const set = { ...installation, ...(await channels.of(asked.place)) };
    try {
      return await settings.run(text, { request: asked, knowledge, commands, channels, askSentence: ask, ...set });
    } catch (error) {
      if (error instanceof UserError) return { headline: error.message };
      throw error;
    }
  };
}

describe('/settings', () => {
  test('shows each setting and where it comes from', async () => {
    const asked = channel({ timeZone: 'Europe/Paris', defaultRelease: '2019' });
    await asked('zone Europe/Dublin');
    expect(await asked('')).toEqual({
      headline:
        'Here the time zone is Europe/Dublin (this channel’s) and the default release is 2019 (the installation’s).',
      facts: [
        ['Time zone', 'Europe/Dublin (this channel’s)'],
        ['Default release', '2019 (the installation’s)'],
      ],
    });
  });

  test('says of a change what was and what is, and that reminders keep their zone', async () => {
    const asked = channel();
    expect(await asked('zone europe/dublin')).toEqual({
      headline: 'Here the time zone was UTC (the installation’s) and is now Europe/Dublin (this channel’s).',
      notes: ['Existing reminders keep the zone they were added with: “/reminder edit” changes the schedule of one.'],
      audience: 'asker',
    });
    expect(await asked('release 2012 R2')).toEqual({
      headline: 'Here the default release was unset and is now 2012 R2 (this channel’s).',
      audience: 'asker',
    });
  });

  test('goes back to what the installation has', async () => {
    const asked = channel({ timeZone: 'Europe/Paris' });
    await asked('zone Asia/Kolkata release 2016');
    expect((await asked('zone default')).headline).toBe(
      'Here the time zone was Asia/Kolkata (this channel’s) and is now Europe/Paris (the installation’s).',
    );
    expect((await asked('release default')).headline).toBe(
      'Here the default release was 2016 (this channel’s) and is now unset.',
    );
    expect((await asked('')).headline).toBe(
      'Here the time zone is Europe/Paris (the installation’s) and the default release is unset.',
    );
  });

  test('takes both at once', async () => {
    const asked = channel();
    expect((await asked('time zone America/New_York, release Windows Server 2022')).headline).toBe(
      'Here the time zone was UTC (the installation’s) and is now America/New_York (this channel’s); the default release was unset and is now 2022 (this channel’s).',
    );
  });

  test('says when nothing is other than it was', async () => {
    const asked = channel();
    await asked('zone Europe/Dublin');
    expect((await asked('zone Europe/Dublin')).headline).toBe(
      'Here the time zone is Europe/Dublin (this channel’s), as before.',
    );
  });

  test.each([
    ['zone Mars/Base', '“Mars/Base” is not a time zone: name one such as “Europe/Dublin”, or “default”.'],
    ['zone', '“zone” needs a value behind it.'],
    ['release 2017', 'I know no release “2017” here, only 2008 R2, 2012, 2012 R2, 2016, 2019, 2022, 2025 and default.'],
    ['release vista', 'I don’t know what “vista” means here.'],
    ['release 2016 release 2019', 'You gave the default release twice: please say which one counts.'],
    ['colour blue', 'I don’t know what “colour” means here.'],
  ])('refuses “%s” in one sentence', async (text, sentence) => expect((await channel()(text)).headline).toBe(sentence));

  test('changes nothing when one of two is wrong', async () => {
    const asked = channel();
    await asked('release 2016 zone Mars/Base');
    expect((await asked('')).headline).toBe(
      'Here the time zone is UTC (the installation’s) and the default release is unset.',
    );
  });

  test('may not be asked by a reminder, since it changes something', () => expect(settings.changes).toBe(true));

  test('in a terminal shows the installation’s and says that settings are kept once Slack or Teams is connected', async () => {
    const facts = [
      ['Time zone', 'UTC (the installation’s)'],
      ['Default release', 'unset'],
    ];
    const notes = ['The settings of a channel are kept once Slack or Teams is connected.'];
    expect(await ask('/settings')).toEqual({
      headline: 'Here the time zone is UTC (the installation’s) and the default release is unset.',
      facts,
      notes,
    });
    expect(await ask('/settings zone Europe/Dublin')).toEqual({ headline: 'Nothing was changed.', facts, notes });
    expect((await ask('/settings zone Mars/Base')).problem).toBe('input');
  });
});
