/** A place where one question of a sentence may end and the next one begin. */
export type Joint = {
  first: string;
  second: string;
  /** True where the second begins like a question; else it may as well be more of the first. */
  isAsked: boolean;
};

/** More joints than two questions have: a text with a list in it. */
const MOST_JOINTS = 6;
const JOINT = /(?:\?|[,;:.-])?\s+(?:(?:and\s+)?also|plus|and(?=\s+the\b)|as\s+well\s+as)\s+|\?\s+(?:and\s+)?/gi;
const ASKED =
  /[?,:;.-]?\s+(?:(?<=\?\s+)|and\s+(?:also\s+)?|also\s+|plus\s+)(?=(?:what|which|how|who|why|where|when|do|does|is|are|can|should)\b)/gi;

/** The joints of a sentence, those that a question follows first. @example joints('why a? why b?')[0]?.second // 'why b?' */
export function joints(text: string): Joint[] {
  const found = new Map<number, Joint>();
  for (const pattern of [ASKED, JOINT])
    for (const { 0: joint, index } of text.matchAll(pattern)) {
      const at = index + joint.length;
      const ends = { first: text.slice(0, index).trim(), second: text.slice(at).trim() };
      if (ends.first && ends.second && !found.has(at)) found.set(at, { ...ends, isAsked: pattern === ASKED });
    }
  return [...found.values()].slice(0, MOST_JOINTS);
}
