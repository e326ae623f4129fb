import type { Answer } from '../answer.ts';
import type { Person } from '../request.ts';

export type How = {
  /** The message it goes below. */
  thread?: string;
  /** Asked right before it is sent: when it is no longer wanted nothing is posted. */
  still?: () => Promise<boolean>;
  /** Told what the platform calls the message. */
  kept?: (message: string) => Promise<unknown>;
};

/** How reminders reach one platform. An address is that of a place; a message is named by what `kept` was told. */
export type Poster = {
  /**
   * Posts into the channel, or below a message of it. Waits for the channel’s turn where the platform limits the pace, and
   * then posts nothing else until it is kept, so that a process that dies leaves one post at most that nobody knows of.
   * @throws Refused when the platform will not take it, whatever else when it may take it later
   */
  post(address: string, answer: Answer, how?: How): Promise<void>;
  /** @throws as `post` does */
  edit(address: string, message: string, answer: Answer): Promise<void>;
  /** Tells one person alone. @throws as `post` does */
  tell(person: Person, answer: Answer): Promise<void>;
  /** What stands in the way of posting into a channel, as a sentence that says what to do; `undefined` when nothing does. */
  obstacle(address: string): Promise<string | undefined>;
};

/** A platform refuses a message, and will until somebody changes something. The text is for people. */
export class Refused extends Error {
  override readonly name = 'Refused';
}
