import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { CORE_SCHEMA, load as parseYaml } from 'js-yaml';
import { z } from 'zod';
import type { Answer } from '../answer.ts';
import type { Command } from '../command.ts';
import { type Chore, choreNamed } from '../core/chores.ts';
import { plural } from '../core/words.ts';
import { UserError } from '../errors.ts';
import { nearest } from '../reader.ts';
import { clip } from '../tokens.ts';
import { scheduleOf } from './draft.ts';
import { readDuration } from './duration.ts';
import { type Draft, longestName, longestText, type Spot } from './reminder.ts';
import type { Schedule } from './schedule.ts';

/** A reminder as a reminders file has it. */
export type Declared = { name: string; place: Spot; draft: Draft };

/** What an entry is read with: `zone` is for schedules that name none, `ask` answers a question, to see that it can be. */
type Known = {
  chores: readonly Chore[];
  zone: string;
  commands: readonly Command[];
  ask(text: string): Promise<Answer>;
};

/** What the ids of a platform look like, and what to say of one that cannot be such. */
type Ids = Record<'channel' | 'person', { pattern: RegExp; fault: string }>;
const slackIds: Ids = {
  channel: {
    pattern: /^[CDG][A-Z\d]+$/,
    fault: 'must be the id of a Slack channel, such as “C0123ABCD”, rather than its name',
  },
  person: {
    pattern: /^[UW][A-Z\d]+$/,
    fault: 'must be the member id from the person’s Slack profile, such as “U0123ABCD”, rather than an @name',
  },
};
const teamsId = { pattern: /^\S+$/, fault: 'must be an id as Teams has it, which has no blanks' };
const teamsIds: Ids = { channel: teamsId, person: teamsId };

/**
 * Reads the reminders that a YAML file declares.
 * @throws Error that lists every fault of the file, one a line, each with its place
 */
export async function readDeclared(path: string, known: Known): Promise<Declared[]> {
  const [onSlack, onTeams] = [entry(known, slackIds), entry(known, teamsIds)];
  const faults: string[] = [];
  const declared: Declared[] = [];
  const entries = entriesOf(path);
  const names = entries.map((one) => (isObject(one) ? one.name : undefined));
  for (const [index, one] of entries.entries()) {
    const name = names[index];
    const first = names.indexOf(name);
    const schema = isObject(one) && 'platform' in one && one.platform !== 'slack' ? onTeams : onSlack;
    const read = await schema.safeParseAsync(one, { error: inWords });
    if (read.success) declared.push(read.data);
    const found = (read.error?.issues ?? []).map(({ path: at, message }) =>
      at.length > 0 ? `${at.join('.')}: ${message}` : message,
    );
    if (isObject(one) && 'remind' in one === 'ask' in one) found.push('give either “remind” or “ask”');
    if (name !== undefined && first < index) found.push(`name: reminder ${first + 1} has it already`);
    const where = `reminder ${index + 1}${typeof name === 'string' ? ` (${clip(name)})` : ''}`;
    faults.push(...found.map((fault) => `  ${where}, ${fault}`));
  }
  if (faults.length > 0) throw faulty(path, `has ${plural(faults.length, 'fault')}:\n${faults.join('\n')}`);
  return declared;
}

const faulty = (path: string, fault: string) => new Error(`The reminders file ${path} ${fault}`);

