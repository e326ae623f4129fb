import type { Command } from '../command.ts';
import type { Turn } from '../conversation.ts';
import type { CommandPack } from '../core/understanding.ts';
import type { Raw } from '../reading.ts';
import { numberAt, tokens } from '../tokens.ts';
import { type Candidates, padded } from './candidates.ts';

/** What a sentence makes of the one before it. */
export type Next =
  | { kind: 'command'; command: Command; raw: Raw }
  /** A question of the knowledge put together of both, and what the second adds to the first. */
  | { kind: 'entry'; text: string; added: string }
  /** The last answer as a script. */
  | { kind: 'script' };

const YEAR = /\b(?:19|20)\d\d(?:\s*r2)?\b/gi;

/** Reads sentences that go on from the one before: “and with 12 VMs?”, “for 2012?”, “as powershell”, “4”. */
export function createFollowUps(candidates: Candidates, pack: CommandPack | undefined) {
  const openers = [...(pack?.openers ?? [])].sort((a, b) => b.length - a.length).map((opener) => ` ${opener} `);

  /** The arguments of the command before with what the sentence changes; nothing where it says anything else as well. */
  function changed(text: string, last: Turn): Raw | undefined {
    const { command, pending } = last;
    const found = command && candidates.read(text, command);
    if (!found) return undefined;
    const { raw, rest, strayNumbers, times, more, asked, isDoubtful } = found;
    const before = { ...candidates.given(last) };
    // What is asked for is no longer given.
    if (Object.keys(raw).length > 0) for (const key of asked) delete before[key];
    const alone = bareNumber(text);
    if (pending !== undefined && alone !== undefined && Object.keys(raw).length === 0)
      return { ...before, [pending]: command.grammar.args.get(pending)?.kind === 'counts' ? [alone] : alone };
    // “One host with 4 paths” speaks of one, not of all.
    const { hosts, ...others } = raw;
    const isOfOne = (hosts === 1 || more.has('hosts')) && Object.keys(others).length > 0;
    const isPer = more.size > 0 && Object.keys(raw).length > 0;
    if (isOfOne || isPer || isDoubtful || rest.length > 0 || strayNumbers.length > 0) return undefined;
    const become = [...new Set([...times.keys(), ...more.keys()])].map((key): [string, number] => {
      const was = before[key];
      return [key, typeof was === 'number' ? Math.round(was * (times.get(key) ?? 1)) + (more.get(key) ?? 0) : 0];
    });
    if (become.some(([, value]) => value <= 0)) return undefined;
    const change = { ...Object.fromEntries(become), ...raw };
    return Object.keys(change).length > 0 ? { ...before, ...change } : undefined;
  }

  return {
    /** True for a sentence that begins like one that goes on. */
    opens: (text: string): boolean => openers.some((each) => padded(text).startsWith(each)),
    next(text: string, last: Turn): Next | undefined {
      const sentence = padded(text);
      if (pack?.asScript.some((phrase) => sentence === ` ${phrase} `)) return { kind: 'script' };
      const opener = openers.find((each) => sentence.startsWith(each));
      const raw = changed(text, last);
      const found = last.command && candidates.read(text, last.command);
      const isChange = found !== undefined && found.times.size + found.more.size > 0;
      // Without such a word it goes on only where something was asked back, or where it only changes something.
      const goesOn = opener !== undefined || last.pending !== undefined || isChange;
      const isOwn = raw !== undefined && candidates.in(text).some(({ isSure }) => isSure);
      if (raw && last.command && goesOn && !isOwn) return { kind: 'command', command: last.command, raw };
      if (opener === undefined || !last.entry) return undefined;
      const before = YEAR.test(text) ? last.asked.replace(YEAR, ' ') : last.asked;
      const added = sentence.slice(opener.length);
      return { kind: 'entry', text: `${before} ${added}`, added };
    },
  };
}

/** The number that is all a text says: “4”, “four”. */
function bareNumber(text: string): number | undefined {
  const all = tokens(text, () => false);
  const number = numberAt(all, 0);
  return number?.length === all.length && number.values?.length === 1 ? number.values[0] : undefined;
}
