import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Bot } from '../../../src/bot.ts';
import { type Conversation, conversation } from '../../../src/platforms/teams/conversations.ts';
import { createTeams } from '../../../src/platforms/teams/teams.ts';
import { close, createHttpServer, listen } from '../../../src/server.ts';
import { openSqlite } from '../../../src/storage/sqlite.ts';
import { type Clock, type Collection, systemClock } from '../../../src/storage/storage.ts';
import { bot } from '../../ask.ts';
import { silent } from '../slack/workspace.ts';
import { APP, createConnector } from './connector.ts';

/** An activity as Teams sent it, from payloads/; `changed` are fields that take the place of those of the payload. */
export function payload(name: string, changed: object = {}): Record<string, unknown> {
  return { ...JSON.parse(readFileSync(new URL(`payloads/${name}.json`, import.meta.url), 'utf8')), ...changed };
}

type Opened = {
  bot?: Bot;
  log?: Logger;
  clock?: Clock;
  development?: true;
  conversations?: Collection<Conversation>;
  suspend?: (place: { platform: 'teams'; address: string }, why: string) => Promise<void>;
};

/**
 * The real platform on a real server, and a stub of the Bot Connector for it to talk to. Authentication is on, unless it
 * is for development.
 */
export async function openTeams(made: Opened = {}) {
  const connector = await createConnector();
  const dataDir = mkdtempSync(join(tmpdir(), 'clusterwise-teams-'));
  const storage = openSqlite({ dataDir, log: silent, clock: systemClock });
  const conversations = storage.collection('conversations', conversation);
  const suspended: string[] = [];
  const stored: string[] = [];
  const teams = createTeams({
    bot,
    log: silent,
    events: storage.collection('events', z.literal(true)),
    conversations: {
      ...conversations,
      async set(key, value) {
        stored.push(key);
        await conversations.set(key, value);
      },
    },
    suspend: async ({ address }) => void suspended.push(address),
    appType: 'SingleTenant',
    ...(!made.development && { appId: APP, authentication: connector.authentication() }),
    ...made,
  });
  const server = createHttpServer(teams.routes);
  const url = `http://127.0.0.1:${await listen(server, 0, '127.0.0.1')}/api/messages`;
  await teams.start();

  return {
    connector,
    teams,
    url,
    conversations,
    /** The places whose reminders were paused, and the conversations that were stored, each time. */
    suspended,
    stored,
    /** Sends an activity as Teams does. It comes from the stub, unless it says otherwise. */
    send: (activity: Record<string, unknown>, headers: Record<string, string> = {}) =>
      fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${connector.token()}`, ...headers },
        body: JSON.stringify({ ...activity, serviceUrl: activity.serviceUrl ?? connector.serviceUrl }),
      }),
    async close() {
      await close(server);
      await teams.stop();
      await storage.close();
      rmSync(dataDir, { recursive: true });
      await connector.close();
    },
  };
}
