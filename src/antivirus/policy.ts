import type { Answer } from '../answer.ts';
import type { Context } from '../command.ts';
import type { AntivirusPack } from '../core/antivirus.ts';
import { clip } from '../tokens.ts';

type PolicyPack = Extract<AntivirusPack, { kind: 'policy' }>;

/** The case against antivirus in the parent partition, the case for it, and a waiver for the officer who insists. */
export async function policy(
  pack: PolicyPack,
  officer: string | undefined,
  { request, timeZone }: Context,
): Promise<Answer> {
  // Loaded by the first waiver: date-fns is many files, and few starts ever need it.
  const [{ format }, { tz }] = await Promise.all([import('date-fns/format'), import('@date-fns/tz/tz')]);
  const fields: Record<string, string> = {
    asker: onOneLine(request.user.name) || BLANK,
    officer: onOneLine(officer ?? '') || BLANK,
    date: format(request.now, 'd MMMM yyyy', { in: tz(timeZone) }),
  };
  return {
    headline: pack.position,
    tables: [
      {
        title: 'Antivirus in the parent partition',
        columns: ['Side', 'Argument'],
        rows: [...pack.against.map((said) => ['Against', said]), ...pack.counter.map((said) => ['For', said])],
      },
      {
        title: 'Measures that make up for it',
        columns: ['No.', 'Measure'],
        rows: pack.measures.map((measure, i) => [`${i + 1}`, measure]),
      },
    ],
    code: [
      {
        language: 'text',
        filename: 'waiver.txt',
        // One pass, so that a name that looks like a field is never filled in itself.
        text: pack.waiver.replace(/\{(\w+)\}/g, (field, name: string) => fields[name] ?? field).trimEnd(),
      },
    ],
    notes: [
      ...pack.insist,
      ...(officer === undefined ? ['To fill the officer’s name in, ask: /av policy officer "NAME".'] : []),
      pack.compromise,
      ...pack.notes,
    ],
    sources: pack.sources,
    buttons: [
      { label: 'The exclusions', ask: '/av exclusions' },
      { label: 'Defender’s own list', ask: '/av defender' },
      { label: 'Error codes', ask: '/av errors' },
    ],
  };
}

const BLANK = '______________________________';
const LONGEST_NAME = 80;

/** A name as it can stand in a form: one line, nothing unprintable. */
function onOneLine(name: string): string {
  return clip(name.replace(/[\p{C}\s]+/gu, ' ').trim(), LONGEST_NAME);
}
