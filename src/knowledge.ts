import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CORE_SCHEMA, load as parseYaml } from 'js-yaml';
import type { z } from 'zod';
import { antivirusPack } from './core/antivirus.ts';
import { chorePack } from './core/chores.ts';
import { topicPack } from './core/entries.ts';
import { licensingPack } from './core/licensing.ts';
import { reservationsPack } from './core/reservations.ts';
import { vmmPack } from './core/sizing.ts';
import { understandingPack } from './core/understanding.ts';
import { plural } from './core/words.ts';

/** Each topic is a folder of `knowledge/`; every YAML file in it is one pack of this shape. */
const topics = {
  antivirus: antivirusPack,
  licensing: licensingPack,
  reminders: chorePack,
  reservations: reservationsPack,
  topics: topicPack,
  understanding: understandingPack,
  vmm: vmmPack,
};

/** The facts, by topic, each topic's packs in the order of their file names. */
export type Knowledge = { [Topic in keyof typeof topics]: z.output<(typeof topics)[Topic]>[] };

/**
 * Reads and validates every pack below a folder.
 * @throws Error that lists every fault of every file, each with its path
 */
export function loadKnowledge(folder: string): Knowledge {
  const knowledge = openKnowledge(folder);
  const faults = [...knowledge.faults];
  for (const read of [() => knowledge.topics, () => knowledge.understanding]) {
    try {
      read();
    } catch (error) {
      faults.push(...faultsIn(error));
    }
  }
  if (faults.length > 0) throw new Faults(faults);
  const { topics, understanding } = knowledge;
  return { ...knowledge.facts, topics, understanding };
}

/**
 * The same for a program that starts: the entries, most of all there is to read, wait until somebody asks in their own words.
 * @throws Error as `loadKnowledge` does, of the entries when they are asked for
 */
export function startKnowledge(folder: string): Knowledge {
  const knowledge = openKnowledge(folder);
  if (knowledge.faults.length > 0) throw new Faults(knowledge.faults);
  return Object.defineProperties({ ...knowledge.facts, topics: [], understanding: [] } satisfies Knowledge, {
    topics: { get: () => knowledge.topics, enumerable: true },
    understanding: { get: () => knowledge.understanding, enumerable: true },
  });
}

class Faults extends Error {
  readonly faults: string[];
  constructor(faults: string[]) {
    super(`The knowledge has ${plural(faults.length, 'fault')}:\n${faults.join('\n')}`);
    this.faults = faults;
  }
}

const faultsIn = (error: unknown): string[] => {
  if (error instanceof Faults) return error.faults;
  throw error;
};

function openKnowledge(folder: string) {
  const faults: string[] = [];
  const load = <Schema extends z.ZodType>(topic: string, schema: Schema): z.output<Schema>[] => {
    const read = readTopic(folder, topic, schema);
    faults.push(...read.faults);
    return read.packs;
  };
  const later = <Schema extends z.ZodType>(topic: string, schema: Schema): (() => z.output<Schema>[]) => {
    let kept: z.output<Schema>[] | undefined;
    return () => {
      if (kept) return kept;
      const read = readTopic(folder, topic, schema);
      if (read.faults.length > 0) throw new Faults(read.faults);
      kept = read.packs;
      return kept;
    };
  };
  const [entries, understanding] = [later('topics', topics.topics), later('understanding', topics.understanding)];
  return {
    facts: {
      antivirus: load('antivirus', topics.antivirus),
      licensing: load('licensing', topics.licensing),
      reminders: load('reminders', topics.reminders),
      reservations: load('reservations', topics.reservations),
      vmm: load('vmm', topics.vmm),
    },
    faults,
    get topics() {
      return entries();
    },
    get understanding() {
      return understanding();
    },
  };
}

function readTopic<Schema extends z.ZodType>(folder: string, topic: string, schema: Schema) {
  const path = `${basename(folder)}/${topic}`;
  if (!existsSync(join(folder, topic))) return { packs: [], faults: [`${path}: the folder is missing`] };
  const files = readdirSync(join(folder, topic)).filter((file) => file.endsWith('.yaml'));
  const read = files.sort().map((file) => ({ file, ...readPack(join(folder, topic, file), schema) }));
  return {
    packs: read.flatMap(({ packs }) => packs),
    faults: read.flatMap(({ file, faults }) => faults.map((fault) => `${path}/${file}: ${fault}`)),
  };
}

function readPack<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): { packs: z.output<Schema>[]; faults: string[] } {
  try {
    const read = schema.safeParse(parseYaml(readFileSync(path, 'utf8'), { schema: CORE_SCHEMA }));
    if (read.success) return { packs: [read.data], faults: [] };
    const faults = read.error.issues.map(({ path: at, message }) => [at.join('.'), message].filter(Boolean).join(': '));
    return { packs: [], faults };
  } catch (error) {
    // The parser's message goes on with an excerpt of the file.
    const [fault = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    return { packs: [], faults: [fault] };
  }
}