function entriesOf(path: string): unknown[] {
  const text = textOf(path);
  // A file that was cut to nothing by mistake must not take every reminder away.
  if (text.split('\n').every((line) => /^\s*(#.*|---\s*)?$/.test(line)))
    throw faulty(path, 'is empty: write “[]” for no reminders.');
  let read: unknown;
  try {
    read = parseYaml(text, { schema: CORE_SCHEMA });
  } catch (error) {
    // The parser's message goes on with an excerpt of the file.
    const [fault] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw faulty(path, `is not YAML: ${fault}.`);
  }
  if (Array.isArray(read)) return read;
  throw faulty(path, 'is no list: put “- ” before each reminder, or write “[]” for none.');
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'for a reason that is not known';
    throw faulty(
      path,
      code === 'ENOENT' ? 'does not exist: check REMINDERS_FILE.' : `cannot be read (${code}): check REMINDERS_FILE.`,
    );
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const inWords: z.core.$ZodErrorMap = ({ code, input, expected, maximum, keys }) => {
  if (code === 'unrecognized_keys' && Array.isArray(keys))
    return `I know no key “${keys.map((key) => clip(String(key))).join('”, “')}”`;
  if (code === 'invalid_type') {
    if (input === undefined || input === null) return 'is missing';
    return expected === 'string'
      ? 'must be text: put it in quotation marks'
      : 'must be keys with their values, such as “key: value”';
  }
  if (code === 'too_small') return 'is empty';
  return code === 'too_big' ? `is longer than ${maximum} characters` : undefined;
};

const words = (most: number) => z.string().trim().min(1, { abort: true }).max(most);

const minutes = z.string().transform((text, context) => {
  const read = readDuration(text);
  if (read === undefined) context.addIssue('must be a time from 5 minutes to 30 days, such as “4h”');
  return read ?? z.NEVER;
});

/** One reminder of the file: the keys as people write them, made into a draft. */
function entry({ chores, zone, commands, ask: answerTo }: Known, ids: Ids) {
  /** By the id that the platform knows them by; who they are is not looked up. */
  const person = words(200)
    .regex(ids.person.pattern, ids.person.fault)
    .transform((id) => ({ id, name: '' }));
  return z
    .strictObject({
      name: z.string().regex(/^[a-z\d-]{1,60}$/i, 'must have letters, digits and hyphens only, 60 at most'),
      channel: words(500).regex(ids.channel.pattern, ids.channel.fault),
      platform: z.enum(['slack', 'teams'], 'must be “slack” or “teams”').default('slack'),
      remind: words(longestText)
        .transform((text, context) => orFault(context, () => reminded(text, chores)))
        .optional(),
      ask: words(longestText)
        .transform((text) => text.replace(/^[/\s]*/, '/'))
        .refine((text) => !changes(text, commands), {
          error: 'must not ask a command that changes something',
          abort: true,
        })
        .superRefine(async (text, context) => {
          const { problem, headline } = await answerTo(text);
          if (problem === 'input') context.addIssue(headline);
        })
        .transform((text): Draft['subject'] => ({ kind: 'ask', text }))
        .optional(),
      when: words(longestText).transform((text, context) => orFault(context, () => fixedSchedule(text, zone, chores))),
      for: words(longestName).optional(),
      cluster: words(longestName).optional(),
      owner: person,
      escalate: z.strictObject({ after: minutes, to: person }).optional(),
    })
    .transform(({ name, channel, platform, remind, ask, when, for: target, cluster, owner, escalate }): Declared => {
      // That there is exactly one of both is seen to beside the schema, so that it is said with all other faults.
      const subject: Draft['subject'] = remind ?? ask ?? { kind: 'text', text: name };
      const escalation = escalate && { minutes: escalate.after, to: escalate.to };
      const draft = { subject, schedule: when, owner, target, cluster, escalation };
      return { name, place: { platform, address: channel }, draft };
    });
}

/** Whether the command of a question may change something. */
function changes(text: string, commands: readonly Command[]): boolean {
  const word = /^\/(\S*)/.exec(text)?.[1]?.toLowerCase() ?? '';
  return commands.some(({ name, aliases = [], changes }) => changes && (name === word || aliases.includes(word)));
}

/** What somebody is to be told becomes a fault of the file. */
function orFault<Result>(context: z.RefinementCtx, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    context.addIssue(error.message);
    return z.NEVER;
  }
}

/** A chore, or words of one’s own; those that are nearly a chore stand in quotation marks within the text. */
function reminded(text: string, chores: readonly Chore[]): Draft['subject'] {
  const chore = choreNamed(chores, text)?.names[0];
  if (chore !== undefined) return { kind: 'chore', name: chore };
  const own = /^[“"](.*\S.*)[”"]$/s.exec(text)?.[1]?.trim();
  const near = nearest(
    text.toLowerCase(),
    chores.flatMap(({ names }) => names),
  );
  if (own !== undefined || near === undefined) return { kind: 'text', text: own ?? text };
  throw new UserError(
    `I know no chore “${clip(text)}”: did you mean “${near}”? Words of your own have quotation marks within the text, as in '"${clip(text)}"'.`,
  );
}

/** Two moments long past, at which every schedule that says enough means the same. */
const MOMENTS = [new Date('2000-01-01T00:00:00Z'), new Date('2001-06-16T13:17:00Z')] as const;

/** A file is read at every start, so “tomorrow” would be another day each time, and a date that has passed is no fault. */
function fixedSchedule(text: string, zone: string, chores: readonly Chore[]): Schedule {
  const [schedule, same] = MOMENTS.map((now) => scheduleOf(text, { now, zone, chores }));
  if (schedule && isDeepStrictEqual(schedule, same)) return schedule;
  throw new UserError(
    `“${clip(text)}” counts from the moment it is read: name a date with its year, or a start as in “every 2 weeks on monday 08:00 from 2026-12-07”.`,
  );
}
