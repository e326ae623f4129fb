import { describe, expect, test } from 'vitest';
import { spell } from '../../src/understanding/spell.ts';
import { commands } from '../ask.ts';

function spelled(name: string, raw: Record<string, unknown>): string {
  const command = commands.find((each) => each.name === name);
  if (!command) throw new Error(`there is no /${name}`);
  return spell(raw, command.grammar);
}

describe('arguments are spelled as somebody could have typed them', () => {
  test.each([
    ['pr', { hosts: 1, connections: 2, csvs: 4, limit: 100 }, '1 host 2 channels 4 csvs limit 100'],
    ['pr', { array: 'EqualLogic PS' }, 'array "EqualLogic PS"'],
    ['license', { scope: 'host', vms: 8, vmsPer: 'host', release: '2012 R2' }, 'standalone 8 vms per host 2012 R2'],
    ['license', { cores: [16, 16, 32], otherWork: true }, '16,16,32 cores other work'],
    ['license', { each: [{ processors: 2, cores: 18 }, { processors: 4 }] }, 'host 2 procs 18 cores host 4 procs'],
    ['av', { question: 'exclusions', roles: ['hyper-v', 'sql'] }, 'exclusions hyper-v sql'],
  ])('%s %j', (name, raw, expected) => expect(spelled(name, raw)).toBe(expected));
});
