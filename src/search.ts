import MiniSearch from 'minisearch';
import type { Entry, TopicPack } from './core/entries.ts';
import type { Terms } from './understanding/terms.ts';

/** An entry and how well it answers: both from 0 to 1. */
export type Found = {
  entry: Entry;
  /** How much of what the question says the entry speaks of, the rarer words counting more. */
  coverage: number;
  /** How much the question is like one of the entry’s own. */
  likeness: number;
  /** How many words that say something the entry’s own questions share with this one. */
  shared: number;
  /** What the words say, all together, that the entry’s own questions share with this one; counts say nothing alone. */
  evidence: number;
  /** True when the question has words that make it one, such as “what” or “many”. */
  isAsked: boolean;
  /** True for a word that no entry uses and that looks like a name or a code: `VNX5300`. */
  isStrange: boolean;
  /** How well it fits beside the others. */
  score: number;
  /** How far it may be taken for the answer: its coverage, and more the likelier and the longer what both say. */
  trust: number;
};

/** How many entries of the full-text search are looked at closely. */
const CANDIDATES = 16;
/** Texts whose entries are held. */
const MOST_LATELY = 16;
const BOOSTS = { question: 3, also: 3, answer: 2, details: 1, table: 1, topic: 1.5 };
/**
 * What a word is worth that no entry uses, where one that a single entry uses is worth 1; more when it looks like a product.
 */
const UNKNOWN = 1;
const UNKNOWN_NAME = 1.25;
const UNKNOWN_COMMON = 0.13;
const NUMBER = 0.4;
const COMMON = 0.7;
/** What a word of ours is worth that is in more than a quarter of the entries, such as “host”: it says nothing alone. */
const EVERYDAY = 0.2;
/** What of its likeness, and what for each word that it shares with the question, an entry is trusted beside its coverage. */
const TRUSTED = { likeness: 0.3, word: 0.1, mostWords: 5 };
/** What an entry must be trusted to be the answer. These figures were weighed on questions that nobody tuned for. */
const TRUST = 0.96;
/** The least that shared words say: less is enough where the question has words that make it one. */
const EVIDENCE = { asked: 0.25, unasked: 0.3 };
/** The coverage where it shares one word only. */
const ALONE = 0.8;
/** How like one of its wordings a question has to be that shares only a word or two. */
const LIKE = 0.4;
/** The score of what is nearly an entry’s own wording, in which everyday words say enough. */
const SAME = 0.95;
/** What of the best score a rival has, or one that is trusted more; and how many come into question. */
const AS_GOOD = 0.95;
const NEARLY = 0.85;
const MOST_RIVALS = 4;
/** What is left of a score when the question names a release and the entry another one, or none. */
const OTHER_RELEASE = 0.8;
/** A number of things, or a release; a longer one is a name, such as that of an event. */
const COUNT = /^(?:\d{1,3}|20[0-4]\d)$/;
const SIZE = /^\d+(?:x\d+)?$/;
const RELEASE = /^20[0-4]\d(?:r2)?$/;

type Indexed = { entry: Entry; phrases: Set<string>[]; near: Set<string>; far: Set<string> };

