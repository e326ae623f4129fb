import type { webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import { faultOf } from '../fault.ts';

/** Names kept; the oldest makes room for another. */
const KEPT = 1000;

// Also with a name: it may have been typed by hand, to hide who is called.
const MENTION = /<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>/g;

/** Whether Slack could mean a person by it. @example isUserId('U0ABC123') // true */
export function isUserId(id: string): boolean {
  return /^[UW][A-Z0-9]+$/.test(id);
}

/** The names of people as Slack writes them where it names somebody: their handle, one word. */
export function createPeople(client: webApi.WebClient, log: Logger) {
  const names = new Map<string, Promise<string>>();

  async function lookUp(user: string): Promise<string> {
    const name = (await client.users.info({ user })).user?.name;
    // It is going to stand in `<@ID|NAME>`, as one word.
    return name?.replace(/[<>|"“”\s]/g, '') || user;
  }

  /** The name of a person, who is asked for once; their id where Slack does not tell. */
  function nameOf(user: string): Promise<string> {
    const known = names.get(user);
    if (known !== undefined) return known;
    const [oldest] = names.keys();
    if (names.size >= KEPT && oldest !== undefined) names.delete(oldest);
    const name = lookUp(user).catch((error) => {
      names.delete(user);
      log.warn({ fault: faultOf(error) }, 'Slack did not tell a name');
      return user;
    });
    names.set(user, name);
    return name;
  }

  return {
    nameOf,
    /** A text in which everybody who is mentioned has a name: `<@U123>` becomes `<@U123|name>`. */
    async named(text: string): Promise<string> {
      const users = [...new Set([...text.matchAll(MENTION)].map(([, user = '']) => user))];
      const found = new Map(await Promise.all(users.map(async (user) => [user, await nameOf(user)] as const)));
      return text.replace(MENTION, (_, user) => `<@${user}|${found.get(user)}>`);
    },
  };
}

export type People = ReturnType<typeof createPeople>;
