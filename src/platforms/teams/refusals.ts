import { Refused } from '../../reminders/poster.ts';
import type { PutOff } from '../pace.ts';

/** What is said where the bot was never added, as far as it knows. */
export const absent = 'I have not been added to the conversation: add Clusterwise to it in Teams, then ask again.';
const nobody = 'Teams does not let me write to that person directly: they have to add Clusterwise first.';

const removed = 'I am no longer in the conversation: add Clusterwise to it in Teams.';
const blocked = 'I am blocked in the conversation: unblock Clusterwise there, or remove it and add it again.';
const disabled = 'Your organization does not allow me: ask an admin of Teams to allow Clusterwise.';
const gone = 'The conversation or the message is gone, or I was taken out of it: add Clusterwise where you need it.';
const malformed = 'Teams does not take the message: shorten it, or tell whoever runs me.';

/** What to say of each status that means “not until somebody changes something”. */
const byStatus = new Map([
  [400, malformed],
  [403, removed],
  [404, gone],
  [413, malformed],
]);

/** What to say where Teams says more: its own words for it, which stand in the code or, nested, in the message. */
const byCode = new Map([
  ['BotNotInConversationRoster', removed],
  ['BotDisabledByAdmin', disabled],
  ['ConversationBlockedByUser', blocked],
  ['MessageWritesBlocked', blocked],
]);

const credentials =
  'Teams refuses the credentials of the bot: check MicrosoftAppId, MicrosoftAppType, MicrosoftAppTenantId and MicrosoftAppPassword.';

/** What passes by itself, and how often a call is made before the wait is left to whoever asked for it. */
const passing = [412, 429, 502, 503, 504];
const TRIES = 4;

/** The part of what the client throws that is looked at; an error of our own has none of it. */
type ClientError = Error & {
  statusCode?: number;
  code?: string;
  response?: { headers: { get(name: string): string | undefined } };
};

const detailsOf = (error: unknown): Partial<ClientError> => (error instanceof Error ? error : {});

/** As long as Teams says, else 1, 2 and 4 seconds. One call is under way in a process, so there is nothing to scatter. */
export const putOff: PutOff = (error, tries) => {
  const { statusCode = 0, response } = detailsOf(error);
  if (!passing.includes(statusCode)) return undefined;
  const seconds = Number(response?.headers.get('retry-after') ?? Number.NaN);
  if (seconds >= 0) return seconds * 1000;
  return tries < TRIES ? 1000 * 2 ** (tries - 1) : undefined;
};

/** Teams, or Entra on the way there, does not know who the bot is. The text is for whoever runs it. */
export class Unauthorized extends Error {
  override readonly name = 'Unauthorized';
}

/**
 * The refusal in an error, in words for people; what may go well another time says what Teams answered. Nothing of what
 * was sent is in either, and an error of our own is left as it is.
 * @param person whether it was for one person alone
 */
export function refusalOf(error: unknown, person = false): unknown {
  const { name, statusCode = 0, code = '', message = '' } = detailsOf(error);
  const [entra] = /\bAADSTS\d+/.exec(message) ?? [];
  if (statusCode === 401 || entra) return new Unauthorized([credentials, entra].filter(Boolean).join(' '));
  if (name !== 'RestError') return error;
  const cause = new Error(['Teams answered', statusCode || 'nothing:', code].join(' ').trim());
  const general = byStatus.get(statusCode);
  if (general === undefined) return cause;
  if (person && statusCode !== 413) return new Refused(nobody, { cause });
  const named = [...byCode].find(([name]) => code === name || message.includes(name));
  return new Refused(named?.[1] ?? general, { cause });
}
