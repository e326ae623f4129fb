import { describe, expect, test } from 'vitest';
import { inbound } from '../../../src/platforms/teams/activity.ts';
import { typedText } from '../../../src/platforms/teams/text.ts';
import { BOT } from './connector.ts';
import { payload } from './workspace.ts';

const us = { type: 'mention', mentioned: BOT, text: '<at>Clusterwise</at>' };
const bob = { type: 'mention', mentioned: { id: '29:1bob', name: 'Bob Baker' }, text: '<at>Bob Baker</at>' };
const typed = (text: string, entities: Parameters<typeof typedText>[0]['entities'] = [us]) =>
  typedText({ text, recipient: BOT, entities });

test.each([
  ['channel', '/pr 2 hosts 2 channels 4 csvs'],
  ['group', 'pr 2 hosts 2 channels 4 csvs'],
  ['personal', '/pr 2 hosts 2 channels 4 csvs'],
  ['pasted', 'pr 2 hosts\n2 channels\n4 csvs'],
  [
    'others',
    'reminder add defrag daily 10:00 owner <@29:1bob-Q_x|Bob Baker> escalate after 4h to <@29:1ann-Q_x|Ann Archer>',
  ],
])('what was typed is read out of the payload “%s”', (name, text) => {
  expect(typedText(inbound.parse({ serviceUrl: 'https://smba.test/emea/', ...payload(name) }))).toBe(text);
});

describe('our own mention', () => {
  test.each([
    ['in front', '<at>Clusterwise</at> pr'],
    ['with a no-break space', '<at>Clusterwise</at>&nbsp;pr'],
    ['with another kind of one', '<at>Clusterwise</at>\u00a0pr'],
    ['with line ends', '\n<at>Clusterwise</at> pr\r\n\n'],
    ['at the end', 'pr <at>Clusterwise</at>'],
    ['twice', '<at>Clusterwise</at> <at>Clusterwise</at> pr'],
    ['with markup in it', '<at id="0"><b>Cluster</b>wise</at> pr'],
    ['within markup', '<div><div><at>Clusterwise</at>&nbsp;pr</div>\n</div>'],
  ])('is taken off: %s', (_, text) => expect(typed(text, [us, us])).toBe('pr'));

  test('stays a word where it is none of ours', () => {
    expect(typed('<at>Clusterwise</at> pr', [])).toBe('Clusterwise pr');
  });
});

describe('a mention of somebody else', () => {
  test('names them', () => expect(typed('owner <at>Bob Baker</at>!', [bob])).toBe('owner <@29:1bob|Bob Baker>!'));

  test('of the name of another is told apart by the order', () => {
    const other = { ...bob, mentioned: { id: '29:1bob2', name: 'Bob Baker' } };
    expect(typed('<at>Bob Baker</at> or <at>Bob Baker</at>', [bob, other])).toBe(
      '<@29:1bob|Bob Baker> or <@29:1bob2|Bob Baker>',
    );
  });

  test('is found by its words when the name has entities', () => {
    const one = { type: 'mention', mentioned: { id: '29:1x', name: 'X & Y' }, text: '<at>X &amp; Y</at>' };
    expect(typed('<at>X &amp; Y</at>', [one])).toBe('<@29:1x|X & Y>');
  });

  test('can bring neither markup nor another person by its name or id', () => {
    const name = { ...bob, mentioned: { id: '29:1bob', name: 'Bob><@29:evil|“Eve' } };
    expect(typed('<at>Bob Baker</at>', [name])).toBe('<@29:1bob|Bob @29:evil Eve>');
    const id = { ...bob, mentioned: { id: '29:1> <@29:evil', name: 'Bob Baker' } };
    expect(typed('<at>Bob Baker</at>', [id])).toBe('Bob Baker');
  });
});

describe('what was typed', () => {
  test.each([
    ['entities are decoded', 'a &lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;', `a <b> & "c" 'd'`],
    ['once only', '&amp;lt;b&amp;gt; &amp;nbsp;', '&lt;b&gt; &nbsp;'],
    ['and what they make is no markup', '&lt;at&gt;Clusterwise&lt;/at&gt; &lt;p&gt;', '<at>Clusterwise</at> <p>'],
    [
      'what Teams has marked up loses its tags',
      '<p>av <strong>exclusions</strong></p><p>2019</p>',
      'av exclusions\n2019',
    ],
    ['a break is a line end', 'a<br>b<br/>c', 'a\nb\nc'],
    ['what is no tag of a text stays', 'for <name> a<b', 'for <name> a<b'],
    ['control characters and changes of direction go', 'a\u0000b\u202ec', 'abc'],
  ])('%s', (_, text, read) => expect(typed(text)).toBe(read));

  test('is read in little time, however it is made', () => {
    const hostile = ['<at>', '<at ', '</at>', '<p ', '&amp', '<', '<b><at>x'].map((part) => part.repeat(60_000));
    const started = performance.now();
    for (const text of hostile) typed(text);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