/** The full-text index over all entries, built once. */
export function createSearch(packs: readonly TopicPack[], terms: Terms) {
  const exact = new Map<string, Entry>();
  const byId = new Map<string, Indexed>();
  const uses = new Map<string, number>();
  const weights = new Map<string, number>();
  const lately = new Map<string, Found[]>();
  const index = new MiniSearch<Record<string, string>>({
    fields: Object.keys(BOOSTS),
    tokenize: (text) => text.split(' '),
    processTerm: (term) => term || null,
    searchOptions: { boost: BOOSTS, fuzzy: (term) => isStrange(term) && 0.2, prefix: (term) => isStrange(term) },
  });
  /** A longer word that no entry has: it may be mistyped, or cut short. */
  const isStrange = (term: string) => term.length > 4 && term.length < 25 && !uses.has(term) && !terms.isCommon(term);
  for (const { topic, entries } of packs) for (const entry of entries) add(entry, topic);

  function add(entry: Entry, topic: string) {
    const { id, question, also, answer, details, modern = '', table, code } = entry;
    const asked = [question, ...also].map((phrase) => terms.learn(phrase));
    const cells = table ? [table.title ?? '', ...table.columns, ...table.rows.flat()] : [];
    const fields = {
      question: asked[0] ?? [],
      also: asked.slice(1).flat(),
      answer: terms.learn(answer),
      topic: terms.learn(topic),
      details: terms.learn([...details, modern].join(' ')),
      table: terms.learn([...cells, ...code.map(({ text }) => text)].join(' ')),
    };
    const near = new Set([...asked.flat()]);
    const far = new Set([...fields.details, ...fields.table, ...fields.answer, ...fields.topic]);
    for (const phrase of asked) exact.set(phrase.join(' '), exact.get(phrase.join(' ')) ?? entry);
    exact.set(terms.of(question).join(' '), entry);
    byId.set(id, { entry, phrases: asked.map((phrase) => new Set(phrase)), near, far });
    for (const term of new Set([...near, ...far])) uses.set(term, (uses.get(term) ?? 0) + 1);
    index.add({ id, ...Object.fromEntries(Object.entries(fields).map(([key, all]) => [key, all.join(' ')])) });
  }

  for (const term of uses.keys()) weights.set(term, weight(term));

  /** What a term says, the rarer the more: 1 when only one entry uses it. */
  function weight(term: string): number {
    const used = uses.get(term);
    const part = terms.isCommon(term) ? COMMON : 1;
    if (used !== undefined) return (part * Math.log(1 + byId.size / used)) / Math.log(1 + byId.size);
    if (terms.isCommon(term)) return UNKNOWN_COMMON;
    return isName(term) ? UNKNOWN_NAME : SIZE.test(term) ? NUMBER : UNKNOWN;
  }

  function look({ entry, phrases, near, far }: Indexed, asked: ReadonlyMap<string, number>, all: number): Found {
    let covered = 0;
    for (const [term, worth] of asked) covered += near.has(term) ? worth : far.has(term) ? worth * 0.8 : 0;
    const coverage = covered / all;
    let likeness = 0;
    for (const phrase of phrases) {
      let shared = 0;
      let own = 0;
      for (const term of phrase) {
        own += weights.get(term) ?? 0;
        shared += asked.get(term) ?? 0;
      }
      likeness = Math.max(likeness, (2 * shared) / (own + all));
    }
    const words = [...asked.keys()];
    const shared = words.filter((term) => !terms.isCommon(term) && near.has(term) && !COUNT.test(term));
    const evidence = shared
      .map((term) => asked.get(term) ?? 0)
      .reduce((sum, worth) => sum + (worth < EVERYDAY ? 0 : worth), 0);
    const isStrange = words.some((term) => !uses.has(term) && (isName(term) || RELEASE.test(term)));
    const releases = words.filter((term) => RELEASE.test(term));
    const isOther = releases.length > 0 && !releases.some((term) => near.has(term) || far.has(term));
    const fits = isOther ? OTHER_RELEASE : 1;
    const said = Math.min(shared.length, TRUSTED.mostWords) * TRUSTED.word;
    return {
      entry,
      coverage,
      likeness,
      evidence,
      shared: shared.length,
      isAsked: words.some((term) => terms.isCommon(term)),
      isStrange,
      score: ((coverage + likeness) / 2) * fits,
      trust: (coverage + TRUSTED.likeness * likeness + said) * fits,
    };
  }

  return {
    /** The entry with exactly this question, but for words that say nothing. */
    exactly: (text: string): Entry | undefined => exact.get(terms.of(text).join(' ')),
    /** True for a word that an entry uses. */
    knows: (word: string): boolean => terms.of(word).every((term) => uses.has(term)),
    /** How many words of a text say something. */
    says: (text: string): number => terms.of(text).filter((term) => !terms.isCommon(term) && !COUNT.test(term)).length,
    byId: (id: string): Entry | undefined => byId.get(id)?.entry,
    /** True when an entry’s own questions have every word of a text that says something. */
    asks(entry: Entry, text: string): boolean {
      const said = terms.of(text).filter((term) => !terms.isCommon(term));
      return said.length > 0 && said.every((term) => byId.get(entry.id)?.near.has(term));
    },
    /** The entries that may answer, best first. A sentence is looked up several times while it is understood, and searched once. */
    find(text: string): Found[] {
      const found = lately.get(text) ?? searched(text);
      if (lately.size >= MOST_LATELY) lately.clear();
      lately.set(text, found);
      return found;
    },
  };

  function searched(text: string): Found[] {
    const asked = new Map(terms.of(text).map((term) => [term, 0]));
    for (const term of asked.keys()) asked.set(term, weight(term));
    const all = [...asked.values()].reduce((sum, worth) => sum + worth, 0);
    if (all === 0) return [];
    return index
      .search([...asked.keys()].join(' '))
      .slice(0, CANDIDATES)
      .flatMap(({ id }) => byId.get(id) ?? [])
      .map((indexed) => look(indexed, asked, all))
      .sort((a, b) => b.score - a.score);
  }
}

export type Search = ReturnType<typeof createSearch>;

/** True where an entry may be taken for the answer, and is not only the nearest one. */
export function answers({ coverage, likeness, evidence, score, shared, trust, isAsked, isStrange }: Found): boolean {
  const isSaid = evidence >= (isAsked ? EVIDENCE.asked : EVIDENCE.unasked) || (isAsked && score >= SAME);
  const isLike = shared > 2 || (likeness >= LIKE && (shared > 1 || coverage >= ALONE));
  return trust >= TRUST && isSaid && isLike && !isStrange;
}

/** The entry that may be meant as well as the best one: as like, or less like and trusted more. */
export function rival([best, ...others]: readonly Found[]): Entry | undefined {
  const isMeant = (other: Found) =>
    best !== undefined &&
    answers(other) &&
    (other.score >= AS_GOOD * best.score || (other.score >= NEARLY * best.score && other.trust > best.trust));
  return others.slice(0, MOST_RIVALS).find(isMeant)?.entry;
}

/** Letters and digits in one word, or more digits than a count has: a product, its version, a code; but not `1280x768`. */
function isName(term: string): boolean {
  return /^\d{5,}$/.test(term) || (/\d/.test(term) && /\p{L}/u.test(term) && !SIZE.test(term));
}
