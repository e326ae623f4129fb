import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { CORE_SCHEMA, load as parseYaml } from 'js-yaml';
import { z } from 'zod';
import type { Command } from '../command.ts';
import { type Chore, choreNamed } from '../core/chores.ts';
import { plural } from '../core/words.ts';
import { UserError } from '../errors.ts';
import { clip } from '../tokens.ts';
import { readDuration } from './duration.ts';
import { parseSchedule } from './recurrence.ts';
import { type Draft, longestName, longestText, place, type Spot } from './reminder.ts';
import type { Schedule } from './schedule.ts';

/** A reminder as a reminders file has it. */
export type Declared = { name: string; place: Spot; draft: Draft };

/** What an entry is read with: `zone` is for schedules that name none; with `commands` a question is looked at as well. */
type Known = { chores: readonly Chore[]; zone: string; commands?: readonly Command[] };

/**
 * Reads the reminders that a YAML file declares.
 * @throws Error that lists every fault of the file, one a line, each with its place
 */
export function readDeclared(path: string, known: Known): Declared[] {
  const schema = entry(known);
  const faults: string[] = [];
  const declared: Declared[] = [];
  const entries = entriesOf(path);
  const names = entries.map((one) => (isObject(one) ? one.name : undefined));
  for (const [index, one] of entries.entries()) {
    const name = names[index];
    const first = names.indexOf(name);
    const read = schema.safeParse(one, { error: inWords });
    if (read.success) declared.push(read.data);
    const found = (read.error?.issues ?? []).map(({ path: at, message }) => [...at.slice(-1), message].join(': '));
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
  let read: unknown;
  try {
    read = parseYaml(readFileSync(path, 'utf8'), { schema: CORE_SCHEMA });
  } catch (error) {
    // The parser's message goes on with an excerpt of the file.
    const [fault] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw faulty(path, `cannot be read: ${fault}`);
  }
  if (Array.isArray(read)) return read;
  // A file that was cut to nothing by mistake must not take every reminder away.
  throw faulty(path, 'is no list: put “- ” before each reminder, or write “[]” for none.');
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const inWords: z.core.$ZodErrorMap = ({ code, input, keys }) => {
  if (code === 'unrecognized_keys' && Array.isArray(keys)) return `I know no key “${keys.map(String).join('”, “')}”`;
  return code === 'invalid_type' && input === undefined ? 'is missing' : undefined;
};

/** A person by the id that the platform knows them by; who they are is not looked up. */
const person = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .transform((id) => ({ id, name: '' }));
const words = (most: number) => z.string().trim().min(1).max(most);

const minutes = z.string().transform((text, context) => {
  const read = readDuration(text);
  if (read === undefined) context.addIssue('must be a time from 5 minutes to 30 days, such as “4h”');
  return read ?? z.NEVER;
});

/** One reminder of the file: the keys as people write them, made into a draft. */
function entry({ chores, zone, commands }: Known) {
  return z
    .strictObject({
      name: z.string().regex(/^[a-z\d-]{1,60}$/i, 'must have letters, digits and hyphens only, 60 at most'),
      channel: place.shape.address,
      platform: place.shape.platform.default('slack'),
      remind: words(longestText)
        .transform((text): Draft['subject'] => {
          const chore = choreNamed(chores, text)?.names[0];
          return chore === undefined ? { kind: 'text', text } : { kind: 'chore', name: chore };
        })
        .optional(),
      ask: words(longestText)
        .refine((text) => commandOf(text, commands) !== undefined, 'must begin with a command I know')
        .refine((text) => commandOf(text, commands) !== 'changes', 'must not ask a command that changes something')
        .transform((text): Draft['subject'] => ({ kind: 'ask', text: text.replace(/^[/\s]*/, '/') }))
        .optional(),
      when: z.string().transform((text, context) => scheduleOf(text, zone, context)),
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

/** What the command of a question does; `undefined` when there is none of that name. */
function commandOf(text: string, commands: readonly Command[] | undefined): 'reads' | 'changes' | undefined {
  if (!commands) return 'reads';
  const word = /^[/\s]*(\S*)/.exec(text)?.[1]?.toLowerCase() ?? '';
  const command = commands.find(({ name, aliases = [] }) => name === word || aliases.includes(word));
  return command && (command.changes ? 'changes' : 'reads');
}

/** Two moments long past, at which every schedule that says enough means the same. */
const MOMENTS = [new Date('2000-01-01T00:00:00Z'), new Date('2001-06-16T13:17:00Z')] as const;

/** A file is read at every start, so “tomorrow” would be another day each time, and a date that has passed is no fault. */
function scheduleOf(text: string, zone: string, context: z.RefinementCtx): Schedule {
  try {
    const [schedule, same] = MOMENTS.map((now) => parseSchedule(text, { now, zone }));
    if (schedule && isDeepStrictEqual(schedule, same)) return schedule;
    context.addIssue(
      `“${clip(text)}” counts from the moment it is read: name a date with its year, or a start as in “every 2 weeks on monday 08:00 from 2026-12-07”.`,
    );
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    context.addIssue(error.message);
  }
  return z.NEVER;
}
