import { userInfo } from 'node:os';
import type { Bot } from './bot.ts';
import { askAs, runPrompt } from './platforms/terminal.ts';
import { renderText } from './platforms/text.ts';
import { endOnBrokenPipe } from './process.ts';

const QUESTIONS = ['/license cluster 2 hosts 8 vms', '/pr 2 hosts 2 channels 4 csvs', '/vmm sizing 200 hosts'];

const CONNECT = `To connect Slack: create an app from manifest/slack-socket.json (or slack-http.json), then set
SLACK_BOT_TOKEN and SLACK_APP_TOKEN (or SLACK_SIGNING_SECRET) and start again.
To connect Microsoft Teams: create an Azure Bot, then set MicrosoftAppId, MicrosoftAppTenantId and
MicrosoftAppPassword, run “npm run manifest” and start again. The README has the steps of both.

For a whole answer: npm run --silent ask -- "/av exclusions"`;

/** Before any platform is connected: three real answers, shortened, what to do next, and the prompt where a person sits. */
export async function welcome(bot: Bot): Promise<void> {
  const terminal = { input: process.stdin, output: process.stdout, user: userInfo().username };
  endOnBrokenPipe(terminal.output);
  const shown = QUESTIONS.map(async (question) => {
    const { headline, facts = [], sources = [] } = await askAs(bot, terminal.user, question);
    return `> ${question}\n${renderText({ headline, facts, sources: sources.slice(0, 1) })}`;
  });
  const answers = (await Promise.all(shown)).join('\n\n');
  process.stdout.write(
    `Clusterwise answers questions about Hyper-V clusters. For example:\n\n${answers}\n\n${CONNECT}\n`,
  );
  if (process.stdin.isTTY && process.stdout.isTTY) await runPrompt(bot, terminal);
}
