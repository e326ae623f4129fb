import { TeamsInfo, type TurnContext } from 'botbuilder';
import type { Logger } from 'pino';
import { faultOf } from '../fault.ts';

// Also with a name: it may have been typed by hand, to hide who is called.
const MENTION = /<@([^<>|\s]+)(?:\|[^<>]*)?>/g;
/** People looked up for one text at most. */
const MOST = 10;

/** A name as it can stand in `<@ID|NAME>`. @example nameInText('Ann <“A”> Archer') // 'Ann A Archer' */
export const nameInText = (name: string): string => name.replace(/[<>|"“”\s]+/g, ' ').trim();

/**
 * A text in which everybody who is mentioned has the name that Teams gives them, and the id that they write with: a picker
 * of people gives their Entra id alone. Whom Teams does not know here has no name.
 */
export async function named(text: string, context: TurnContext, log: Logger): Promise<string> {
  const ids = [...new Set([...text.matchAll(MENTION)].map(([, id = '']) => id))];
  const lookUp = async (id: string) => {
    try {
      const member = await TeamsInfo.getMember(context, id);
      return [[id, `<@${member.id}|${nameInText(member.name)}>`] as const];
    } catch (error) {
      log.warn({ fault: faultOf(error) }, 'Teams did not tell a name');
      return [];
    }
  };
  const found = new Map((await Promise.all(ids.slice(0, MOST).map(lookUp))).flat());
  return text.replace(MENTION, (_, id) => found.get(id) ?? `<@${id}>`);
}
