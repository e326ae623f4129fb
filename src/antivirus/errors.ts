import type { Answer } from '../answer.ts';
import type { AntivirusPack } from '../core/antivirus.ts';
import { hex, hresult, win32 } from '../core/hresult.ts';
import { listed } from '../core/words.ts';
import { UserError } from '../errors.ts';
import { clip } from '../tokens.ts';

type ErrorsPack = Extract<AntivirusPack, { kind: 'errors' }>;

/** What one error code means and how to recover; without a code, all that are known. */
export function errors(pack: ErrorsPack, written: string | undefined): Answer {
  const all = listed(pack.codes.map((code) => code.hresult));
  if (written === undefined)
    return { headline: `Antivirus on Hyper-V hosts is known for these error codes: ${all}.`, ...background(pack) };
  const value = hresult(written);
  if (value === undefined)
    throw new UserError(`“${clip(written)}” is not an error code: please write it like ${pack.codes[0]?.hresult}.`);
  const code = pack.codes.find((known) => known.hresult === hex(value));
  if (!code) return unknown(value, pack, all);
  const { decimal, short } = numbers(value);
  return {
    headline: `${code.hresult} is ${code.name} (Win32 error ${decimal}, ${short}): ${code.meaning}.`,
    facts: [
      ['Code', code.hresult],
      ['Win32 error', `${decimal} (${short}), ${code.name}`],
      ['Meaning', code.meaning],
      ...(code.remark ? [['On Hyper-V', code.remark] as [string, string]] : []),
    ],
    ...background(pack, code.hresult),
  };
}

function unknown(value: number, pack: ErrorsPack, all: string): Answer {
  const { decimal, short } = numbers(value);
  const arithmetic = decimal === undefined ? '' : ` Its low 16 bits are Win32 error ${decimal} (${short}).`;
  return {
    headline: `I don’t know ${hex(value)}: it is not one of the ${pack.codes.length} codes of antivirus on Hyper-V hosts (${all}).`,
    notes: [`I don’t guess what it means.${arithmetic}`],
    sources: pack.sources,
    buttons: [{ label: 'The codes I know', ask: '/av errors' }],
  };
}

function background(pack: ErrorsPack, asked?: string): Omit<Answer, 'headline' | 'facts'> {
  const codes = {
    title: 'The codes',
    columns: ['Code', 'Win32 error', 'Name', 'Meaning'],
    rows: pack.codes.map(({ hresult: code, name, meaning }) => {
      const { decimal, short } = numbers(Number(code));
      return [code, `${decimal} (${short})`, name, meaning];
    }),
  };
  return {
    tables: [
      ...(asked ? [] : [codes]),
      { title: 'Symptoms', columns: ['What you see'], rows: pack.symptoms.map((symptom) => [symptom]) },
      {
        title: 'Recovery, in this order',
        columns: ['Step', 'What to do'],
        rows: pack.recovery.map((step, i) => [`${i + 1}`, step]),
      },
    ],
    notes: pack.notes,
    sources: pack.sources,
    buttons: [
      { label: 'The exclusions', ask: '/av exclusions' },
      ...pack.codes
        .filter(({ hresult: code }) => code !== asked)
        .map(({ hresult: code }) => ({ label: code, ask: `/av error ${code}` })),
    ],
  };
}

function numbers(value: number): { decimal: number | undefined; short: string } {
  const decimal = win32(value);
  return { decimal, short: decimal === undefined ? '' : hex(decimal) };
}
