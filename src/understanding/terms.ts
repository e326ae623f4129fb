import type { WordPack } from '../core/understanding.ts';
import { createSpelling } from './spelling.ts';

/** A sentence as the search sees it: each thing by one name, endings taken off. */
export type Terms = {
  /** The terms of a text in their order; words that say nothing are left out. */
  of(text: string): string[];
  /** The same of a text of ours, whose words are spelled right. */
  learn(text: string): string[];
  /** A text with its mistyped words put right. */
  respelled(text: string): string;
  /** True for a word, as it is typed, that says nothing. */
  isIgnored(word: string): boolean;
  /** True for a term that says little by itself. */
  isCommon(term: string): boolean;
};

// A letter or digit, and what may stand inside a word: `vmms.exe`, `3.1`, `hv_kvp_daemon`, `don't`.
const WORDS = /[\p{L}\p{N}]+(?:[._'][\p{L}\p{N}]+)*/gu;
/** `10ms` is `10 ms`, and no name of a product. */
const MEASURED = /(?<![\p{L}\p{N}._-])(\d+)(ms|s|kb|mb|gb|tb|mbit|gbit|kbps|mbps|gbps|mhz|ghz|km)(?![\p{L}\p{N}])/gu;
/** `2 ms`, where `MS` by itself is a firm. */
const MILLISECONDS = /(\d) ms(?![\p{L}\p{N}])/gu;
const LONGEST_PHRASE = 5;
/** Letters of a word that are read; the longest of the field is some forty. */
const LONGEST_WORD = 48;

/** Builds the reader of terms from the words of the field. */
export function createTerms(packs: readonly WordPack[]): Terms {
  const ignored = new Set(packs.flatMap((pack) => pack.ignored.flatMap(split)));
  const common = new Set(packs.flatMap((pack) => pack.common.flatMap(split).map(stem)));
  const names = new Map<string, string>();
  const openings = new Map<string, number>();
  for (const row of packs.flatMap((pack) => pack.synonyms)) {
    const [first = ''] = row;
    const name = split(first).map(stem).join('');
    for (const phrase of row) {
      const stems = split(phrase).map(stem);
      names.set(stems.join(' '), name);
      openings.set(stems[0] ?? '', Math.max(openings.get(stems[0] ?? '') ?? 0, stems.length));
    }
  }
  const spelling = createSpelling();
  const stems = new Set<string>();
  const learn = (word: string) => {
    spelling.learn(word);
    stems.add(stem(word));
  };
  /** Another form of a word that was learnt is right as it is, and `host3` is a host. */
  const meant = (word: string) => {
    const [, counted = ''] = /^([a-z]{2,})\d{1,2}$/.exec(word) ?? [];
    if (stems.has(stem(word))) return word;
    return stems.has(stem(counted)) ? counted : spelling.meant(word);
  };
  const synonyms = packs.flatMap((pack) => pack.synonyms.flat());
  for (const word of [...ignored, ...packs.flatMap((pack) => pack.common), ...synonyms].flatMap(split)) learn(word);

  function respell(word: string): string {
    const right = meant(word.toLowerCase());
    return right === word.toLowerCase() ? word : right;
  }

  function read(words: readonly string[]): string[] {
    const all = words.map(stem);
    const found: string[] = [];
    for (let at = 0; at < all.length; ) {
      const longest = Math.min(openings.get(all[at] ?? '') ?? 0, LONGEST_PHRASE);
      let length = longest;
      while (length > 0 && !names.has(all.slice(at, at + length).join(' '))) length -= 1;
      if (length > 0) found.push(names.get(all.slice(at, at + length).join(' ')) ?? '');
      else if (!ignored.has(words[at] ?? '')) found.push(all[at] ?? '');
      at += Math.max(1, length);
    }
    return found;
  }

  return {
    of: (text) => read(split(text).map(meant)),
    learn(text) {
      const words = split(text);
      for (const word of words) learn(word);
      return read(words);
    },
    respelled: (text) => text.replace(/(?<![\p{L}\p{N}\\_.-])[a-z]+(?![\p{L}\p{N}\\_.-])/giu, (word) => respell(word)),
    isIgnored: (word) => ignored.has(bare(word)),
    isCommon: (term) => common.has(term),
  };
}

function split(text: string): string[] {
  const plain = text
    .toLowerCase()
    .replaceAll('’', "'")
    .replaceAll('×', 'x')
    .replace(MEASURED, '$1 $2')
    .replace(MILLISECONDS, '$1 milliseconds');
  return plain.match(WORDS)?.map(bare) ?? [];
}

/** Without what changes nothing: `vmm's`, `v3.1`. */
function bare(word: string): string {
  const short = word.slice(0, LONGEST_WORD);
  return short.endsWith("'s") ? short.slice(0, -2) : short.replace(/^v(?=\d)/, '');
}

const ENDINGS = [
  'ations',
  'ation',
  'ating',
  'ated',
  'ates',
  'ate',
  'ings',
  'ing',
  'ions',
  'ion',
  'ed',
  'es',
  's',
  'ly',
];
const SHORTEST_STEM = 4;

/** A word without its ending. It only has to be the same for the forms of a word. @example stem('licensing') // 'licens' */
export function stem(word: string): string {
  if (word.length <= 3 || !/^[a-z]+$/.test(word)) return word;
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  for (const ending of ENDINGS) {
    if (!word.endsWith(ending)) continue;
    const left = word.slice(0, -ending.length);
    const least = ending === 's' ? 2 : SHORTEST_STEM;
    if (left.length < least || (ending === 's' && /[sui]$/.test(left))) continue;
    return single(left);
  }
  return word.length > 4 && word.endsWith('e') ? word.slice(0, -1) : word;
}

/** `runn` is `run`, and `exclude` ends like `exclud`. */
function single(left: string): string {
  if (left.length > 4 && left.endsWith('e')) return left.slice(0, -1);
  return /([bdgmnprt])\1$/.test(left) && left.length > 3 ? left.slice(0, -1) : left;
}
