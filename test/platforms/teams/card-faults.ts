import { createRequire } from 'node:module';
import type { TeamsMessage } from '../../../src/platforms/teams/message.ts';

// The bundle is CommonJS without types of its own, and what the package exports by its name does not load in Node.
const { AdaptiveCard, HostConfig, SerializationContext, Versions } = createRequire(import.meta.url)(
  'adaptivecards/dist/adaptivecards.js',
) as typeof import('adaptivecards');

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

/** What the parser says of Teams’ own picker of people, which stands in cards of this version and needs no choices. */
const PICKER = /^Property "choices.data" is supported in version 1.6|^An Input.ChoiceSet must have at least one choice/;

/** What stands around a message on its way: more than Teams has been seen to send. */
const envelope = {
  type: 'message',
  serviceUrl: 'https://smba.trafficmanager.example/emea/11111111-2222-4333-8444-555555555555/',
  conversation: { id: `19:${'c'.repeat(64)}@thread.tacv2;messageid=1700000000000`, isGroup: true },
  from: { id: `28:${'b'.repeat(36)}`, name: 'Clusterwise' },
  recipient: { id: `29:${'u'.repeat(90)}`, name: 'Somebody', aadObjectId: 'o'.repeat(36) },
};

/** What Teams, or the official parser of Adaptive Cards, would find wrong with a message. */
export function faultsOf(message: TeamsMessage): string[] {
  const { summary, card } = message;
  const content = { contentType: 'application/vnd.microsoft.card.adaptive', content: card };
  const bytes = 2 * JSON.stringify({ ...envelope, summary, attachments: [content] }).length;
  const strings = shown(card);
  return [
    ...parserFaults(card),
    bytes > 80_000 && `${bytes} bytes`,
    (summary.length === 0 || summary.length > 3000) && `a summary of ${summary.length} characters`,
    strings.some((text) => text === '') && 'an empty text',
    strings.some((text) => CONTROL.test(text)) && 'a control character',
    !JSON.parse(JSON.stringify(strings)).every((text: string) => text.isWellFormed()) && 'half a surrogate pair',
    all(card, 'TextBlock').some(({ text }) => !/^<at>[^<>]+<\/at>(, <at>[^<>]+<\/at>)*:$/.test(`${text}`)) &&
      'text that Teams parses, which is more than a call',
    all(card, 'FactSet').length > 0 && 'facts that Teams parses',
    all(card, 'ActionSet').some(({ actions }) => !Array.isArray(actions) || actions.length > 6) && 'over six buttons',
    all(card, 'Input.ChoiceSet').some(({ choices, ...set }) => !set['choices.data'] && `${choices}` === '') &&
      'a question without choices',
    all(card, 'Table').some((table) => !isEven(table)) && 'a table whose rows are of different lengths',
  ].filter((fault) => fault !== false);
}

function parserFaults(card: object): string[] {
  const context = new SerializationContext(Versions.v1_5);
  const parsed = new AdaptiveCard();
  parsed.hostConfig = new HostConfig({ actions: { maxActions: 6 } });
  parsed.parse(card, context);
  const events = Array.from({ length: context.eventCount }, (_, i) => context.getEventAt(i).message);
  const faults = [...events, ...parsed.validateProperties().validationEvents.map(({ message }) => message)];
  return faults.filter((fault) => !PICKER.test(fault));
}

type Element = Record<string, unknown>;

/** Every element of a type, in order, wherever it stands. */
export function all(value: unknown, type: string): Element[] {
  if (Array.isArray(value)) return value.flatMap((one) => all(one, type));
  if (typeof value !== 'object' || value === null) return [];
  const own = 'type' in value && value.type === type ? [{ ...value }] : [];
  return [...own, ...Object.values(value).flatMap((one) => all(one, type))];
}

/** Every text that people see on a card, in order: of runs, calls, questions and buttons. */
export function shown(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(shown);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (['fallback', 'data', 'msteams', 'selectAction'].includes(key)) return [];
    return ['text', 'title', 'label'].includes(key) && typeof inner === 'string' ? [inner] : shown(inner);
  });
}

function isEven({ columns, rows }: Element): boolean {
  const width = Array.isArray(columns) ? columns.length : 0;
  return Array.isArray(rows) && rows.length > 1 && rows.every(({ cells }) => cells.length === width);
}
