import type { Answer } from './answer.ts';
import { type Command, type Context, pendingIn } from './command.ts';
import type { Turn } from './conversation.ts';
import type { Entry } from './core/entries.ts';
import { windowsReleaseNames } from './core/release.ts';
import { distinct } from './core/source.ts';
import type { CommandPack, WordPack } from './core/understanding.ts';
import { entryAnswer } from './entries.ts';
import { Unavailable, UserError } from './errors.ts';
import type { Knowledge } from './knowledge.ts';
import { notCounted } from './not-known.ts';
import { answers, createSearch, type Found, rival, type Search } from './search.ts';
import { type Candidate, createCandidates, hasPhrase, padded } from './understanding/candidates.ts';
import { createFollowUps } from './understanding/follow-ups.ts';
import { joints } from './understanding/joints.ts';
import { createTerms } from './understanding/terms.ts';

/** An answer, and what the next sentence may go on from. */
export type Understood = {
  answer: Answer;
  turn: Turn;
  /** True for a sum that cannot be told. */
  isRefused?: true;
};

/** How well it answers, from 0 to 1: 0 where it is only likely, or so few words that they may be part of anything. */
type Scored = Understood & { score: number };

/** More words than a question has: a pasted log. */
const MOST_WORDS = 80;
/** What an entry must reach to be offered. */
const OFFERED = { coverage: 0.5, score: 0.35, evidence: 0.235 };
/** Whom a message calls, as a platform writes it: `<!channel>`, `<@U1>`. */
const CALLS = /<[!@#][^>\s]{0,80}>/g;
/** What an entry must reach that a follow-up asks for, whose words it shares besides. */
const GOES_ON = 0.45;
/** What stands for something that the question before named, as one word that says something does. */
const REFERS = /\b(?:it|its|they|them|their)\b/i;
const MOST_OFFERED = 3;
/** Words that say something in a sentence that only goes on from the one before. */
const MOST_SAID = 2;
/** What an entry must score for a sentence that speaks to the bot or of somebody, and for what may be no question by itself. */
const CLEAR = 0.85;

/** One thing of a release, “a 2019 vm”, where a command would count 2,019 of them. */
const OF_A_RELEASE = new RegExp(
  `(?<!vmm |manager )\\b(?:${windowsReleaseNames.filter((name) => /^\d+$/.test(name)).join('|')}) (?:vm|guest|host|node|server)\\b`,
  'i',
);

/** Understands sentences: a command where its numbers and words say so, else an entry of the knowledge, else nothing. */
export function createUnderstanding(commands: readonly Command[], knowledge: Knowledge) {
  const words = knowledge.understanding.filter((pack): pack is WordPack => pack.kind === 'words');
  const pack = knowledge.understanding.find((each): each is CommandPack => each.kind === 'commands');
  const terms = createTerms(words);
  const candidates = createCandidates(commands, pack, terms);
  const followUps = createFollowUps(candidates, pack);
  const canReport = commands.some(({ name }) => name === 'feedback');
  let built: Search | undefined;
  // The first sentence waits for the index, since who types commands only needs none.
  const search = () => {
    built ??= createSearch(knowledge.topics, terms);
    return built;
  };

  /** Asks a command; nothing when it refuses the arguments for another reason than a missing one. */
  async function run(
    { command, raw, before }: Omit<Candidate, 'isSure'>,
    asked: string,
    context: Context,
  ): Promise<Understood | undefined> {
    const text = candidates.spelled(command, raw);
    const readAs: [string, string] = ['Read as', text];
    try {
      const answer = await command.run(text.slice(command.name.length + 2), context);
      const was = before && (await run({ command, raw: before }, asked, context));
      const facts: Answer['facts'] = was ? [['Before the change', was.answer.headline]] : [];
      return {
        answer: { ...answer, facts: [readAs, ...facts, ...(answer.facts ?? [])] },
        turn: { asked, command, raw },
      };
    } catch (error) {
      if (!(error instanceof UserError) || error instanceof Unavailable) throw error;
      const pending = pendingIn(error, command);
      if (pending === undefined) return undefined;
      const facts: Answer['facts'] = [readAs, ['Usage', command.usage]];
      const answer: Answer = { headline: error.message, facts, problem: 'input' };
      return { answer, turn: { asked, command, raw, pending } };
    }
  }

  async function firstOf(all: readonly Candidate[], asked: string, context: Context): Promise<Understood | undefined> {
    for (const candidate of all) {
      const understood = await run(candidate, asked, context);
      if (understood) return understood;
    }
    return undefined;
  }

  function tell(entry: Entry, asked: string, other?: Entry): Understood {
    const related = entry.related.flatMap((id) => search().byId(id) ?? []).slice(0, MOST_OFFERED);
    const wrong = canReport ? asked : undefined;
    return { answer: entryAnswer(entry, { related, wrong, other }), turn: { asked, entry } };
  }

  const has = (text: string, phrases: readonly string[] = []) => hasPhrase(padded(text), phrases);
  const isPersonal = (text: string) => has(text, pack?.personal);
  /** “Give me the admin password” is no question about passwords. */
  const isDemand = (text: string) => has(text, pack?.demands) && has(text, pack?.secrets);

  function found(text: string): Found | undefined {
    const [best] = search().find(text);
    const isMeant = best && !isDemand(text) && (best.score >= CLEAR || !isPersonal(text));
    return isMeant && answers(best) ? best : undefined;
  }

  /** That the limit of something that no entry names is not known. */
  function unnamed(asked: string): Understood | undefined {
    const [headline] = candidates.unnamed(asked, (word) => !search().knows(word));
    return headline === undefined ? undefined : { answer: { headline, problem: 'input' }, turn: { asked } };
  }

  /** One question by itself. */
  async function single(asked: string, context: Context): Promise<Scored | undefined> {
    const exact = search().exactly(asked);
    if (exact) return { ...tell(exact, asked), score: 1 };
    const all = OF_A_RELEASE.test(asked) ? [] : candidates.in(terms.respelled(asked));
    const { sure = [], likely = [] } = Object.groupBy(all, ({ isSure }) => (isSure ? 'sure' : 'likely'));
    const computed = await firstOf(sure, asked, context);
    if (computed) return { ...computed, score: 1 };
    const unclear = all.length === 0 ? candidates.unclear(terms.respelled(asked)) : undefined;
    if (unclear) return { answer: notCounted(unclear), turn: { asked }, isRefused: true, score: 0 };
    const best = found(asked);
    if (best) {
      const told = tell(best.entry, asked, rival(search().find(asked)));
      return { ...told, score: best.shared > 2 ? best.score : 0 };
    }
    const other = (await firstOf(likely, asked, context)) ?? unnamed(asked);
    return other && { ...other, score: 0 };
  }

  /** Two questions in one sentence: the second answer stands behind the first. */
  async function both(asked: string, context: Context): Promise<Understood | undefined> {
    if (search().exactly(asked)) return undefined;
    // As one question it may be an entry’s own.
    const whole = found(asked)?.score ?? 0;
    for (const { first, second, isAsked } of joints(asked)) {
      const one = await single(first, context);
      if (!one || one.answer.problem) continue;
      const meant = isAsked ? unsaid(one, first, second) : undefined;
      const isPart = isAsked && one.turn.entry !== undefined && (REFERS.test(second) || search().says(second) < 2);
      const other = isPart ? meant : ((await single(second, context)) ?? meant);
      if (!other || other.answer.problem || other.answer.headline === one.answer.headline) continue;
      const least = Math.min(one.score, other.score);
      if (isAsked || (least >= CLEAR && least > whole)) return joined(one, other, second);
    }
    return undefined;
  }

  const cueOf = ({ name }: Command) => pack?.commands[name]?.cues[0] ?? name;

  /** “and which cmdlet validates it” leaves unsaid what the first question named. */
  function unsaid({ turn }: Understood, first: string, second: string): Scored | undefined {
    const best = turn.command && found(`${second} ${cueOf(turn.command)}`);
    if (best) return { ...tell(best.entry, second), score: best.score };
    const entry = turn.entry && further({ text: `${first} ${second}`, added: second }, turn);
    return entry && { ...tell(entry, second), score: 0 };
  }

  /** The last answer, reduced to its script; or the script for what was asked. */
  async function script(last: Turn, context: Context): Promise<Understood> {
    const { asked, command, entry } = last;
    const raw = candidates.given(last);
    const ran = command && (await run({ command, raw }, asked, context))?.answer;
    const scripted = found(`${asked} powershell`);
    const answers = ran ? [ran] : [entry, scripted?.entry].flatMap((each) => (each ? [tell(each, asked).answer] : []));
    for (const { facts = [], code = [], sources = [] } of answers) {
      const lines = code.filter(({ language }) => language === 'powershell');
      const headline = 'The last answer as PowerShell:';
      if (lines.length > 0) return { answer: { headline, facts, code: lines, sources }, turn: last };
    }
    return { answer: { headline: 'I know no PowerShell for that answer.', problem: 'input' }, turn: last };
  }

  /** The entry that a follow-up asks for: like both sentences, and another one than before. */
  function further({ text, added }: { text: string; added: string }, last: Turn): Entry | undefined {
    const other = search()
      .find(text)
      .filter(({ entry, shared }) => search().asks(entry, added) && shared > search().says(added))
      .find(({ entry, score }) => entry !== last.entry && score >= GOES_ON);
    return other?.entry;
  }

  return {
    /**
     * The answer to a sentence, or nothing when it is not understood.
     * @throws what a command throws that is no refusal
     */
    async answer(text: string, context: Context, last?: Turn): Promise<Understood | undefined> {
      if (isLog(text)) return undefined;
      const asked = text.replace(CALLS, ' ').replace(/\s+/g, ' ').trim();
      const next = last && followUps.next(terms.respelled(asked), last);
      if (last && next?.kind === 'script') return script(last, context);
      const changed = next?.kind === 'command' ? await run(next, asked, context) : undefined;
      const entry = last && next?.kind === 'entry' ? further(next, last) : undefined;
      if (entry) return tell(entry, asked);
      if (changed) return changed;
      // “And without the limit?” is about the sum before, or nothing.
      const isMore = last?.command && followUps.opens(asked) && search().says(asked) <= MOST_SAID;
      const own = isMore ? undefined : ((await both(asked, context)) ?? (await single(asked, context)));
      if (own || !last?.command || terms.of(asked).length < 2) return own;
      const best = found(`${asked} ${cueOf(last.command)}`);
      return best && best.score >= CLEAR ? tell(best.entry, asked) : undefined;
    },
    /** The questions that come nearest to a sentence, at most three. */
    near(asked: string): Entry[] {
      if (isLog(asked) || isPersonal(asked) || isDemand(asked)) return [];
      const near = search()
        .find(asked)
        .filter(
          ({ coverage, score, evidence }) =>
            coverage >= OFFERED.coverage && score >= OFFERED.score && evidence >= OFFERED.evidence,
        );
      return near.slice(0, MOST_OFFERED).map(({ entry }) => entry);
    },
  };
}

export type Understanding = ReturnType<typeof createUnderstanding>;

/** Two answers as one. */
function joined(one: Understood, { answer: other }: Understood, second: string): Understood {
  const { headline, sources = [], buttons = [], ...answer } = one.answer;
  return {
    answer: {
      ...answer,
      headline: `${headline} ${other.headline}`,
      sources: distinct([...sources, ...(other.sources ?? [])]),
      buttons: [{ label: 'More on the second question', ask: second }, ...buttons],
    },
    turn: one.turn,
  };
}

function isLog(text: string): boolean {
  return text.split(/\s+/, MOST_WORDS + 1).length > MOST_WORDS;
}
