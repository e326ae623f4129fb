import { describe, expect, test } from 'vitest';
import { escapeText, typedText } from '../../../src/platforms/slack/escape.ts';

describe('what a person typed', () => {
  test.each([
    ['<@UBOT> pr 2 hosts', 'pr 2 hosts'],
    ['<@UBOT|clusterwise>\u00a0pr 2 hosts', 'pr 2 hosts'],
    ['ask <@U2> about <@UBOT>', 'ask <@U2> about'],
    ['add defrag owner <@U123|ann> in <#C1|hyper-v>', 'add defrag owner <@U123|ann> in #hyper-v'],
    ['in <#C1> or <#C2|>', 'in #C1 or #C2'],
    ['a &lt; b &amp;&amp; c &gt; d', 'a < b && c > d'],
    ['&amp;lt;', '&lt;'],
    ['host <http://vm01.example.com|vm01.example.com> down', 'host vm01.example.com down'],
    ['see <https://example.com/a?b>', 'see https://example.com/a?b'],
    ['   ', ''],
  ])('is read out of “%s”', (sent, typed) => {
    expect(typedText(sent, 'UBOT')).toBe(typed);
  });
});

describe('escaping', () => {
  test('turns exactly the three characters that Slack reads', () => {
    expect(escapeText('<!channel> & "x"')).toBe('&lt;!channel&gt; &amp; "x"');
  });

  test('stays within its length and never leaves half an escape', () => {
    for (let lead = 0; lead < 6; lead += 1) {
      const escaped = escapeText('a'.repeat(lead) + '<'.repeat(5000));
      expect(escaped.length).toBeLessThanOrEqual(3900);
      expect(escaped).toMatch(/^a*(&lt;)+…$/);
    }
  });

  test('never leaves half a character', () => {
    expect(escapeText(`a${'😀'.repeat(3000)}`).isWellFormed()).toBe(true);
    expect(escapeText('😀'.repeat(3000)).isWellFormed()).toBe(true);
  });
});
