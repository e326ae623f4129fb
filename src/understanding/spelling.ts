import { distance } from 'fastest-levenshtein';

/** The word that a mistyped one was meant to be, among those it was told of; the word itself when none is like it. */
export function createSpelling() {
  const known = new Set<string>();
  const byLetter = new Map<string, string[]>();

  function learn(word: string) {
    if (known.has(word)) return;
    known.add(word);
    if (word.length < SHORTEST || !LETTERS.test(word)) return;
    const letter = word.charAt(0);
    const others = byLetter.get(letter);
    if (others) others.push(word);
    else byLetter.set(letter, [word]);
  }

  /** Two neighbours may be swapped; one letter may be wrong in a short word, two in one of nine letters or more; the first one never. */
  function meant(word: string): string {
    if (known.has(word) || word.length < SHORTEST || word.length > LONGEST || !LETTERS.test(word)) return word;
    const swapped = turned(word).find((other) => known.has(other));
    if (swapped) return swapped;
    const most = word.length < 9 ? 1 : 2;
    let best = word;
    let off = most + 1;
    for (const other of byLetter.get(word.charAt(0)) ?? []) {
      if (Math.abs(other.length - word.length) >= off) continue;
      const far = distance(word, other);
      if (far < off) [best, off] = [other, far];
    }
    return best;
  }

  return { learn, meant };
}

const SHORTEST = 5;
const LONGEST = 24;
const LETTERS = /^[a-z]+$/;

/** A word with each two neighbours in turn swapped: `defualt` is `default`. */
function turned(word: string): string[] {
  return Array.from(
    { length: word.length - 2 },
    (_, at) => word.slice(0, at + 1) + word.charAt(at + 2) + word.charAt(at + 1) + word.slice(at + 3),
  );
}
