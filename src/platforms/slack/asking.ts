import type { Answer } from '../../answer.ts';
import type { Bot } from '../../bot.ts';
import type { Clock } from '../../storage/storage.ts';
import { changing } from '../changing.ts';
import type { Spot } from './deliver.ts';
import type { People } from './people.ts';

/** How the bot is asked from Slack. */
export function createAsking({ bot, people, clock }: { bot: Bot; people: People; clock: Clock }) {
  /** Whether a text asks a command that can change something. */
  const changes = changing(bot);

  /** @param name empty where Slack did not say it; then, and for others, it is looked up for what is going to be kept */
  async function ask(text: string, { channel, user }: Spot, name: string): Promise<Answer> {
    const kept = changes(text);
    return bot.ask({
      text: kept ? await people.named(text) : text,
      user: { id: user, name: kept && name === '' ? await people.nameOf(user) : name },
      place: { platform: 'slack', address: channel, kind: channel.startsWith('D') ? 'direct' : 'channel' },
      now: new Date(clock.now()),
    });
  }

  return { ask, changes };
}

export type Asking = ReturnType<typeof createAsking>;
