import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CORE_SCHEMA, load as parseYaml } from 'js-yaml';
import type { z } from 'zod';
import { antivirusPack } from './core/antivirus.ts';
import { chorePack } from './core/chores.ts';
import { licensingPack } from './core/licensing.ts';
import { reservationsPack } from './core/reservations.ts';
import { vmmPack } from './core/sizing.ts';
import { plural } from './core/words.ts';

/** Each topic is a folder of `knowledge/`; every YAML file in it is one pack of this shape. */
const topics = {
  antivirus: antivirusPack,
  licensing: licensingPack,
  reminders: chorePack,
  reservations: reservationsPack,
  vmm: vmmPack,
};

/** The facts, by topic, each topic's packs in the order of their file names. */
export type Knowledge = { [Topic in keyof typeof topics]: z.output<(typeof topics)[Topic]>[] };

/**
 * Reads and validates every pack below a folder.
 * @throws Error that lists every fault of every file, each with its path
 */
export function loadKnowledge(folder: string): Knowledge {
  const faults: string[] = [];
  const load = <Schema extends z.ZodType>(topic: string, schema: Schema): z.output<Schema>[] => {
    const path = `${basename(folder)}/${topic}`;
    const there = existsSync(join(folder, topic));
    if (!there) faults.push(`${path}: the folder is missing`);
    const files = there ? readdirSync(join(folder, topic)).filter((file) => file.endsWith('.yaml')) : [];
    return files.sort().flatMap((file) => {
      const read = readPack(join(folder, topic, file), schema);
      faults.push(...read.faults.map((fault) => `${path}/${file}: ${fault}`));
      return read.packs;
    });
  };
  const knowledge = {
    antivirus: load('antivirus', topics.antivirus),
    licensing: load('licensing', topics.licensing),
    reminders: load('reminders', topics.reminders),
    reservations: load('reservations', topics.reservations),
    vmm: load('vmm', topics.vmm),
  };
  if (faults.length > 0) throw new Error(`The knowledge has ${plural(faults.length, 'fault')}:\n${faults.join('\n')}`);
  return knowledge;
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
