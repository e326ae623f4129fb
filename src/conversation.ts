import type { Command } from './command.ts';
import type { Entry } from './core/entries.ts';
import type { Raw } from './reading.ts';
import type { Request } from './request.ts';

/** The last thing somebody asked and was understood in. */
export type Turn = {
  /** As it was asked. */
  asked: string;
  command?: Command;
  /** What the command was given: as it was read out of a sentence, or as it was typed. */
  raw?: Raw;
  typed?: string;
  /** The argument that the answer asked for. */
  pending?: string;
  entry?: Entry;
};

/** Milliseconds that a conversation goes on, and the conversations that are held. */
const LASTING = 10 * 60_000;
const MOST = 1000;

/** What everybody asked last, in each place for itself. The time is that of the requests. */
export function createConversations() {
  const held = new Map<string, { turn: Turn; until: number }>();
  const keyOf = ({ place, user }: Request) => JSON.stringify([place.platform, place.address, user.id]);

  return {
    last(request: Request): Turn | undefined {
      const found = held.get(keyOf(request));
      return found && request.now.getTime() < found.until ? found.turn : undefined;
    },
    keep(request: Request, turn: Turn): void {
      const key = keyOf(request);
      held.delete(key);
      const [oldest] = held.keys();
      if (held.size >= MOST && oldest !== undefined) held.delete(oldest);
      held.set(key, { turn, until: request.now.getTime() + LASTING });
    },
  };
}
