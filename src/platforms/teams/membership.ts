import type { Logger } from 'pino';
import type { Collection } from '../../storage/storage.ts';
import { faultOf } from '../fault.ts';
import { conversationOf, type Inbound } from './activity.ts';
import { bareId, type Conversation } from './conversations.ts';

/** Conversations whose stored value is known; the oldest makes room for another. */
const KNOWN = 5000;

const gone = 'I was removed from this conversation: add me again, then resume the reminder.';

/** Pauses the reminders of a place. */
export type Suspend = (place: { platform: 'teams'; address: string }, why: string) => Promise<void>;

/** Whether the bot itself was added to where an activity comes from. An upgrade says `add-upgrade`, and is nothing new. */
export function isJoining({ type, action, membersAdded, recipient }: Inbound): boolean {
  if (type === 'installationUpdate') return action === 'add';
  return type === 'conversationUpdate' && (membersAdded ?? []).some(({ id }) => id === recipient.id);
}

/** Whether the bot itself was removed from where an activity comes from. */
export function isLeaving({ type, action, membersRemoved, recipient }: Inbound): boolean {
  if (type === 'installationUpdate') return action === 'remove';
  return type === 'conversationUpdate' && (membersRemoved ?? []).some(({ id }) => id === recipient.id);
}

/** The conversations that the bot is in. */
export function createMembership(made: { conversations: Collection<Conversation>; suspend: Suspend; log: Logger }) {
  const { conversations, suspend, log } = made;
  const known = new Map<string, string>();

  async function leave(address: string): Promise<void> {
    known.delete(address);
    await suspend({ platform: 'teams', address }, gone);
    await conversations.delete(address);
  }

  return {
    /** Stores where an activity comes from, when that is news. Not to be able to is no reason not to answer. */
    async remember(activity: Inbound): Promise<void> {
      const address = bareId(activity.conversation.id);
      const conversation = conversationOf(activity);
      const value = JSON.stringify(conversation);
      // Another replica may have forgotten it since.
      if (known.get(address) === value && !isJoining(activity)) return;
      const [oldest] = known.keys();
      if (known.size >= KNOWN && oldest !== undefined) known.delete(oldest);
      try {
        await conversations.set(address, conversation);
        known.set(address, value);
      } catch (error) {
        log.error({ fault: faultOf(error) }, 'where a conversation of Teams is reached could not be stored');
      }
    },

    /** Forgets where the bot was removed from, and pauses its reminders: of a team, those of all its channels. */
    async forget({ conversation, channelData }: Inbound): Promise<void> {
      const team = channelData?.team?.id;
      const addresses = new Set([bareId(conversation.id)]);
      if (team)
        for await (const [address, { team: itsTeam }] of conversations.entries())
          if (itsTeam === team) addresses.add(address);
      for (const address of addresses) await leave(address);
    },
  };
}
